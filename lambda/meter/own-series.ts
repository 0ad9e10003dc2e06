import type { Series } from './read-series';

/** Namespace of this project's metrics. */
export const OWN_NAMESPACE = 'BedrockAccess';

/** Returns the series of a metric that this project wrote earlier. */
export function ownSeries(
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  stat: Series['stat'],
  take: Series['take'],
): Series {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { metric: { Namespace: OWN_NAMESPACE, MetricName, Dimensions }, stat, take };
}
