import { createHash } from 'node:crypto';
import type { MetricName, MetricPlan } from '../../plan/parts/metric-plan';

/** Labels of the hours of the sample day. */
export const SAMPLE_TIMES: readonly string[] = Array.from(
  { length: 24 },
  (_, hour) => `${String(hour).padStart(2, '0')}:00`,
);

/** A value for each hour of the sample day, or `undefined` for a gap. */
export type Values = readonly (number | undefined)[];

/**
 * The curve of each metric over a day, and its level. `busy` follows the load and reaches the level in the busiest hour,
 * `rare` is 0 except now and then, `sum` adds up over the day, `steady` stays near the level, and `never` has no values.
 */
const SHAPES: Readonly<
  Record<MetricName, readonly [shape: 'busy' | 'rare' | 'sum' | 'steady' | 'never', level: number]>
> = {
  DailyUsd: ['sum', 3],
  MonthUsd: ['sum', 3],
  Invocations: ['busy', 130],
  Errors: ['rare', 1],
  Throttles: ['never', 0],
  Denied: ['never', 0],
  InvocationClientErrors: ['rare', 4],
  InvocationServerErrors: ['rare', 2],
  InvocationThrottles: ['rare', 10],
  InputTokenCount: ['busy', 300_000],
  OutputTokenCount: ['busy', 70_000],
  InvocationLatency: ['steady', 2400],
  TimeToFirstToken: ['steady', 420],
  EstimatedTPMQuotaUsage: ['busy', 60_000],
  CacheReadInputTokenCount: ['busy', 480_000],
  CacheWriteInputTokenCount: ['busy', 70_000],
  CacheReadInputTokens: ['never', 0],
  CacheWriteInputTokens: ['never', 0],
  UnpricedTokens: ['never', 0],
  LegacyCalls: ['never', 0],
  CacheWritesUnread: ['never', 0],
  CallsAroundProfiles: ['never', 0],
  UnplannedProfileCalls: ['never', 0],
  QuotaUsedPercent: ['busy', 60],
  VerificationOverdue: ['never', 0],
  ApproximateNumberOfMessagesVisible: ['never', 0],
  ScheduledRunFailed: ['never', 0],
};

/** Factor by which the slowest calls are slower than the median, by statistic. */
const SLOWER: Readonly<Record<string, number>> = { p90: 2.2, p99: 4.1 };

/** Number of days before the sample day in the sample month. Each of them costs as much as the sample day. */
const DAYS_BEFORE = 20;

/**
 * Makes up the values of a metric over a day, to show what a dashboard looks like. The same names give the same values on
 * every machine. Bedrock's cache metrics may have one of two names. The other name has no values, as in a real account.
 */
export function sampleValues({ name, dimensions, statistic }: MetricPlan): Values {
  const seed = JSON.stringify([name, dimensions]);
  const [shape, level] = SHAPES[name];
  const scale = level * (0.4 + 0.6 * chance(seed));
  const hour = (i: number): number => scale * load(i) * (0.8 + 0.4 * chance(`${seed}${i}`));
  switch (shape) {
    case 'busy':
      return SAMPLE_TIMES.map((_, i) => rounded(hour(i)));
    case 'rare':
      return SAMPLE_TIMES.map((_, i) => (chance(`${seed}${i}`) > 0.85 ? Math.ceil(scale * chance(`${i}${seed}`)) : 0));
    case 'steady':
      return SAMPLE_TIMES.map((_, i) =>
        Math.round(scale * (0.9 + 0.2 * chance(`${seed}${i}`)) * (SLOWER[statistic] ?? 1)),
      );
    case 'sum': {
      let sum = 0;
      const day = SAMPLE_TIMES.map((_, i) => {
        sum += hour(i);
        return sum;
      });
      return day.map((value) => rounded(value + (name === 'MonthUsd' ? sum * DAYS_BEFORE : 0)));
    }
    case 'never':
      return SAMPLE_TIMES.map(() => (name.endsWith('InputTokens') && name.startsWith('Cache') ? undefined : 0));
  }
}

/** Returns a number from 0 to 1 that depends only on the text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 0xffffffff;
}

/** Returns the load of an hour: 1 in the busiest hour, and little at night. */
function load(hour: number): number {
  return 0.15 + 0.85 * Math.exp(-(((hour - 14) / 4.5) ** 2));
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
