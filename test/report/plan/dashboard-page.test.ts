import { planAccess } from '../../../lib/plan/environment/access-plan';
import { metricsOf, type WidgetPlan } from '../../../lib/plan/parts/dashboard-plan';
import { type DashboardView, dashboardPage } from '../../../lib/report/plan/dashboard-page';
import { sampleGraph } from '../../../lib/report/plan/sample-lines';
import { SAMPLE_TIMES, sampleValues } from '../../../lib/report/plan/sample-values';
import { testEnvironment } from '../../plan/environments';

const plan = planAccess(testEnvironment('dev'));
const viewsOf = ({ dashboards }: typeof plan): readonly DashboardView[] =>
  dashboards.flatMap((dashboard) => dashboard.choices.map((choice) => ({ dashboard, choice })));
const views = viewsOf(plan);
const widgets = plan.dashboards.flatMap((d) => d.widgets);
const page = dashboardPage({ plan, views, left: 0 });

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

const isGraph = (w: WidgetPlan): w is WidgetPlan & { readonly kind: 'graph' } => w.kind === 'graph';
const isChosen = (w: WidgetPlan): boolean =>
  isGraph(w) && w.series.some(({ kind }) => ['chosen', 'sum', 'shown'].includes(kind));

test('every widget is on the page, and every choice of the application has the graphs that it changes', () => {
  const graphs = [...widgets.filter(isGraph), ...views.slice(1).flatMap(() => widgets.filter(isChosen))];
  expect(views.map(({ choice }) => choice.label)).toEqual([
    'all applications',
    ...plan.applications.map((a) => a.name),
  ]);
  expect(graphs.length).toBeGreaterThan(50);
  const captions = matches(page, /<figcaption>([^<]*)</g);
  expect(captions.filter((caption) => !caption.endsWith(', right axis'))).toEqual(graphs.map((g) => g.title));
  expect(matches(page, /<(svg) class="plot"/g)).toHaveLength(captions.length);
  expect(matches(page, /<caption>([^<]*), in /g)).toEqual(captions);
  const alarms = widgets.flatMap((w) => (w.kind === 'alarms' ? w.alarms : [])).map((arn) => arn.split(':').at(-1));
  expect(matches(page, /<li>✓ OK ([^<]*)</g)).toEqual(alarms);
  const runs = widgets.flatMap((w) => (w.kind === 'text' ? w.lines.flatMap((l) => l.run ?? []) : []));
  expect(matches(page, /<code>([^<]*)</g)).toEqual(runs);
});

test('a choice shows the lines of its application, with its limits, and all applications show all lines', () => {
  const graph = (title: string, choice: string) => {
    const { lines, levels } = sampleGraph(
      (widgets as readonly { title: string; series?: never }[]).find((w) => w.title === title)?.series ?? [],
      choice,
    );
    return [
      ...lines.map(({ label, right }) => `${label}${right ? ' (right)' : ''}`),
      ...levels.map(({ label }) => label),
    ];
  };
  expect(graph('Estimated dollars today', '_supportXchat_')).toEqual([
    'estimated support-chat',
    'alarm on the daily limit: 40',
  ]);
  expect(graph('Estimated dollars today', '_')).toEqual(plan.applications.map(({ name }) => `estimated ${name}`));
  expect(graph('Estimated dollars by alias', '_supportXchat_')).toEqual([
    'support-chat/embed (amazon.titan-embed-text-v2:0)',
    'support-chat/fast (amazon.nova-lite-v1:0)',
    'support-chat/main (anthropic.claude-sonnet-4-6)',
  ]);
  expect(graph('Errors', '_supportXchat_')).toHaveLength(3 * 3 + 1);
  expect(graph('Errors', '_supportXchat_').at(-1)).toBe('errors, percent of calls and throttles (right)');
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
  const bad = dashboardPage({ plan: renamed, views: viewsOf(renamed), left: 3 });
  expect(bad).toContain('onerror=alert(1)');
  expect(bad).not.toMatch(/<img|<\/script|\u202e|onerror=alert\(1\)>/);
  expect(matches(bad, /<(title)>/g)).toHaveLength(1);
  expect(bad).toContain('Not shown: 3 more choices with the same layout.');
});

test('every metric has sample values, which are the same each time and keep the order of percentiles', () => {
  const metrics = widgets.flatMap(metricsOf);
  const days = metrics.map(sampleValues);
  expect(days.map((d) => d.length)).toEqual(metrics.map(() => SAMPLE_TIMES.length));
  expect(metrics.map(sampleValues)).toEqual(days);
  const values = days.flat().filter((v) => v !== undefined);
  expect(values.filter((v) => !Number.isFinite(v) || v < 0)).toEqual([]);
  const [metric] = metrics.filter((m) => m.name === 'InvocationLatency');
  const at = (statistic: 'p50' | 'p90' | 'p99'): number =>
    sampleValues({ ...Object(metric), statistic })[12] ?? Number.NaN;
  expect([at('p50') < at('p90'), at('p90') < at('p99')]).toEqual([true, true]);
});
