import { METER_SECONDS } from '../../../../lambda/meter/intervals';
import { WINDOW_SECONDS } from '../../application/application-alarms';
import { dailyLimitUsd } from '../../application/daily-limit';
import type { Place } from '../../names/names';
import type { Choice, WidgetPlan } from '../../parts/dashboard-plan';
import { type OwnMetric, ownMetric } from '../../parts/metric-plan';
import type { SeriesPlan } from '../../parts/series-plan';
import { aliasDollars } from './alias-dollars';
import { hidden, hiddenTokens, idOf, type ProfileLine, profileLines, type Watched } from './profile-lines';

const HOUR = 3600;
const DAY = 86_400;
const MINUTE = 60;
const PERCENTILES = ['p50', 'p90', 'p99'] as const;
const GRAPH = { kind: 'graph', periodSeconds: WINDOW_SECONDS, width: 12, height: 7 } as const;

/** Returns the choices of a dashboard's variable: all of these applications, or one of them. */
export function choicesOf(applications: readonly Watched[]): readonly Choice[] {
  return [
    { label: 'all applications', value: '_' },
    ...applications.map((a) => ({ label: a.name, value: `_${idOf(a)}_` })),
  ];
}

/**
 * Decides the widgets that show the chosen application. They hold the metrics of all these applications, hidden, under
 * ids such as `calls_supportXchat_1`, and expressions that show those of the chosen one.
 */
export function applicationWidgets(place: Place, applications: readonly Watched[]): readonly WidgetPlan[] {
  const linesOf = (application: Watched) => profileLines(place, application);
  const lines = applications.flatMap(linesOf);
  const own = (kind: string, name: OwnMetric): readonly SeriesPlan[] =>
    applications.map((a) => ({
      kind: 'metric',
      id: `${kind}_${idOf(a)}_`,
      label: a.name,
      metric: ownMetric(place, name, a.name),
    }));
  const widgets: readonly WidgetPlan[] = [
    {
      ...GRAPH,
      title: 'Estimated dollars today',
      unit: 'US dollars since 00:00 UTC',
      periodSeconds: METER_SECONDS,
      series: [
        ...own('daily', 'DailyUsd'),
        chosen('daily', 'estimated'),
        ...levels(applications, ['limit', 'daily'], dailyLimitUsd, 'alarm on the daily limit'),
      ],
    },
    {
      ...GRAPH,
      title: 'Estimated dollars this month, against the budget',
      unit: 'US dollars since the 1st, UTC',
      // MonthUsd is written once a day and holds the days before.
      periodSeconds: DAY,
      series: [
        ...own('month', 'MonthUsd'),
        ...own('daily', 'DailyUsd'),
        { kind: 'sum', of: [['month'], ['daily']], label: 'estimated, up to the end of the day' },
        ...levels(applications, ['budget', 'month'], (a) => a.budget?.monthlyUsd, 'budget'),
      ],
    },
    {
      ...GRAPH,
      title: 'Estimated dollars by alias',
      unit: 'US dollars in an hour',
      periodSeconds: HOUR,
      stacked: true,
      series: aliasDollars(applications, linesOf),
    },
    {
      ...GRAPH,
      title: 'Calls',
      unit: 'calls in 5 minutes',
      series: [...hidden(lines, 'calls', 'Invocations'), chosen('calls', 'calls')],
    },
    {
      ...GRAPH,
      title: 'Errors',
      unit: 'errors and throttles in 5 minutes',
      rightUnit: 'percent of calls and throttles',
      series: [
        ...hidden(lines, 'calls', 'Invocations'),
        ...hidden(lines, 'client', 'InvocationClientErrors'),
        ...hidden(lines, 'server', 'InvocationServerErrors'),
        ...hidden(lines, 'throttled', 'InvocationThrottles'),
        chosen('client', 'client errors'),
        chosen('server', 'server errors'),
        chosen('throttled', 'throttles'),
        {
          kind: 'percent',
          part: [['client'], ['server']],
          whole: [['calls'], ['throttled']],
          label: 'errors, percent of calls and throttles',
        },
      ],
    },
    ...tokenWidgets(lines),
    ...latencyWidgets(lines),
    {
      ...GRAPH,
      title: 'Use of the quota',
      unit: 'tokens a minute, as Bedrock estimates them',
      periodSeconds: MINUTE,
      series: [...hidden(lines, 'quota', 'EstimatedTPMQuotaUsage'), chosen('quota', 'tokens a minute')],
    },
    {
      ...GRAPH,
      title: 'Calls to legacy models, and tokens without a price',
      unit: 'calls in 5 minutes; tokens since 00:00 UTC',
      series: [
        ...own('legacy', 'LegacyCalls'),
        ...own('unpriced', 'UnpricedTokens'),
        chosen('legacy', 'calls to a legacy model'),
        chosen('unpriced', 'tokens without a known price'),
      ],
    },
    {
      ...GRAPH,
      title: 'Denied: at the limit, or stopped by hand',
      unit: '1 while the profiles are denied',
      series: [...own('denied', 'Denied'), chosen('denied', 'denied')],
    },
  ];
  // CloudWatch shows an error for an expression that reads no metric.
  return widgets.filter((w) => 'series' in w && w.series.some((s) => s.kind === 'metric'));
}

