import type { MeterMetric } from '../../../lambda/meter/documents';
import type { SCHEDULED_RUN_FAILED } from '../../../lambda/verify/metrics';
import type { Place } from '../names/names';

/** One CloudWatch metric, with the statistic and unit in which it is read. */
export interface MetricPlan {
  readonly namespace: 'AWS/Bedrock' | 'BedrockAccess';
  readonly name: MetricName;
  /** Dimensions, in the order in which they are written. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'p50' | 'p90' | 'p99';
  readonly unit: 'Count' | 'Milliseconds' | 'None';
}

type WrittenMetric = MeterMetric | typeof SCHEDULED_RUN_FAILED;

type StatisticAndUnit = readonly [statistic: MetricPlan['statistic'], unit: MetricPlan['unit']];

/**
 * The metrics that the meter and the verification write. A gauge such as `DailyUsd` repeats a running total, so its
 * maximum is the right statistic.
 */
const OWN_METRICS = {
  Calls: ['Sum', 'Count'],
  Throttles: ['Sum', 'Count'],
  Errors: ['Sum', 'Count'],
  InputTokens: ['Sum', 'Count'],
  OutputTokens: ['Sum', 'Count'],
  CacheReadTokens: ['Sum', 'Count'],
  CacheWriteTokens: ['Sum', 'Count'],
  UnpricedTokens: ['Sum', 'Count'],
  EstimatedUsd: ['Sum', 'None'],
  LatencyP90: ['Maximum', 'Milliseconds'],
  LegacyCalls: ['Sum', 'Count'],
  DailyUsd: ['Maximum', 'None'],
  MonthUsd: ['Maximum', 'None'],
  CallsAroundProfiles: ['Sum', 'Count'],
  MeterRan: ['Sum', 'Count'],
  WindowsMetered: ['Sum', 'Count'],
  VerificationOverdue: ['Maximum', 'Count'],
  ScheduledRunFailed: ['Maximum', 'Count'],
} as const satisfies Readonly<Record<WrittenMetric, StatisticAndUnit>>;

export type OwnMetric = keyof typeof OWN_METRICS;

/** A metric that a plan may read. */
export type MetricName = OwnMetric | keyof typeof BEDROCK_METRICS;

/** Returns a metric that this project writes for an environment, an application, or one alias of an application. */
export function ownMetric(
  { environment }: Pick<Place, 'environment'>,
  name: OwnMetric,
  application?: string,
  alias?: string,
): MetricPlan {
  const [statistic, unit] = OWN_METRICS[name];
  return {
    namespace: 'BedrockAccess',
    name,
    dimensions: {
      Environment: environment,
      ...(application !== undefined && { Application: application }),
      ...(alias !== undefined && { Alias: alias }),
    },
    statistic,
    unit,
  };
}

/**
 * The metrics that Bedrock writes, with their units (Bedrock User Guide "Monitoring with CloudWatch", read 2026-11-21).
 * The cache metrics have two names: `CacheReadInputTokens` in the guide's table, and `...TokenCount` in the console and
 * in field code. AWS does not document which name an account has, so both are read and never added up.
 */
const BEDROCK_METRICS = {
  InvocationLatency: 'Milliseconds',
  TimeToFirstToken: 'Milliseconds',
  EstimatedTPMQuotaUsage: 'Count',
  CacheReadInputTokenCount: 'Count',
  CacheReadInputTokens: 'Count',
  CacheWriteInputTokenCount: 'Count',
  CacheWriteInputTokens: 'Count',
} as const satisfies Readonly<Record<string, MetricPlan['unit']>>;

/**
 * Returns a metric that Bedrock writes for each profile. The dimension `ModelId` holds the profile's short id, not its
 * ARN.
 */
export function bedrockMetric(
  profileId: string,
  name: keyof typeof BEDROCK_METRICS,
  statistic: MetricPlan['statistic'],
): MetricPlan {
  return {
    namespace: 'AWS/Bedrock',
    name,
    dimensions: { ModelId: profileId },
    statistic,
    unit: BEDROCK_METRICS[name],
  };
}
