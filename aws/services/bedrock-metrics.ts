import { cloudWatch } from './cloudwatch';
import type { Post } from './post';

/** Sums of a metric, keyed by the start of each time slot in seconds since 1970. */
export type Slots = ReadonlyMap<number, number>;

/** CloudWatch's metrics of calls to Bedrock, by the id that the calls named: a profile's short id or a model's id. */
export interface BedrockMetrics {
  /** Returns the names of the metrics that had values within the last two weeks. */
  readonly names: (modelId: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** Returns the number of invocations of each id within the last 27 hours, in slots of five minutes. */
  readonly invocations: (modelIds: readonly string[], signal: AbortSignal) => Promise<readonly Slots[]>;
}

const NAMESPACE = 'AWS/Bedrock';
const SLOT_SECONDS = 300;

/** Minimum age of the slots that are read. Younger ones may be incomplete: metrics of one call appear one by one. */
const YOUNGEST_SECONDS = 900;

/** Maximum age of the slots that are read: more than a day, so that a daily run sees the calls of the run before it. */
const OLDEST_SECONDS = 27 * 3600;

/**
 * Reads the metrics from CloudWatch.
 *
 * @param now returns the time in milliseconds since 1970
 */
export function bedrockMetrics(post: Post, now: () => number): BedrockMetrics {
  const { listMetrics, getMetricData } = cloudWatch(post);
  const dimensions = (modelId: string) => [{ Name: 'ModelId', Value: modelId }];
  return {
    async names(modelId, signal) {
      const input = { Namespace: NAMESPACE, Dimensions: dimensions(modelId) };
      const { Metrics = [] } = await listMetrics(input, signal);
      return [...new Set(Metrics.map(({ MetricName = '' }) => MetricName))].sort();
    },
    async invocations(modelIds, signal) {
      const end = Math.floor((now() / 1000 - YOUNGEST_SECONDS) / SLOT_SECONDS) * SLOT_SECONDS;
      const input = {
        StartTime: end - OLDEST_SECONDS,
        EndTime: end,
        MetricDataQueries: modelIds.map((modelId, i) => ({
          Id: `m${i}`,
          MetricStat: {
            Metric: { Namespace: NAMESPACE, MetricName: 'Invocations', Dimensions: dimensions(modelId) },
            Period: SLOT_SECONDS,
            Stat: 'Sum',
          },
        })),
      };
      const { MetricDataResults = [] } = await getMetricData(input, signal);
      return modelIds.map((_, i) => {
        const result = MetricDataResults.find(({ Id }) => Id === `m${i}`);
        if (result?.StatusCode !== 'Complete') {
          throw new Error(`the data of a metric has the status ${result?.StatusCode ?? 'missing'} instead of Complete`);
        }
        const { Timestamps = [], Values = [] } = result;
        return new Map(Timestamps.map((at, j) => [at, Values[j] ?? 0]));
      });
    },
  };
}
