import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { AlarmPlan } from '../parts/alarm-plan';
import { chunksOf, type DashboardPlan, type SeriesPlan, type TextPlan, type WidgetPlan } from '../parts/dashboard-plan';
import type { GenerationPlan } from '../parts/generation-plan';
import { bedrockMetric, type MetricPlan, type OwnMetric, ownMetric } from '../parts/metric-plan';
import { profileIdOf } from '../parts/profile-reference';
import { ALARM_DEFAULTS, WINDOW_SECONDS } from './application-alarms';
import { dailyLimit } from './daily-limit';

const HOUR = 3600;
const HALF = { width: 12, height: 7 } as const;

/** Maximum number of profiles in one graph. More lines cannot be distinguished. */
const PROFILES_PER_GRAPH = 8;

export interface ApplicationDashboardProps {
  readonly application: string;
  readonly config: Pick<ApplicationConfig, 'alarms' | 'budget'>;
  readonly generations: readonly GenerationPlan[];
  readonly alarms: readonly AlarmPlan[];
}

/** Decides the dashboard of an application. */
export function planApplicationDashboard(place: Place, props: ApplicationDashboardProps): DashboardPlan {
  const { application, config, generations, alarms } = props;
  const own = (name: OwnMetric, label: string): SeriesPlan => ({ label, metric: ownMetric(place, name, application) });
  const metric = (name: OwnMetric): MetricPlan => ownMetric(place, name, application);
  const aliases = [...new Set(generations.map((g) => g.alias))];
  const daily = dailyLimit(config);
  const monthly = config.budget?.monthlyUsd;
  const widgets: readonly WidgetPlan[] = [
    {
      kind: 'numbers',
      title: 'Estimated dollars',
      unit: 'US dollars',
      periodSeconds: HOUR,
      series: [own('DailyUsd', 'today, since 00:00 UTC'), own('MonthUsd', 'this month')],
      width: 8,
      height: 6,
    },
    { kind: 'alarms', title: 'Alarms', alarms: alarms.map((a) => a.arn), width: 16, height: 6 },
    {
      kind: 'graph',
      title: 'Calls',
      unit: 'calls in 5 minutes',
      periodSeconds: WINDOW_SECONDS,
      series: [own('Calls', 'calls'), own('Errors', 'errors'), own('Throttles', 'throttles')],
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Errors',
      unit: 'percent of calls and throttles',
      periodSeconds: WINDOW_SECONDS,
      series: [
        {
          label: 'errors, percent of calls and throttles',
          ratio: { part: metric('Errors'), whole: [metric('Calls'), metric('Throttles')] },
        },
      ],
      limits: [{ label: 'alarm', value: config.alarms?.errorRatePercent ?? ALARM_DEFAULTS.errorRatePercent }],
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Tokens',
      unit: 'tokens in 5 minutes',
      periodSeconds: WINDOW_SECONDS,
      stacked: true,
      // Bedrock counts the four separately: input tokens do not include tokens that were read from or written to the
      // cache.
      series: [
        own('InputTokens', 'input'),
        own('OutputTokens', 'output'),
        own('CacheReadTokens', 'read from the cache'),
        own('CacheWriteTokens', 'written to the cache'),
      ],
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Cache',
      unit: 'percent of all input tokens that came from the cache',
      periodSeconds: WINDOW_SECONDS,
      series: [
        {
          label: 'cache hit ratio: read, percent of input + read + written',
          ratio: {
            part: metric('CacheReadTokens'),
            whole: [metric('InputTokens'), metric('CacheReadTokens'), metric('CacheWriteTokens')],
          },
        },
      ],
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Estimated dollars today',
      unit: 'US dollars since 00:00 UTC',
      periodSeconds: WINDOW_SECONDS,
      series: [own('DailyUsd', 'estimated')],
      ...(daily !== undefined && { limits: [{ label: `alarm at $${daily}`, value: daily }] }),
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Estimated dollars this month, against the budget',
      unit: 'US dollars since the 1st, UTC',
      periodSeconds: HOUR,
      series: [own('MonthUsd', 'estimated')],
      ...(monthly !== undefined && { limits: [{ label: `budget $${monthly}`, value: monthly }] }),
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Calls to legacy models, and tokens without a price',
      unit: 'calls, tokens in 5 minutes',
      periodSeconds: WINDOW_SECONDS,
      series: [own('LegacyCalls', 'calls to a legacy model'), own('UnpricedTokens', 'tokens without a known price')],
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Calls that went around the profiles, in the whole account',
      unit: 'calls in 5 minutes',
      periodSeconds: WINDOW_SECONDS,
      series: [{ label: 'calls without an application profile', metric: ownMetric(place, 'CallsAroundProfiles') }],
      ...HALF,
    },
    ...chunksOf(aliases, PROFILES_PER_GRAPH).map(
      (some): WidgetPlan => ({
        kind: 'graph',
        title: 'Estimated dollars by alias',
        unit: 'US dollars in an hour',
        periodSeconds: HOUR,
        stacked: true,
        series: some.map((alias) => ({ label: alias, metric: ownMetric(place, 'EstimatedUsd', application, alias) })),
        ...HALF,
      }),
    ),
    ...chunksOf(generations, PROFILES_PER_GRAPH).flatMap(profileWidgets),
    { ...notes(place), width: 24, height: 6 },
    { ...runbooks(alarms), width: 24, height: 3 + 2 * alarms.length },
  ];
  return { name: physicalName([place.environment, application]), widgets };
}

