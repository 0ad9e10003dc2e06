import { createHash } from 'node:crypto';
import { visible } from '../../config/invisible';

/** Text that is HTML already. The `html` template escapes every other value. */
export class Html {
  constructor(readonly text: string) {}
}

/** A value that an `html` template accepts: nothing, text, a number, HTML, or a list of these. */
export type HtmlValue = undefined | string | number | Html | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a value for an element or a quoted attribute. An invisible character becomes `\ufffd`. */
function escaped(value: HtmlValue): string {
  if (Array.isArray(value)) {
    return value.map(escaped).join('');
  }
  return value instanceof Html
    ? value.text
    : visible(String(value ?? '')).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Builds HTML from a template literal. Inserted values are escaped as text; the template must put attributes in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, i) => part + escaped(values[i])).join(''));
}

/** Builds a table with a caption. Numbers are aligned to the right. */
export function htmlTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): Html {
  const cell = (value: string | number | undefined): Html =>
    typeof value === 'number' ? html`<td class="number">${value}</td>` : html`<td>${value}</td>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ([first, ...others]) => html`<tr><th scope="row">${first}</th>${others.map(cell)}</tr>
`,
)}</tbody>
</table></div>`;
}

export interface HtmlPage {
  readonly title: string;
  /** Content of `<main>`, below the title. */
  readonly main: Html;
}

/**
 * Builds a page in one file. Its content security policy forbids it to load, run or send anything. The policy allows
 * the one style sheet by its digest, so no element may have a style of its own.
 */
export function htmlPage({ title, main }: HtmlPage): string {
  const digest = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<main id="main">
<h1>${title}</h1>
${main}
</main>
</body>
</html>
`.text;
}

/** The lines of a plot differ in colour and in dashes. */
const LINES: readonly (readonly [light: string, dark: string, dashes: string])[] = [
  ['#0b5cad', '#7db8f5', 'none'],
  ['#b3420b', '#f5a06a', '7 3'],
  ['#1b7a3d', '#74d196', '2 3'],
  ['#8a2a8f', '#dd93e2', '9 3 2 3'],
  ['#7a5c00', '#e0c04f', '4 4'],
  ['#0b7285', '#66cfe0', '12 4'],
  ['#a61e4d', '#f590b2', '1 4'],
  ['#4a4f57', '#b9c0ca', '6 2 2 2'],
];

/** Number of lines in a plot that can be told apart. */
export const LINE_STYLES = LINES.length;

const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --faint: #555c66; --back: #ffffff; --panel: #f5f6f8; --rule: #c9ced6; --link: #0b5cad; --bad: #a3120a; --note: #fff4d6;
${LINES.map(([light], i) => `--line-${i}: ${light};`).join(' ')} }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --faint: #a8b0bb; --back: #14171b; --panel: #1d2126; --rule: #444c56; --link: #7db8f5; --bad: #ff9a8f; --note: #3a3111;
${LINES.map(([, dark], i) => `--line-${i}: ${dark};`).join(' ')} } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
main { max-width: 90rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; } h3 { font-size: 1rem; margin: 0 0 0.25rem; }
a { color: var(--link); } code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 0.5rem; top: 0.5rem; background: var(--back); padding: 0.5rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.faint { color: var(--faint); } .bad { color: var(--bad); font-weight: 600; }
.note { background: var(--note); border-left: 4px solid var(--bad); padding: 0.6rem 0.9rem; margin: 1rem 0; }
.panel { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: 0.75rem; min-width: 0; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 0.75rem; align-items: start; } .wide { grid-column: 1 / -1; }
.grid24 { display: grid; grid-template-columns: repeat(24, 1fr); gap: 0.75rem; align-items: start; } .w-24 { grid-column: span 24; } .w-12 { grid-column: span 12; } .w-6 { grid-column: span 6; }
@media (max-width: 60rem) { .w-12, .w-6 { grid-column: span 24; } }
ul.states { columns: 18rem; list-style: none; padding: 0; margin: 0; }
.figures { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 0.25rem 0; } .figures dt { color: var(--faint); font-size: 0.85rem; } .figures dd { margin: 0; font-size: 1.6rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; } caption { text-align: left; color: var(--faint); padding: 0.25rem 0; }
th, td { text-align: left; padding: 0.2rem 0.75rem 0.2rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; } td.number { text-align: right; font-variant-numeric: tabular-nums; } tbody th { font-weight: 500; }
summary { cursor: pointer; color: var(--link); } ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; padding: 0; margin: 0.25rem 0; font-size: 0.85rem; } ul.legend svg { width: 2rem; height: 0.6rem; margin-right: 0.35rem; }
figure { margin: 0; } figcaption { font-weight: 600; } svg.plot { width: 100%; height: auto; display: block; }
svg.plot text { font: 12px system-ui, sans-serif; fill: var(--faint); } .axis { stroke: var(--rule); stroke-width: 1; } .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 2; fill: none; } svg.plot text.limit-name { fill: var(--bad); stroke: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; } .point { stroke: none; }
${LINES.map(([, , dashes], i) => `.line-${i} { stroke: var(--line-${i}); stroke-dasharray: ${dashes}; } .point-${i} { fill: var(--line-${i}); }`).join('\n')}
@media print { details::details-content { content-visibility: visible; block-size: auto; } .skip { display: none; } .panel { break-inside: avoid; } }
`;