function tokenWidgets(lines: readonly ProfileLine[]): readonly WidgetPlan[] {
  const chat = lines.filter(({ generation }) => generation.kind === 'chat');
  const cached = lines.filter(({ price }) => price?.cacheRead !== undefined);
  return [
    {
      ...GRAPH,
      title: 'Tokens',
      unit: 'tokens in 5 minutes, without those of the cache',
      series: [
        ...hiddenTokens(lines, 'input'),
        ...hiddenTokens(chat, 'output'),
        chosen('input', 'input'),
        ...(chat.length === 0 ? [] : [chosen('output', 'output')]),
      ],
    },
    {
      ...GRAPH,
      title: 'Cache',
      unit: 'tokens in 5 minutes',
      rightUnit: 'percent of all input tokens that came from the cache',
      series: [
        // Bedrock counts the three separately: input tokens do not include tokens that were read from or written to the
        // cache.
        ...hiddenTokens(cached, 'input'),
        ...hiddenTokens(cached, 'cacheRead'),
        ...hiddenTokens(cached, 'cacheWrite'),
        chosen('read', 'read'),
        chosen('readB', 'read, under its other name'),
        chosen('written', 'written'),
        chosen('writtenB', 'written, under its other name'),
        {
          kind: 'percent',
          part: [['read', 'readB']],
          whole: [['input'], ['read', 'readB'], ['written', 'writtenB']],
          label: 'cache hit ratio: read, percent of input + read + written',
        },
      ],
    },
  ];
}

function latencyWidgets(lines: readonly ProfileLine[]): readonly WidgetPlan[] {
  const graph = (title: string, some: readonly ProfileLine[], name: 'InvocationLatency' | 'TimeToFirstToken') => ({
    ...GRAPH,
    title,
    unit: 'milliseconds',
    series: [...PERCENTILES.flatMap((p) => hidden(some, p, name, p)), ...PERCENTILES.map((p) => chosen(p, p))],
  });
  const chat = lines.filter(({ generation }) => generation.kind === 'chat');
  return [
    graph('Latency', lines, 'InvocationLatency'),
    graph('Time to first token, of calls that stream', chat, 'TimeToFirstToken'),
  ];
}

function chosen(of: string, label: string): SeriesPlan {
  return { kind: 'chosen', of, label };
}

/** Returns a level for each choice, and the one that is shown. With all applications, none is. */
function levels(
  applications: readonly Watched[],
  [kind, like]: readonly [kind: string, like: string],
  levelOf: (application: Watched) => number | undefined,
  label: string,
): readonly SeriesPlan[] {
  const [first] = applications;
  if (first === undefined || applications.every((a) => levelOf(a) === undefined)) {
    return [];
  }
  return [
    { kind: 'level', id: `${kind}_`, like: `${like}_${idOf(first)}_` },
    ...applications.map((a): SeriesPlan => {
      const [id, value] = [`_${idOf(a)}_`, levelOf(a)];
      return { kind: 'level', id: `${kind}${id}`, ...(value !== undefined && { value }), like: `${like}${id}` };
    }),
    { kind: 'shown', of: kind, label },
  ];
}
