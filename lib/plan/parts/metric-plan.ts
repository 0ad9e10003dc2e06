import type { Place } from '../names/names';

/** One metric of CloudWatch, and what is read of it. */
export interface MetricPlan {
  readonly namespace: 'AWS/Bedrock' | 'BedrockAccess';
  readonly name: string;
  /** In the order in which they are written. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'p50' | 'p90' | 'p99';
  readonly unit: 'Count' | 'Milliseconds' | 'None';
}

type Reading = readonly [statistic: MetricPlan['statistic'], unit: MetricPlan['unit']];

/** What the meter and the verification write, and how each is read. Gauges repeat a total, so their highest value is right. */
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
} as const satisfies Readonly<Record<string, Reading>>;

export type OwnMetric = keyof typeof OWN_METRICS;

/** A metric of this project: of an environment, of an application, or of one of its aliases. */
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
 * What Bedrock writes itself, with its unit (Bedrock User Guide "Monitoring with CloudWatch", read 2026-11-21). It gives the
 * cache metrics two names: the guide's table has `CacheReadInputTokens`, its console and field code `...TokenCount`. Which
 * one an account has is not documented, so both are read and never added up.
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

/** A metric that Bedrock writes by profile; its dimension holds the short id, not the ARN. */
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
