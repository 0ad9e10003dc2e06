import { cents, exactUsd } from '../format/cents';
import { type Html, html, htmlPage, htmlTable, LINE_STYLES } from '../format/html';
import { linePlot, type PlotLine } from '../format/line-plot';
import { APPLICATION_HEADINGS, applicationRows, costNotes, notLookedAtLine, verdict } from './cost-lines';
import { type CostReport, modelParts, principalParts } from './cost-report';

/** Builds the HTML page of costs: the verdict, missing parts, a plot of the last 30 days, and tables of every figure. */
export function costPage(report: CostReport, command: string): string {
  const { place, all, costs } = report;
  const { environment, account, region } = place;
  const shown = `…${account.slice(-4)}`;
  const models = modelParts(report);
  const principals = principalParts(report);
  return htmlPage({
    title: `Costs of ${environment}, ${costs.month}`,
    main: html`<p class="faint">account ${shown}, ${region}, up to ${costs.until} (UTC), from <code>${command}</code></p>
<p><strong>${verdict(report, { tone: (_, text) => text }, shown)}</strong></p>
<dl class="figures">
${figure('billed this month', cents(all.billedUsd))}
${figure('forecast for the month', cents(all.forecastUsd))}
${figure('estimated today', cents(estimatedToday(report)))}
</dl>
${
  costs.notLookedAt.length === 0
    ? undefined
    : html`<section class="note" aria-label="Not looked at"><h2>Not looked at</h2>
<ul>${costs.notLookedAt.map((missing) => html`<li>${notLookedAtLine(missing).replace(/^not looked at: /, '')}</li>`)}</ul></section>`
}
<h2>Applications</h2>
${htmlTable(`Billed US dollars of ${costs.month} with the budget; estimated dollars of ${costs.until}`, [...APPLICATION_HEADINGS.slice(0, -1), 'state'], applicationRows(report))}
<h2>The last 30 days</h2>
${days(report)}
${
  models.length === 0
    ? undefined
    : html`<h2>Models</h2>
${htmlTable(
  `Billed US dollars of ${costs.month} by model, as AWS bills it`,
  ['application', 'model', 'billed', 'forecast, by share'],
  models.map((m) => [
    m.application === '' ? 'shared by all' : m.application,
    m.name,
    cents(m.billedUsd),
    cents(m.forecastShareUsd),
  ]),
)}`
}
${
  principals.length === 0
    ? undefined
    : html`<h2>Principals</h2>
${htmlTable(
  `Billed US dollars of ${costs.month} by the tags of the caller`,
  ['principal', 'billed', 'forecast, by share'],
  principals.map((p) => [p.name, cents(p.billedUsd), cents(p.forecastShareUsd)]),
)}`
}
<h2>What the figures mean</h2>
<ul>${costNotes(report).map((note) => html`<li>${note}</li>`)}</ul>`,
  });
}

function figure(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Adds up the estimates of all applications. Returns `undefined` when no application has one. */
function estimatedToday({ applications }: CostReport): number | undefined {
  const known = applications.flatMap((a) => (a.estimatedTodayUsd === undefined ? [] : [a.estimatedTodayUsd]));
  return known.length === 0 ? undefined : known.reduce((sum, usd) => sum + usd, 0);
}

/** Plots the last 30 days. The most expensive applications have a line each, as far as lines can be told apart; the others share one. */
function days({ costs: { billed } }: CostReport): Html {
  if (billed === undefined) {
    return html`<p>Not looked at.</p>`;
  }
  const totals = new Map<string, number>();
  for (const { applications } of billed.days) {
    for (const [name, usd] of applications) {
      totals.set(name, (totals.get(name) ?? 0) + usd);
    }
  }
  const names = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
  const separate = names.length <= LINE_STYLES ? names : names.slice(0, LINE_STYLES - 1);
  const others = names.slice(separate.length);
  const line = (label: string, some: readonly string[]): PlotLine => ({
    label,
    values: billed.days.map(({ applications }) =>
      some.reduce((sum, name) => sum + (exactUsd(applications.get(name)) ?? 0), 0),
    ),
  });
  return linePlot({
    title: 'Billed a day, by application',
    unit: 'US dollars',
    times: billed.days.map(({ day }) => day),
    lines: [
      ...separate.map((name) => line(name === '' ? 'shared by all' : name, [name])),
      ...(others.length === 0 ? [] : [line(`${others.length} others`, others)]),
    ],
    formatValue: cents,
  });
}
