import type { Metric } from '../../aws/services/cloudwatch';
import type { Counted } from './figures';
import type { Series } from './read-series';

/**
 * The source of a figure: the first of these metrics that the profile has.
 *
 * Cached tokens are counted under one of two names: the Bedrock User Guide lists the second, AWS's own dashboards use
 * the first (read in November 2026). The two are never added up.
 */
interface Source {
  readonly figure: Counted;
  readonly metrics: readonly string[];
}

const TOKENS: readonly Source[] = [
  { figure: 'inputTokens', metrics: ['InputTokenCount'] },
  { figure: 'outputTokens', metrics: ['OutputTokenCount'] },
  { figure: 'cacheReadTokens', metrics: ['CacheReadInputTokenCount', 'CacheReadInputTokens'] },
  { figure: 'cacheWriteTokens', metrics: ['CacheWriteInputTokenCount', 'CacheWriteInputTokens'] },
];

const CALLS: readonly Source[] = [
  { figure: 'calls', metrics: ['Invocations'] },
  { figure: 'throttles', metrics: ['InvocationThrottles'] },
  { figure: 'clientErrors', metrics: ['InvocationClientErrors'] },
  { figure: 'serverErrors', metrics: ['InvocationServerErrors'] },
  { figure: 'legacyCalls', metrics: ['LegacyModelInvocations'] },
  { figure: 'latencyP90', metrics: ['InvocationLatency'] },
];

/** Receives one value of a profile. */
export type Count = (figure: Counted, at: number, value: number) => void;

/** Returns the series of a profile's tokens. `names` are the metrics that the profile has. */
export function tokenSeries(id: string, names: ReadonlySet<string>, count: Count): readonly Series[] {
  return series(TOKENS, id, names, count);
}

/** Returns the series of a profile's calls, errors and latency. `names` are the metrics that the profile has. */
export function callSeries(id: string, names: ReadonlySet<string>, count: Count): readonly Series[] {
  return series(CALLS, id, names, count);
}

function series(sources: readonly Source[], id: string, names: ReadonlySet<string>, count: Count): readonly Series[] {
  return sources.flatMap(({ figure, metrics }) => {
    const name = metrics.find((metric) => names.has(metric));
    return name === undefined
      ? []
      : [
          {
            metric: bedrockMetric(name, id),
            stat: figure === 'latencyP90' ? 'p90' : 'Sum',
            take: (at: number, value: number) => count(figure, at, value),
          } satisfies Series,
        ];
  });
}

function bedrockMetric(MetricName: string, id: string): Metric {
  return { Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{ Name: 'ModelId', Value: id }] };
}
