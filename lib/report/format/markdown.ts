import { visible } from '../../config/invisible';
import type { Results } from './results';

/** Text in a cell of a GitHub table: no markup, no HTML, no line break. */
function cell(value: string | number | undefined): string {
  return visible(String(value ?? '')).replace(/[\\`*_{}[\]<>()#+!|~&@]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The table of some results as Markdown. */
export function markdown({ columns, rows }: Results): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [line(columns.map(cell)), line(columns.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('');
}
