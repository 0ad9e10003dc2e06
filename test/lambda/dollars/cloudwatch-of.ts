import type { Clock } from '../../../aws/clock';
import type { CloudWatch } from '../../../aws/services/cloudwatch';
import type { MetricStore } from '../meter/metric-store';

export const clock: Clock = { now: () => 0, sleep: async () => undefined, random: () => 0, timeLeft: () => 240_000 };

/** Returns a CloudWatch with the metrics of a store, which answers every query completely. */
export const cloudWatchOf = (store: MetricStore): CloudWatch => ({
  listMetrics: async () => ({ Metrics: store.since('AWS/Bedrock', 0) }),
  getMetricData: async ({ StartTime, EndTime, MetricDataQueries }) => ({
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric, Period, Stat } }) => ({
      Id,
      StatusCode: 'Complete',
      ...store.read(Metric, Stat, Period, StartTime, EndTime),
    })),
  }),
});
