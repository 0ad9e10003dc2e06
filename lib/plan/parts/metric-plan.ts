import type { DENIED } from '../../../lambda/limit/denied-metric';
import type { MeterMetric } from '../../../lambda/meter/documents';
import type { SCHEDULED_RUN_FAILED } from '../../../lambda/verify/metrics';
import type { Place } from '../names/names';

/** One CloudWatch metric, with the statistic and unit in which it is read. */
export interface MetricPlan {
  readonly namespace: 'AWS/Bedrock' | 'AWS/Lambda' | 'AWS/SQS' | 'BedrockAccess';
  readonly name: MetricName;
  /** Dimensions, in the order in which they are written. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'p50' | 'p90' | 'p99';
  readonly unit: 'Count' | 'Milliseconds' | 'None' | 'Percent';
}

type WrittenMetric = MeterMetric | typeof SCHEDULED_RUN_FAILED | typeof DENIED;

type StatisticAndUnit = readonly [statistic: MetricPlan['statistic'], unit: MetricPlan['unit']];

/**
 * The metrics that the functions write. Each value stands in a slot of time and may be written again, so the maximum of
 * a slot is the right statistic.
 */
const OWN_METRICS = {
  DailyUsd: ['Maximum', 'None'],
  MonthUsd: ['Maximum', 'None'],
  UnpricedTokens: ['Maximum', 'Count'],
  LegacyCalls: ['Maximum', 'Count'],
  CacheWritesUnread: ['Maximum', 'Count'],
  CallsAroundProfiles: ['Maximum', 'Count'],
  UnplannedProfileCalls: ['Maximum', 'Count'],
  QuotaUsedPercent: ['Maximum', 'Percent'],
  Denied: ['Maximum', 'Count'],
  VerificationOverdue: ['Maximum', 'Count'],
  ScheduledRunFailed: ['Maximum', 'Count'],
} as const satisfies Readonly<Record<WrittenMetric, StatisticAndUnit>>;

export type OwnMetric = keyof typeof OWN_METRICS;

/** A metric that a plan may read. */
export type MetricName = OwnMetric | FunctionMetric | typeof VISIBLE_MESSAGES | BedrockMetric;

/** Metrics of a Lambda function. Only AWS can write them. */
type FunctionMetric = 'Invocations' | 'Errors' | 'Throttles';

/** Metric of SQS: the number of messages that wait in a queue. */
const VISIBLE_MESSAGES = 'ApproximateNumberOfMessagesVisible';

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
  Invocations: 'Count',
  InvocationClientErrors: 'Count',
  InvocationServerErrors: 'Count',
  InvocationThrottles: 'Count',
  InputTokenCount: 'Count',
  OutputTokenCount: 'Count',
  InvocationLatency: 'Milliseconds',
  TimeToFirstToken: 'Milliseconds',
  EstimatedTPMQuotaUsage: 'Count',
  CacheReadInputTokenCount: 'Count',
  CacheReadInputTokens: 'Count',
  CacheWriteInputTokenCount: 'Count',
  CacheWriteInputTokens: 'Count',
} as const satisfies Readonly<Record<string, MetricPlan['unit']>>;

export type BedrockMetric = keyof typeof BEDROCK_METRICS;

/**
 * Returns a metric that Bedrock writes for each profile. The dimension `ModelId` holds the profile's short id, not its
 * ARN.
 */
export function bedrockMetric(profileId: string, name: BedrockMetric, statistic: MetricPlan['statistic']): MetricPlan {
  return {
    namespace: 'AWS/Bedrock',
    name,
    dimensions: { ModelId: profileId },
    statistic,
    unit: BEDROCK_METRICS[name],
  };
}

/** Returns a metric that Lambda writes for each function, added up over a period. */
export function functionMetric(functionName: string, name: FunctionMetric): MetricPlan {
  return {
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName: functionName },
    statistic: 'Sum',
    unit: 'Count',
  };
}

/** Returns the metric of the messages that wait in a queue. SQS writes it. */
export function queueMetric(queueName: string): MetricPlan {
  return {
    namespace: 'AWS/SQS',
    name: VISIBLE_MESSAGES,
    dimensions: { QueueName: queueName },
    statistic: 'Maximum',
    unit: 'Count',
  };
}
