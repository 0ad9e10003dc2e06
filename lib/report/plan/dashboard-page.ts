import type { AccessPlan } from '../../plan/environment/access-plan';
import type { AlarmPlan } from '../../plan/parts/alarm-plan';
import type { DashboardPlan, WidgetPlan } from '../../plan/parts/dashboard-plan';
import { counted } from '../format/counted';
import { type Html, html, htmlPage } from '../format/html';
import { linePlot } from '../format/line-plot';
import { SAMPLE_TIMES, sampleValues } from './sample-values';

/** The dashboards of an environment that a page shows. */
export interface ShownDashboards {
  readonly plan: AccessPlan;
  readonly dashboards: readonly DashboardPlan[];
  /** Number of dashboards that are left out because they look like those shown. */
  readonly left: number;
}

/** Builds a page that previews planned dashboards with made-up values. */
export function dashboardPage({ plan, dashboards, left }: ShownDashboards): string {
  const { environment, region } = plan;
  const alarms = new Map([...plan.alarms, ...plan.applications.flatMap((a) => a.alarms)].map((a) => [a.arn, a]));
  return htmlPage({
    title: `Dashboards of ${environment} in ${region}: a preview`,
    main: html`<p class="note" role="note"><strong>All values are made up.</strong> This page shows what the dashboards will hold
and how they are laid out, before anything is deployed. CloudWatch draws them a little differently.</p>
<nav aria-label="Dashboards"><ul>
${dashboards.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}</ul></nav>
${left === 0 ? undefined : html`<p>Not shown: ${counted(left, 'more dashboard')} with the same layout. --application NAME shows one of them.</p>`}
${dashboards.map((dashboard) => section(dashboard, alarms))}`,
  });
}

type Alarms = ReadonlyMap<string, AlarmPlan>;

function section({ name, widgets }: DashboardPlan, alarms: Alarms): Html {
  return html`<section aria-labelledby="${name}">
<h2 id="${name}">${name}</h2>
<div class="grid24">
${widgets.map(
  (widget) => html`<div class="panel w-${widget.width}">
${content(widget, alarms)}
</div>
`,
)}</div>
</section>
`;
}

function content(widget: WidgetPlan, alarms: Alarms): Html {
  switch (widget.kind) {
    case 'graph':
      return linePlot({
        title: widget.title,
        unit: `${widget.unit}; sample values`,
        times: SAMPLE_TIMES,
        lines: widget.series.map((series) => ({ label: labelOf(series), values: sampleValues(series) })),
        ...(widget.limits !== undefined && { limits: widget.limits }),
        stacked: widget.stacked ?? false,
      });
    case 'numbers':
      return html`<h3>${widget.title}</h3>
<dl class="figures">${widget.series.map(
        (series) =>
          html`<div><dt>${labelOf(series)}</dt><dd>${sampleValues(series).at(-1)?.toFixed(2)} <small class="faint">sample</small></dd></div>`,
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

/** Returns the text of the legend. CloudWatch labels a line without a label by the dimension that differs, the application. */
function labelOf({ label, ...series }: Parameters<typeof sampleValues>[0]): string {
  return label ?? ('metric' in series ? (Object.values(series.metric.dimensions).at(-1) ?? series.metric.name) : '');
}
