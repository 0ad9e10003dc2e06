import { runInNewContext } from 'node:vm';
import Ajv from 'ajv';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import type { OverviewPlan } from '../../../lib/plan/environment/dashboard/overview-dashboard';
import { dashboardBody } from '../../../lib/plan/parts/dashboard-body';
import { DASHBOARD_LIMITS, type GraphPlan, metricsOf } from '../../../lib/plan/parts/dashboard-plan';
import type { MetricPlan } from '../../../lib/plan/parts/metric-plan';
import { expressionOf, type SeriesPlan } from '../../../lib/plan/parts/series-plan';
import { application, largestApplication, longName, planOf, testEnvironment } from '../environments';
import schema from './dashboard-body.schema.json';

const REGION = 'us-east-1';
const isBody = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const claude = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } as const;
const shop = planOf({ shop: application() });
const largest = planOf({ [longName(24)]: largestApplication(claude), [longName(24, 1)]: largestApplication(claude) });
const thousand = planOf(
  Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`application-number-${String(i).padStart(5, '0')}`, application()]),
  ),
);

const dashboards: readonly (readonly [string, OverviewPlan])[] = [
  ...(['dev', 'prod'] as const).flatMap((name) => planAccess(testEnvironment(name)).dashboards),
  ...largest.dashboards,
  ...thousand.dashboards,
].map((dashboard) => [`${dashboard.name} of ${dashboard.applications.length} applications`, dashboard]);

test.each(dashboards)('%s has the structure that CloudWatch documents', (_, dashboard) => {
  isBody(dashboardBody(dashboard, REGION));
  expect(isBody.errors ?? []).toEqual([]);
  expect(dashboard.name).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
});

