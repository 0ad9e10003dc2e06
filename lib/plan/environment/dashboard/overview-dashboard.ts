import { WINDOW_SECONDS } from '../../application/application-alarms';
import type { Place } from '../../names/names';
import { physicalName } from '../../names/physical-name';
import type { AlarmPlan } from '../../parts/alarm-plan';
import { chunksOf, DASHBOARD_LIMITS, type DashboardPlan, metricsOf, type WidgetPlan } from '../../parts/dashboard-plan';
import { type OwnMetric, ownMetric } from '../../parts/metric-plan';
import type { SeriesPlan } from '../../parts/series-plan';
import { applicationWidgets, choicesOf } from './application-widgets';
import { alarmNotes, notes, runbooks } from './dashboard-texts';
import type { Watched } from './profile-lines';

const HOUR = 3600;

/** The dashboards of an environment. One is enough for most; each further one shows further applications. */
export interface OverviewPlan extends DashboardPlan {
  /** Names of the applications that it shows. */
  readonly applications: readonly string[];
}

/** Decides the dashboards of the environment. The first one also shows the environment as a whole. */
export function planOverviewDashboards(
  place: Place,
  applications: readonly Watched[],
  alarms: readonly AlarmPlan[],
): readonly OverviewPlan[] {
  const first = environmentWidgets(place, alarms);
  const pages = pagesOf(place, applications, sizeOf(first).metrics);
  return pages.map((some, i) => ({
    name: overviewName(place.environment, i),
    applications: some.map(({ name }) => name),
    choices: choicesOf(some),
    widgets: [
      ...(pages.length === 1 ? [] : [links(place, pages, i)]),
      ...(i === 0 ? first : []),
      ...alarmWidgets(some),
      ...applicationWidgets(place, some),
      ...(i === 0 ? [notes(place), alarmNotes(place), runbooks(alarms)] : []),
    ],
  }));
}

function overviewName(environment: string, page: number): string {
  return physicalName([environment, page === 0 ? 'overview' : `overview-${page + 1}`]);
}

/** Rows of a widget that are the same however many applications it shows: at most this many. */
const SHARED_ROWS = 10;

/** Number of metrics, and of rows of each widget by its title. Expressions are rows too. */
interface Size {
  readonly metrics: number;
  readonly rows: ReadonlyMap<string, number>;
}

function sizeOf(widgets: readonly WidgetPlan[]): Size {
  return {
    metrics: widgets.reduce((sum, w) => sum + metricsOf(w).length, 0),
    rows: new Map(widgets.map((w) => [w.title, 'series' in w ? w.series.length : 0])),
  };
}

/** Returns what an application adds to a dashboard. */
function added(place: Place, application: Watched): Size {
  const [once, twice] = [[application], [application, application]].map((a) => sizeOf(applicationWidgets(place, a)));
  const rows = [...(twice?.rows ?? [])].map(([title, count]) => [title, count - (once?.rows.get(title) ?? 0)] as const);
  return { metrics: once?.metrics ?? 0, rows: new Map(rows) };
}

/** Distributes applications over as few dashboards as possible. */
function pagesOf(
  place: Place,
  applications: readonly Watched[],
  metricsOfFirst: number,
): readonly (readonly Watched[])[] {
  const pages: Watched[][] = [[]];
  let metrics = metricsOfFirst;
  let rows: ReadonlyMap<string, number> = new Map();
  for (const application of applications) {
    const own = added(place, application);
    const more = new Map([...own.rows].map(([title, count]) => [title, count + (rows.get(title) ?? 0)]));
    const page = pages.at(-1) ?? [];
    const isFull =
      metrics + own.metrics > DASHBOARD_LIMITS.metrics ||
      Math.max(...more.values()) > DASHBOARD_LIMITS.rowsPerWidget - SHARED_ROWS;
    if (isFull && page.length > 0) {
      pages.push([application]);
      metrics = own.metrics;
      rows = own.rows;
    } else {
      page.push(application);
      metrics += own.metrics;
      rows = new Map([...rows, ...more]);
    }
  }
  return pages;
}

/** Returns the alarms of applications. If they do not fit one widget, only those that ring are shown. */
function alarmWidgets(applications: readonly Watched[]): readonly WidgetPlan[] {
  const chunks = chunksOf(
    applications.flatMap((a) => a.alarms.map(({ arn }) => arn)),
    DASHBOARD_LIMITS.alarmsPerWidget,
  );
  const ringingOnly = chunks.length > 1;
  return chunks.map((some) => ({
    kind: 'alarms',
    title: ringingOnly ? 'Alarms of applications that ring' : 'Alarms of applications',
    alarms: some,
    ...(ringingOnly && { ringingOnly }),
    width: 24,
    height: ringingOnly ? 3 : 3 + Math.ceil(some.length / 6),
  }));
}

function environmentWidgets(place: Place, alarms: readonly AlarmPlan[]): readonly WidgetPlan[] {
  const own = (name: OwnMetric, label: string): SeriesPlan => ({
    kind: 'metric',
    label,
    metric: ownMetric(place, name),
  });
  return [
    {
      kind: 'numbers',
      title: 'Estimated dollars of the environment',
      unit: 'US dollars',
      periodSeconds: HOUR,
      series: [own('DailyUsd', 'today, since 00:00 UTC'), own('MonthUsd', 'this month, before today')],
      width: 6,
      height: 6,
    },
    { kind: 'alarms', title: 'Alarms of the environment', alarms: alarms.map((a) => a.arn), width: 6, height: 6 },
    {
      kind: 'graph',
      title: 'What should be zero',
      unit: 'calls in 5 minutes; 1 for a verification that failed or is overdue',
      periodSeconds: WINDOW_SECONDS,
      series: [
        own('CallsAroundProfiles', 'calls around the profiles, in the whole account'),
        own('UnplannedProfileCalls', 'calls of profiles that nobody planned'),
        own('ScheduledRunFailed', 'verification failed'),
        own('VerificationOverdue', 'verification overdue'),
      ],
      width: 6,
      height: 6,
    },
    {
      kind: 'graph',
      title: 'Highest use of a quota',
      unit: "percent of the account's own quota",
      periodSeconds: WINDOW_SECONDS,
      series: [own('QuotaUsedPercent', 'of the model that uses most of it')],
      width: 6,
      height: 6,
    },
  ];
}

function links({ environment, region }: Place, pages: readonly (readonly Watched[])[], page: number): WidgetPlan {
  return {
    kind: 'text',
    title: `${environment}, page ${page + 1} of ${pages.length}`,
    lines: pages.flatMap((some, i) =>
      i === page
        ? []
        : [
            {
              text: `${some[0]?.name} to ${some.at(-1)?.name}:`,
              link: {
                text: `page ${i + 1}`,
                url: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards:name=${overviewName(environment, i)}`,
              },
            },
          ],
    ),
    width: 24,
    height: 3 + pages.length,
  };
}
