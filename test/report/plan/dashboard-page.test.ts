import { planAccess } from '../../../lib/plan/environment/access-plan';
import { metricsOf, type WidgetPlan } from '../../../lib/plan/parts/dashboard-plan';
import { dashboardPage } from '../../../lib/report/plan/dashboard-page';
import { SAMPLE_TIMES, sampleValues } from '../../../lib/report/plan/sample-values';
import { testEnvironment } from '../../plan/environments';

const plan = planAccess(testEnvironment('dev'));
const dashboards = [...plan.dashboards, ...plan.applications.map((a) => a.dashboard)];
const widgets = dashboards.flatMap((d) => d.widgets);
const page = dashboardPage({ plan, dashboards, left: 0 });

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

test('every widget is on the page: graphs with lines and numbers, alarms by name, commands as code', () => {
  const graphs = widgets.filter((w): w is WidgetPlan & { readonly kind: 'graph' } => w.kind === 'graph');
  expect(graphs.length).toBeGreaterThan(50);
  expect(matches(page, /<figcaption>([^<]*)</g)).toEqual(graphs.map((g) => g.title));
  expect(matches(page, /<(svg) class="plot"/g)).toHaveLength(graphs.length);
  expect(matches(page, /<caption>([^<]*), in /g)).toEqual(graphs.map((g) => g.title));
  const alarms = widgets.flatMap((w) => (w.kind === 'alarms' ? w.alarms : [])).map((arn) => arn.split(':').at(-1));
  expect(matches(page, /<li>✓ OK ([^<]*)</g)).toEqual(alarms);
  const runs = widgets.flatMap((w) => (w.kind === 'text' ? w.lines.flatMap((l) => l.run ?? []) : []));
  expect(matches(page, /<code>([^<]*)</g)).toEqual(runs);
});

test('the page says at the top, at each graph and at each number that its values are made up', () => {
  expect(page).toContain('<strong>All values are made up.</strong>');
  const labels = matches(page, /role="img" aria-label="([^"]*)"/g);
  expect(labels.filter((label) => !label.includes('sample values'))).toEqual([]);
  const numbers = matches(page, /<dd>([\s\S]*?)<\/dd>/g);
  expect(numbers.filter((number) => !number.includes('sample'))).toEqual([]);
});

test('the page loads and runs nothing, and no element has its own style', () => {
  expect(page).toContain(`content="default-src 'none'; style-src 'sha256-`);
  expect(page).not.toMatch(
    /<(script|img|link|iframe|object|embed|base|form)\b|<[^>]+\s(style|on\w+|src)=|https?:|url\(/,
  );
  expect(matches(page, /href="([^"]*)"/g).filter((href) => !href.startsWith('#'))).toEqual([]);
});

const HOSTILE = '</title></script><img src=x onerror=alert(1)>"\'\u202e';

test('names that look like markup are shown as text', () => {
  const hostile = (text: string): string => text.replaceAll('support-chat', HOSTILE);
  const renamed = JSON.parse(hostile(JSON.stringify(plan)).replaceAll(HOSTILE, JSON.stringify(HOSTILE).slice(1, -1)));
  const bad = dashboardPage({
    plan: renamed,
    dashboards: renamed.applications.map((a: { readonly dashboard: object }) => a.dashboard),
    left: 3,
  });
  expect(bad).toContain('onerror=alert(1)');
  expect(bad).not.toMatch(/<img|<\/script|\u202e|onerror=alert\(1\)>/);
  expect(matches(bad, /<(title)>/g)).toHaveLength(1);
  expect(bad).toContain('Not shown: 3 more dashboards with the same layout.');
});

test('every series has sample values, which are the same each time and keep the order of percentiles', () => {
  const series = widgets.flatMap((w) => ('series' in w ? w.series : []));
  const days = series.map(sampleValues);
  expect(days.map((d) => d.length)).toEqual(series.map(() => SAMPLE_TIMES.length));
  expect(series.map(sampleValues)).toEqual(days);
  const values = days.flat().filter((v) => v !== undefined);
  expect(values.filter((v) => !Number.isFinite(v) || v < 0)).toEqual([]);
  const [metric] = widgets.flatMap(metricsOf).filter((m) => m.name === 'InvocationLatency');
  const at = (statistic: 'p50' | 'p90' | 'p99'): number =>
    sampleValues({ metric: { ...Object(metric), statistic } })[12] ?? Number.NaN;
  expect([at('p50') < at('p90'), at('p90') < at('p99')]).toEqual([true, true]);
});