/** Returns the widgets for metrics that Bedrock writes for each profile: latency, cache tokens and use of the quota. */
function profileWidgets(generations: readonly GenerationPlan[]): readonly WidgetPlan[] {
  const read = (
    ...[name, statistic, what]: readonly [Parameters<typeof bedrockMetric>[1], MetricPlan['statistic'], string]
  ): readonly SeriesPlan[] =>
    generations.map((g) => ({
      label: `${g.alias} ${g.modelId}${what === '' ? '' : `, ${what}`}`,
      metric: bedrockMetric(profileIdOf(g.profileArn), name, statistic),
    }));
  const latency = { kind: 'graph', unit: 'milliseconds', periodSeconds: WINDOW_SECONDS, ...HALF } as const;
  return [
    {
      ...latency,
      title: 'Latency',
      series: [
        ...read('InvocationLatency', 'p50', 'p50'),
        ...read('InvocationLatency', 'p90', 'p90'),
        ...read('InvocationLatency', 'p99', 'p99'),
      ],
    },
    {
      ...latency,
      title: 'Time to first token, of calls that stream',
      series: [
        ...read('TimeToFirstToken', 'p50', 'p50'),
        ...read('TimeToFirstToken', 'p90', 'p90'),
        ...read('TimeToFirstToken', 'p99', 'p99'),
      ],
    },
    {
      kind: 'graph',
      title: 'Use of the quota',
      unit: 'tokens a minute, as Bedrock estimates them',
      periodSeconds: 60,
      series: read('EstimatedTPMQuotaUsage', 'Sum', ''),
      ...HALF,
    },
    {
      kind: 'graph',
      title: 'Cache tokens by profile',
      unit: 'tokens in 5 minutes',
      periodSeconds: WINDOW_SECONDS,
      series: [
        ...read('CacheReadInputTokenCount', 'Sum', 'read'),
        ...read('CacheReadInputTokens', 'Sum', 'read, under its other name'),
        ...read('CacheWriteInputTokenCount', 'Sum', 'written'),
        ...read('CacheWriteInputTokens', 'Sum', 'written, under its other name'),
      ],
      ...HALF,
    },
  ];
}

/** Explains how to read the graphs. */
function notes({ environment, region }: Place): TextPlan {
  return {
    kind: 'text',
    title: 'How to read this',
    lines: [
      {
        about: 'Dollars',
        text: 'are tokens at list price, minutes old. Bills come a day later, and have discounts, taxes and what has no price here.',
      },
      {
        about: 'Use of the quota',
        text: "is Bedrock's estimate of input, cache writes and output times their burndown. It is not the reservation (input and maxTokens) that makes Bedrock throttle, and not the quota: compare it with the tokens a minute of the model.",
        link: {
          text: 'Service Quotas',
          url: `https://${region}.console.aws.amazon.com/servicequotas/home/services/bedrock/quotas?region=${region}`,
        },
      },
      {
        about: 'Saved queries',
        text: `of the invocation log, where it is switched on, are called bedrock-access/${environment}/…: dollars by principal and profile, errors by cause, the slowest calls, cache use, calls around the profiles.`,
        link: {
          text: 'Logs Insights',
          url: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:logs-insights`,
        },
      },
    ],
  };
}

/** Returns a text widget with the runbook of each alarm. */
export function runbooks(alarms: readonly AlarmPlan[]): TextPlan {
  return {
    kind: 'text',
    title: 'When an alarm rings',
    lines: alarms.map(({ name, runbook: { meaning, lookAt, run } }) => ({
      about: name,
      text: `${meaning} Look at ${lookAt}. Run`,
      run,
    })),
  };
}
