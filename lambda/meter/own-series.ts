import type { Series } from './read-series';

/** Namespace of what this project measures. */
export const OWN_NAMESPACE = 'BedrockAccess';

/** A metric that this project wrote earlier. */
export function ownSeries(
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  stat: Series['stat'],
  take: Series['take'],
): Series {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { metric: { Namespace: OWN_NAMESPACE, MetricName, Dimensions }, stat, take };
}
