import { WINDOW_SECONDS } from '../application/application-alarms';
import { runbooks } from '../application/application-dashboard';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { AlarmPlan } from '../parts/alarm-plan';
import {
  chunksOf,
  DASHBOARD_LIMITS,
  type DashboardPlan,
  paginate,
  type SeriesPlan,
  type WidgetPlan,
} from '../parts/dashboard-plan';
import { type MetricPlan, type OwnMetric, ownMetric } from '../parts/metric-plan';

const HOUR = 3600;
const THIRD = { width: 8, height: 7 } as const;
const HALF = { width: 12, height: 7 } as const;

/** Maximum number of applications in one graph. A dashboard costs $3 per month, so graphs are full rather than many. */
const APPLICATIONS_PER_GRAPH = 50;

export interface OverviewProps {
  /** Sorted by name. */
  readonly applications: readonly { readonly name: string; readonly alarms: readonly AlarmPlan[] }[];
  readonly alarms: readonly AlarmPlan[];
}

/**
 * Decides the dashboards of the environment. The first shows its totals, and further pages follow if the applications
 * need them.
 */
export function planOverviewDashboards(
  place: Place,
  { applications, alarms }: OverviewProps,
): readonly DashboardPlan[] {
  const { environment } = place;
  const sections = [
    totals(place, alarms, applicationAlarmsOf(applications)),
    [{ ...runbooks(alarms), width: 24, height: 3 + 2 * alarms.length }],
    ...chunksOf(
      applications.map((a) => a.name),
      APPLICATIONS_PER_GRAPH,
    ).map((names) => comparison(place, names)),
  ];
  return paginate(sections).map((widgets, i, { length }) => ({
    name: overviewName(environment, i),
    widgets: length === 1 ? widgets : [links(place, i, length), ...widgets],
  }));
}

function overviewName(environment: string, page: number): string {
  return physicalName([environment, page === 0 ? 'overview' : `overview-${page + 1}`]);
}

/**
 * Returns the alarms of all applications if they fit in one widget. If not, only the applications' own dashboards show
 * them.
 */
function applicationAlarmsOf(applications: OverviewProps['applications']): readonly AlarmPlan[] {
  const all = applications.flatMap((a) => a.alarms);
  return all.length <= DASHBOARD_LIMITS.alarmsPerWidget ? all : [];
}

function totals(
  place: Place,
  alarms: readonly AlarmPlan[],
  applicationAlarms: readonly AlarmPlan[],
): readonly WidgetPlan[] {
  const metric = (name: OwnMetric): MetricPlan => ownMetric(place, name);
  const own = (name: OwnMetric, label: string): SeriesPlan => ({ label, metric: metric(name) });
  const graph = { kind: 'graph', periodSeconds: WINDOW_SECONDS } as const;
  return [
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
    ...(applicationAlarms.length === 0
      ? []
      : [
          {
            kind: 'alarms',
            title: 'Alarms of applications',
            alarms: applicationAlarms.map((a) => a.arn),
            width: 24,
            height: 3 + Math.ceil(applicationAlarms.length / 6),
          } as const,
        ]),
    {
      ...graph,
      title: 'Calls',
      unit: 'calls in 5 minutes',
      series: [own('Calls', 'calls'), own('Errors', 'errors'), own('Throttles', 'throttles')],
      ...THIRD,
    },
    {
      ...graph,
      title: 'Errors',
      unit: 'percent of calls and throttles',
      series: [
        {
          label: 'errors, percent of calls and throttles',
          ratio: { part: metric('Errors'), whole: [metric('Calls'), metric('Throttles')] },
        },
      ],
      ...THIRD,
    },
    {
      ...graph,
      title: 'Latency',
      unit: 'milliseconds, the highest p90 of any profile',
      series: [own('LatencyP90', 'highest p90')],
      ...THIRD,
    },
    {
      ...graph,
      title: 'Tokens',
      unit: 'tokens in 5 minutes',
      stacked: true,
      series: [
        own('InputTokens', 'input'),
        own('OutputTokens', 'output'),
        own('CacheReadTokens', 'read from the cache'),
        own('CacheWriteTokens', 'written to the cache'),
      ],
      ...THIRD,
    },
    {
      ...graph,
      title: 'Cache',
      unit: 'percent of all input tokens that came from the cache',
      series: [
        {
          label: 'cache hit ratio: read, percent of input + read + written',
          ratio: {
            part: metric('CacheReadTokens'),
            whole: [metric('InputTokens'), metric('CacheReadTokens'), metric('CacheWriteTokens')],
          },
        },
      ],
      ...THIRD,
    },
    {
      ...graph,
      title: 'What should be zero',
      unit: 'calls in 5 minutes; tokens; 1 for a verification that failed or is overdue',
      series: [
        own('CallsAroundProfiles', 'calls around the profiles'),
        own('LegacyCalls', 'calls to a legacy model'),
        own('UnpricedTokens', 'tokens without a known price'),
        own('ScheduledRunFailed', 'verification failed'),
        own('VerificationOverdue', 'verification overdue'),
      ],
      ...THIRD,
    },
  ];
}

/**
 * Returns graphs that compare applications. CloudWatch labels each line with the application, because only that
 * differs.
 */
function comparison(place: Place, applications: readonly string[]): readonly WidgetPlan[] {
  const [first = '', last = ''] = [applications[0], applications.at(-1)];
  const range = applications.length === 1 ? first : `${first} to ${last}`;
  const graph = (title: string, unit: string, name: OwnMetric, periodSeconds = WINDOW_SECONDS): WidgetPlan => ({
    kind: 'graph',
    title: `${title}: ${range}`,
    unit,
    periodSeconds,
    series: applications.map((application) => ({ metric: ownMetric(place, name, application) })),
    ...HALF,
  });
  return [
    graph('Estimated dollars today', 'US dollars since 00:00 UTC', 'DailyUsd'),
    graph('Estimated dollars this month', 'US dollars since the 1st, UTC', 'MonthUsd', HOUR),
    graph('Calls', 'calls in 5 minutes', 'Calls'),
    graph('Errors', 'errors in 5 minutes', 'Errors'),
    graph('Throttles', 'throttles in 5 minutes', 'Throttles'),
    graph('Latency', 'milliseconds, the highest p90 of its profiles', 'LatencyP90'),
  ];
}

function links({ environment, region }: Place, page: number, pages: number): WidgetPlan {
  return {
    kind: 'text',
    title: `${environment}, page ${page + 1} of ${pages}`,
    lines: Array.from({ length: pages }, (_, i) => i)
      .filter((i) => i !== page)
      .map((i) => ({
        text: '',
        link: {
          text: `page ${i + 1}`,
          url: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards:name=${overviewName(environment, i)}`,
        },
      })),
    width: 24,
    height: 3,
  };
}
