import { type Html, html, htmlTable, LINE_STYLES } from './html';

/** A line of a plot. It has a value of 0 or more for each time, or `undefined` to leave a gap. */
export interface PlotLine {
  readonly label: string;
  readonly values: readonly (number | undefined)[];
}

export interface LinePlot {
  readonly title: string;
  /** Unit of the values, such as `US dollars`. */
  readonly unit: string;
  /** Labels of the times, which are evenly spaced, oldest first. */
  readonly times: readonly string[];
  readonly lines: readonly PlotLine[];
  /**
   * Values marked by a horizontal line, such as a budget.
   *
   * @default - none
   */
  readonly limits?: readonly { readonly label: string; readonly value: number }[];
  /**
   * True to stack each line on the ones before it.
   *
   * @default false
   */
  readonly stacked?: boolean;
  /**
   * Formats a value of the vertical axis.
   *
   * @default - at most two decimals; thousands as k and millions as M from 10,000 on
   */
  readonly formatValue?: (value: number) => string;
}

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;

/** Draws lines over time as inline SVG. A table has the same numbers, so nobody has to read them off the picture. */
export function linePlot(plot: LinePlot): Html {
  const { title, unit, times, lines, limits = [], stacked = false, formatValue = shortNumber } = plot;
  const drawnLines = stacked ? stackLines(lines) : lines;
  const values = [...drawnLines.flatMap((line) => line.values), ...limits.map((limit) => limit.value)];
  const ticks = ticksUpTo(Math.max(0, ...values.filter((v) => v !== undefined)));
  const top = ticks.at(-1) ?? 1;
  const x = (i: number): string => coordinate(LEFT + ((WIDTH - LEFT - RIGHT) * i) / Math.max(1, times.length - 1));
  const y = (value: number): string => coordinate(HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / top);
  const last = times.length - 1;
  const labelled = last < 1 ? [0] : [...new Set([0, Math.round(last / 3), Math.round((last * 2) / 3), last])];
  const anchor = (i: number): string => (i === 0 ? 'start' : i === last ? 'end' : 'middle');
  return html`<figure>
<figcaption>${title}</figcaption>
<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}, in ${unit}, from ${times[0]} to ${times[last]}; the numbers are in the table below">
${ticks.map(
  (tick) => html`<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/>
<text x="${LEFT - 6}" y="${y(tick)}" dy="4" text-anchor="end">${formatValue(tick)}</text>
`,
)}${labelled.map(
  (i) => html`<text x="${x(i)}" y="${HEIGHT - 8}" text-anchor="${anchor(i)}">${times[i]}</text>
`,
)}${limits.map(
  ({ label, value }) => html`<path class="limit" d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}"/>
<text class="limit-name" x="${WIDTH - RIGHT}" y="${y(value)}" dy="${value / top > 0.9 ? 13 : -4}" text-anchor="end">${label}</text>
`,
)}${drawnLines.map((line, i) => drawLine(line, i, x, y))}</svg>
<ul class="legend">${lines.map(
    ({ label }, i) =>
      html`<li><svg viewBox="0 0 32 10" aria-hidden="true"><path class="line line-${i % LINE_STYLES}" d="M0 5H32"/></svg>${label}</li>`,
  )}</ul>
<details><summary>Numbers</summary>
${htmlTable(
  `${title}, in ${unit}`,
  ['time', ...lines.map((line) => line.label)],
  times.map((time, i) => [time, ...lines.map((line) => numberAt(line, i))]),
)}
</details>
</figure>`;
}

/** Stacks each line on the ones before it. A missing value counts as 0. */
function stackLines(lines: readonly PlotLine[]): readonly PlotLine[] {
  return lines.map(({ label, values }, i) => ({
    label,
    values: values.map((_, at) => lines.slice(0, i + 1).reduce((sum, line) => sum + (line.values[at] ?? 0), 0)),
  }));
}

/** Draws a line as one path with a gap for each missing value. A value between two gaps is drawn as a point. */
function drawLine({ values }: PlotLine, index: number, x: (i: number) => string, y: (value: number) => string): Html {
  const at = values.flatMap((value, i) => (value === undefined ? [] : [{ value, i }]));
  const path = at.map(({ value, i }) => `${values[i - 1] === undefined ? 'M' : 'L'}${x(i)} ${y(value)}`).join('');
  const isolated = at.filter(({ i }) => values[i - 1] === undefined && values[i + 1] === undefined);
  const style = index % LINE_STYLES;
  return html`<path class="line line-${style}" d="${path}"/>
${isolated.map(
  ({ value, i }) => html`<circle class="point point-${style}" cx="${x(i)}" cy="${y(value)}" r="3"/>
`,
)}`;
}

/** Returns the value of a line at one time, rounded to the millionth. */
function numberAt({ values }: PlotLine, i: number): number | undefined {
  const value = values[i];
  return value === undefined ? undefined : Math.round(value * 1e6) / 1e6;
}

/** Returns four or five round numbers from 0 to the first one at or above `most`. */
function ticksUpTo(most: number): readonly number[] {
  const rough = (most || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999999) ?? 10);
  return Array.from({ length: Math.ceil((most || 1) / step - 1e-6) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function shortNumber(value: number): string {
  const [size, unit] = value >= 1e6 ? [1e6, ' M'] : value >= 1e4 ? [1e3, ' k'] : [1, ''];
  return `${Math.round((value / size) * 100) / 100}${unit}`;
}