test.each(dashboards)('%s stays within the limits of CloudWatch', (_, { widgets }) => {
  const metrics = widgets.map((w) => metricsOf(w).length);
  expect(widgets.length).toBeLessThanOrEqual(DASHBOARD_LIMITS.widgets);
  expect(Math.max(...widgets.map((w) => ('series' in w ? w.series.length : 0)))).toBeLessThanOrEqual(
    DASHBOARD_LIMITS.rowsPerWidget,
  );
  expect(metrics.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(DASHBOARD_LIMITS.metrics);
  const alarms = widgets.map((w) => (w.kind === 'alarms' ? w.alarms.length : 0));
  expect(Math.max(...alarms)).toBeLessThanOrEqual(DASHBOARD_LIMITS.alarmsPerWidget);
});

interface Placed {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
}
const placed = (dashboard: OverviewPlan): readonly Placed[] =>
  dashboardBody(dashboard, REGION).widgets as readonly Placed[];

test.each(dashboards)('no two widgets of %s overlap', (_, dashboard) => {
  const cells = placed(dashboard).flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (__, i) => `${x + (i % width)} ${y + Math.floor(i / width)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

/** Replaces the dots in the rows of a metric widget by the values of the row above, as CloudWatch does. */
function readRows(rows: readonly (readonly unknown[])[]): readonly unknown[] {
  let before: readonly unknown[] = [];
  return rows.flatMap((row) => {
    const names = row.filter((part) => typeof part === 'string').map((part, i) => (part === '.' ? before[i] : part));
    const shown = row.at(-1) as { readonly stat?: string };
    before = names.length === 0 ? before : names;
    return names.length === 0 ? [] : [[...names, shown.stat]];
  });
}
const inFull = ({ namespace, name, dimensions, statistic }: MetricPlan): readonly unknown[] => [
  namespace,
  name,
  ...Object.entries(dimensions).flat(),
  statistic,
];

test.each(dashboards)('the metrics in the body of %s are those of its plan', (_, dashboard) => {
  const written = placed(dashboard).map(({ properties }) => readRows(properties.metrics ?? []));
  expect(written).toEqual(dashboard.widgets.map((widget) => metricsOf(widget).map(inFull)));
});

/** The rows of a widget's body with what a choice replaces, as the console does. */
function rowsWhenChosen({ properties: { metrics = [] } }: Placed, choice: string) {
  const rows = JSON.parse(
    JSON.stringify(metrics).replaceAll('_APPLICATION_', choice),
  ) as readonly (readonly unknown[])[];
  return rows.map((row) => ({
    isMetric: row.length > 1,
    ...(row.at(-1) as { readonly id?: string; readonly visible?: boolean; readonly expression?: string }),
  }));
}

test.each(dashboards)(
  'every choice of %s shows series that exist, under ids that CloudWatch accepts',
  (_, dashboard) => {
    const wrong = placed(dashboard).flatMap((widget) =>
      dashboard.choices.slice(0, 3).flatMap(({ value }) => {
        const rows = rowsWhenChosen(widget, value);
        const ids = rows.flatMap(({ id }) => id ?? []);
        const metricIds = rows.flatMap(({ id, isMetric }) => (isMetric && id !== undefined ? [id] : []));
        return [
          ...ids.filter((id, i) => !/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id) || ids.indexOf(id) !== i),
          ...rows.flatMap(({ expression = '' }) => [
            // METRICS finds metrics alone, and an id is that of a row.
            ...[...expression.matchAll(/METRICS\("([^"]*)"\)/g)].filter(([, part = '']) =>
              value === '_' ? !metricIds.some((id) => id.includes(part)) : !part.endsWith(value),
            ),
            ...(expression.replaceAll(/"[^"]*"/g, '').match(/\b[a-z]\w*/g) ?? []).filter((id) => !ids.includes(id)),
          ]),
        ];
      }),
    );
    expect(wrong).toEqual([]);
  },
);

test.each(dashboards)('a choice of %s shows the metrics of its application and of no other', (_, dashboard) => {
  const { applications, choices, widgets } = dashboard;
  expect(choices.map(({ label }) => label)).toEqual(['all applications', ...applications]);
  const all = widgets
    .flatMap((w) => ('series' in w ? w.series : []))
    .flatMap((s) => ('id' in s && s.id !== undefined ? [s] : []));
  const ofOthers = choices.slice(1).flatMap(({ label, value }) =>
    all.filter((s) => {
      const own = 'label' in s && (s.label === label || s.label?.startsWith(`${label}/`) === true);
      return s.kind === 'metric' && s.id?.includes(value) !== own;
    }),
  );
  expect(ofOthers).toEqual([]);
});

test('1,000 applications need at most 12 dashboards, and each application is a choice of one', () => {
  expect(thousand.dashboards.length).toBeLessThanOrEqual(12);
  expect(thousand.dashboards.flatMap((d) => d.applications)).toEqual(thousand.applications.map(({ name }) => name));
  const names = thousand.dashboards.map(({ name }) => name);
  expect(names.slice(0, 2)).toEqual(['dev_overview', 'dev_overview-2']);
  const linked = thousand.dashboards.map(({ widgets: [head] }) =>
    head?.kind === 'text' ? head.lines.map(({ link }) => link?.url.split('name=')[1]) : [],
  );
  expect(linked).toEqual(names.map((own) => names.filter((name) => name !== own)));
});

test('the dashboard shows every alarm if they fit one widget, and otherwise those that ring', () => {
  const shown = (count: number) =>
    planOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, application()])))
      .dashboards.flatMap(({ widgets }) => widgets)
      .flatMap((w) => (w.kind === 'alarms' ? [[w.alarms.length, w.ringingOnly ?? false]] : []));
  expect(shown(1)).toEqual([
    [shop.alarms.length, false],
    [5, false],
  ]);
  expect(shown(20)[1]).toEqual([100, false]);
  expect(shown(21).slice(1)).toEqual([
    [100, true],
    [5, true],
  ]);
});

test('the dashboard of an environment has these widgets, in this order', () => {
  expect(shop.dashboards.map(({ name }) => name)).toEqual(['dev_overview']);
  expect(shop.dashboards[0]?.widgets.map(({ title }) => title)).toEqual([
    'Estimated dollars of the environment',
    'Alarms of the environment',
    'What should be zero',
    'Highest use of a quota',
    'Alarms of applications',
    'Estimated dollars today',
    'Estimated dollars this month, against the budget',
    'Estimated dollars by alias',
    'Calls',
    'Errors',
    'Tokens',
    'Cache',
    'Latency',
    'Time to first token, of calls that stream',
    'Use of the quota',
    'Calls to legacy models, and tokens without a price',
    'Denied: at the limit, or stopped by hand',
    'How to read this',
    'When an alarm of an application rings; its own description has its own thresholds',
    'When an alarm of the environment rings',
  ]);
});

const graphOf = (plan: typeof shop, title: string) =>
  plan.dashboards[0]?.widgets.find((w): w is GraphPlan & typeof w => w.kind === 'graph' && w.title === title);

test('the daily limit and the budget of each application are levels that its choice shows', () => {
  const budget = { monthlyUsd: 500, notify: ['a@example.com'] };
  const plan = planOf({ 'a-b': application({ budget }), ab: application({ alarms: { dailyUsd: 7 } }) });
  const levels = ['Estimated dollars today', 'Estimated dollars this month, against the budget'].map((title) =>
    graphOf(plan, title)?.series.flatMap((s) => (s.kind === 'level' ? [[s.id, expressionOf(s)]] : [])),
  );
  expect(levels).toEqual([
    [
      ['limit_', 'IF(daily_aXb_ < 0, daily_aXb_)'],
      ['limit_aXb_', 'TIME_SERIES(50)'],
      ['limit_ab_', 'TIME_SERIES(7)'],
    ],
    [
      ['budget_', 'IF(month_aXb_ < 0, month_aXb_)'],
      ['budget_aXb_', 'TIME_SERIES(500)'],
      ['budget_ab_', 'IF(month_ab_ < 0, month_ab_)'],
    ],
  ]);
  expect(graphOf(shop, 'Estimated dollars today')?.series.map(({ kind }) => kind)).toEqual(['metric', 'chosen']);
});

/** Evaluates metric math as JavaScript for one period, as far as dashboards use it. */
function evaluate(
  series: SeriesPlan | undefined,
  metrics: Readonly<Record<string, number>>,
  choice = '_shop_',
): number {
  const expression = series === undefined || series.kind === 'metric' ? '' : expressionOf(series);
  const ids = Object.fromEntries((expression.match(/\b[a-z]\w*/g) ?? []).map((id) => [id, metrics[id]]));
  return runInNewContext(expression.replaceAll('_APPLICATION_', choice), {
    ...ids,
    FILL: (metric: number | undefined, other: number) => metric ?? other,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    METRICS: (part: string) => Object.entries(metrics).flatMap(([id, value]) => (id.includes(part) ? [value] : [])),
    SUM: (values: readonly number[]) => (values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0)),
  });
}

const paid = planOf({ shop: application({ models: { main: claude } }) });
const dollars = graphOf(paid, 'Estimated dollars by alias')?.series.find(({ kind }) => kind === 'dollars');

test.each([
  [{}, 0],
  [{ input_shop_1: 1_000_000 }, 3.3],
  [{ input_shop_1: 1_000_000, output_shop_1: 1_000_000 }, 3.3 + 16.5],
  [{ read_shop_1: 1_000_000 }, 0.33],
  [{ readB_shop_1: 1_000_000 }, 0.33],
  [{ read_shop_1: 1_000_000, readB_shop_1: 1_000_000 }, 0.33],
  [{ written_shop_1: 1_000_000 }, 4.125],
  [{ written_shop_1: 500, writtenB_shop_1: 1_000_000 }, 4.125],
])('an hour of %j of Sonnet 4.6 through us costs $%p', (tokens, usd) => {
  expect(evaluate(dollars, tokens)).toBeCloseTo(usd, 10);
});

test('an application with several aliases shows a list of them, and one without a price shows nothing', () => {
  const nova = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
  const plan = planOf({ shop: application({ models: { main: claude, fast: nova } }), 'a-b': application() });
  const series = graphOf(plan, 'Estimated dollars by alias')?.series ?? [];
  expect(series.flatMap((s) => (s.kind === 'list' ? [[s.id, expressionOf(s)]] : []))).toEqual([
    ['usd_shop_', 'SORT([usd_shop_1, usd_shop_2], SUM, DESC)'],
    ['usd_', 'SORT([usd_aXb_, usd_shop_1, usd_shop_2], SUM, DESC)'],
  ]);
  const last = series.at(-1);
  expect(last?.kind === 'shown' && expressionOf(last)).toBe('usd_APPLICATION_');
});

const percents = (title: string): SeriesPlan | undefined =>
  graphOf(paid, title)?.series.find(({ kind }) => kind === 'percent');

test.each([
  ['Errors', '_shop_', { calls_shop_1: 95, client_shop_1: 3, server_shop_1: 2, throttled_shop_1: 5 }, 5],
  ['Errors', '_shop_', { calls_shop_1: 90, client_shop_1: 9, calls_other_1: 1000 }, 10],
  ['Errors', '_', { calls_shop_1: 90, client_shop_1: 9, calls_other_1: 10 }, 9],
  ['Errors', '_shop_', { calls_shop_1: 90 }, 0],
  ['Cache', '_shop_', { input_shop_1: 50, read_shop_1: 25, written_shop_1: 25 }, 25],
  ['Cache', '_shop_', { input_shop_1: 50, readB_shop_1: 25, writtenB_shop_1: 25 }, 25],
  ['Cache', '_shop_', { input_shop_1: 50, read_shop_1: 25, readB_shop_1: 25, written_shop_1: 25 }, 25],
])('the percentage in "%s" for the choice %s of %j is %p', (title, choice, metrics, percent) => {
  expect(evaluate(percents(title), metrics as Readonly<Record<string, number>>, choice)).toBeCloseTo(percent, 10);
});
