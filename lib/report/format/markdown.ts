import { visible } from '../../config/invisible';
import type { Results } from './results';

/** Escapes the text of a cell in a GitHub table, so that it contains no markup, HTML or line break. */
function cell(value: string | number | undefined): string {
  return visible(String(value ?? '')).replace(/[\\`*_{}[\]<>()#+!|~&@]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Writes the table of a command's results as Markdown. */
export function markdown({ columns, rows }: Results): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [line(columns.map(cell)), line(columns.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('');
}
