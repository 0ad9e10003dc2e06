import { cloudWatch } from './cloudwatch';
import type { Post } from './signed-post';

/** What a metric summed up to, by the start of its time slot in seconds since 1970. */
export type Slots = ReadonlyMap<number, number>;

/** What CloudWatch keeps of calls to Bedrock, by what the calls named: a profile's short id or a model's id. */
export interface BedrockMetrics {
  /** Names of the metrics that have had values within the last two weeks. */
  readonly names: (modelId: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** Invocations of each within the last day or so, in slots of five minutes. */
  readonly invocations: (modelIds: readonly string[], signal: AbortSignal) => Promise<readonly Slots[]>;
}

const NAMESPACE = 'AWS/Bedrock';
const SLOT_SECONDS = 300;

/** What is younger may not be whole: one metric of a call can be there before the other. */
const YOUNGEST_SECONDS = 900;

/** A day and a bit, so that a daily run sees the calls of the one before. */
const OLDEST_SECONDS = 27 * 3600;

/**
 * Asks CloudWatch.
 *
 * @param now milliseconds since 1970
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
          throw new Error(`the data of a metric are ${result?.StatusCode ?? 'missing'}, not Complete`);
        }
        const { Timestamps = [], Values = [] } = result;
        return new Map(Timestamps.map((at, j) => [at, Values[j] ?? 0]));
      });
    },
  };
}
