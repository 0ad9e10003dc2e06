import Ajv from 'ajv';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { dashboardBody } from '../../../lib/plan/parts/dashboard-body';
import { DASHBOARD_LIMITS, type DashboardPlan, metricsOf } from '../../../lib/plan/parts/dashboard-plan';
import type { MetricPlan } from '../../../lib/plan/parts/metric-plan';
import { application, largestApplication, longName, planOf, testEnvironment } from '../environments';
import schema from './dashboard-body.schema.json';

const REGION = 'us-east-1';
const isBody = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const shop = planOf({ shop: application() });
const largest = planOf({ [longName(24)]: largestApplication({ model: 'anthropic.claude-sonnet-4-6', routing: 'us' }) });
const thousand = planOf(
  Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`application-number-${String(i).padStart(5, '0')}`, application()]),
  ),
);

const dashboards: readonly (readonly [string, DashboardPlan])[] = [
  ...(['dev', 'prod'] as const).flatMap((name) => {
    const plan = planAccess(testEnvironment(name));
    return [...plan.dashboards, ...plan.applications.map((a) => a.dashboard)];
  }),
  ...[...largest.dashboards, ...largest.applications.map((a) => a.dashboard)],
  ...thousand.dashboards,
].map((dashboard) => [`${dashboard.name} of ${dashboard.widgets.length} widgets`, dashboard]);

test.each(dashboards)('%s has the structure that CloudWatch documents', (_, dashboard) => {
  isBody(dashboardBody(dashboard, REGION));
  expect(isBody.errors ?? []).toEqual([]);
  expect(dashboard.name).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
});

test.each(dashboards)('%s stays within the limits of CloudWatch', (_, { widgets }) => {
  const metrics = widgets.map((w) => metricsOf(w).length);
  expect(widgets.length).toBeLessThanOrEqual(DASHBOARD_LIMITS.widgets);
  expect(Math.max(...metrics)).toBeLessThanOrEqual(DASHBOARD_LIMITS.metricsPerWidget);
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
const placed = (dashboard: DashboardPlan): readonly Placed[] =>
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

test('the overview of 1,000 applications shows each once in every comparison, on as few pages as possible', () => {
  expect(thousand.dashboards.map(({ name }) => name)).toEqual(['dev_overview', 'dev_overview-2', 'dev_overview-3']);
  const daily = thousand.dashboards.flatMap(({ widgets }) =>
    widgets.flatMap(metricsOf).flatMap((m) => (m.name === 'DailyUsd' ? (m.dimensions['Application'] ?? []) : [])),
  );
  expect(daily).toEqual(thousand.applications.map(({ name }) => name));
  const links = thousand.dashboards.map(({ widgets: [head] }) =>
    head?.kind === 'text' ? head.lines.map(({ link }) => link?.url.split('name=')[1]) : [],
  );
  expect(links).toEqual([
    ['dev_overview-2', 'dev_overview-3'],
    ['dev_overview', 'dev_overview-3'],
    ['dev_overview', 'dev_overview-2'],
  ]);
});

test('the overview shows the alarms of applications if they fit one widget', () => {
  const shown = (count: number): number =>
    planOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, application()])))
      .dashboards.flatMap(({ widgets }) => widgets)
      .flatMap((w) => (w.kind === 'alarms' ? w.alarms : [])).length;
  expect([1, 20, 21].map(shown)).toEqual([4 + 5, 4 + 100, 4]);
});

test('the dashboard of an application has these widgets, in this order', () => {
  expect(shop.applications[0]?.dashboard.widgets.map(({ title }) => title)).toEqual([
    'Estimated dollars',
    'Alarms',
    'Calls',
    'Errors',
    'Tokens',
    'Cache',
    'Estimated dollars today',
    'Estimated dollars this month, against the budget',
    'Calls to legacy models, and tokens without a price',
    'Calls that went around the profiles, in the whole account',
    'Estimated dollars by alias',
    'Latency',
    'Time to first token, of calls that stream',
    'Use of the quota',
    'Cache tokens by profile',
    'How to read this',
    'When an alarm rings',
  ]);
});

test('budget, daily limit and error rate are marked if they are set', () => {
  const marks = (changes: Readonly<Record<string, unknown>>) =>
    planOf({ shop: application(changes) }).applications[0]?.dashboard.widgets.flatMap((w) =>
      w.kind === 'graph' ? (w.limits ?? []) : [],
    );
  expect(marks({})).toEqual([{ label: 'alarm', value: 5 }]);
  expect(marks({ budget: { monthlyUsd: 500, notify: ['a@example.com'] }, alarms: { errorRatePercent: 2 } })).toEqual([
    { label: 'alarm', value: 2 },
    { label: 'alarm at $50', value: 50 },
    { label: 'budget $500', value: 500 },
  ]);
});
