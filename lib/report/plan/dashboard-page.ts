import type { AccessPlan } from '../../plan/environment/access-plan';
import type { AlarmPlan } from '../../plan/parts/alarm-plan';
import type { Choice, DashboardPlan, WidgetPlan } from '../../plan/parts/dashboard-plan';
import { counted } from '../format/counted';
import { type Html, html, htmlPage } from '../format/html';
import { linePlot } from '../format/line-plot';
import { type SampleGraph, sampleGraph } from './sample-lines';
import { SAMPLE_TIMES } from './sample-values';

/** A dashboard with one choice of its variable. */
export interface DashboardView {
  readonly dashboard: DashboardPlan;
  readonly choice: Choice;
}

/** The dashboards of an environment that a page shows. */
export interface ShownDashboards {
  readonly plan: AccessPlan;
  readonly views: readonly DashboardView[];
  /** Number of choices that are left out because they look like those shown. */
  readonly left: number;
}

/** Builds a page that previews planned dashboards with made-up values. */
export function dashboardPage({ plan, views, left }: ShownDashboards): string {
  const { environment, region } = plan;
  const alarms = new Map([...plan.alarms, ...plan.applications.flatMap((a) => a.alarms)].map((a) => [a.arn, a]));
  return htmlPage({
    title: `Dashboards of ${environment} in ${region}: a preview`,
    main: html`<p class="note" role="note"><strong>All values are made up.</strong> This page shows what the dashboards will hold
and how they are laid out, before anything is deployed. CloudWatch draws them a little differently. There, you choose the
application at the top of the dashboard; here, each choice has a section.</p>
<nav aria-label="Choices"><ul>
${views.map((view) => html`<li><a href="#${idOf(view)}">${headingOf(view)}</a></li>`)}</ul></nav>
${left === 0 ? undefined : html`<p>Not shown: ${counted(left, 'more choice')} with the same layout. --application NAME shows one of them.</p>`}
${views.map((view, i) => section(view, alarms, views.findIndex((v) => v.dashboard === view.dashboard) === i))}`,
  });
}

type Alarms = ReadonlyMap<string, AlarmPlan>;

function idOf({ dashboard, choice }: DashboardView): string {
  return `${dashboard.name}${choice.value}`;
}

function headingOf({ dashboard, choice }: DashboardView): string {
  return `${dashboard.name}, application: ${choice.label}`;
}

/**
 * Shows a choice. The first one of a dashboard has every widget, the others only those that change with the choice.
 *
 * @param isFirst true for the first choice of the dashboard on the page
 */
function section(view: DashboardView, alarms: Alarms, isFirst: boolean): Html {
  const { dashboard, choice } = view;
  const shown = dashboard.widgets.filter(
    (w) => isFirst || ('series' in w && w.series.some((s) => ['chosen', 'sum', 'shown'].includes(s.kind))),
  );
  return html`<section aria-labelledby="${idOf(view)}">
<h2 id="${idOf(view)}">${headingOf(view)}</h2>
<div class="grid24">
${shown.map(
  (widget) => html`<div class="panel w-${widget.width}">
${content(widget, choice.value, alarms)}
</div>
`,
)}</div>
</section>
`;
}

function content(widget: WidgetPlan, choice: string, alarms: Alarms): Html {
  switch (widget.kind) {
    case 'graph':
      return graph(widget, sampleGraph(widget.series, choice));
    case 'numbers':
      return html`<h3>${widget.title}</h3>
<dl class="figures">${sampleGraph(widget.series, choice).lines.map(
        ({ label, values }) =>
          html`<div><dt>${label}</dt><dd>${values.at(-1)?.toFixed(2)} <small class="faint">sample</small></dd></div>`,
      )}</dl>
<p class="faint">${widget.unit}</p>`;
    case 'alarms':
      return html`<h3>${widget.title}</h3>
<p class="faint">sample states</p>
<ul class="states">${widget.alarms.map((arn) => html`<li>✓ OK ${alarms.get(arn)?.name ?? arn}</li>`)}</ul>`;
    case 'text':
      return html`<h3>${widget.title}</h3>
${widget.lines.map(
  ({ about, text, run, link }) =>
    html`<p>${about && html`<strong>${about}</strong> `}${text}${run && html` <code>${run}</code>`}${link && html` (link: ${link.text})`}</p>
`,
)}`;
  }
}

/** Draws a graph, and a second one for the lines at the right axis. */
function graph(widget: Extract<WidgetPlan, { readonly kind: 'graph' }>, { lines, levels }: SampleGraph): Html {
  const { title, unit, rightUnit, stacked = false } = widget;
  const right = lines.filter((line) => line.right);
  return html`${linePlot({
    title,
    unit: `${unit}; sample values`,
    times: SAMPLE_TIMES,
    lines: lines.filter((line) => !line.right),
    limits: levels,
    stacked,
  })}${
    rightUnit === undefined || right.length === 0
      ? undefined
      : linePlot({
          title: `${title}, right axis`,
          unit: `${rightUnit}; sample values`,
          times: SAMPLE_TIMES,
          lines: right,
        })
  }`;
}
