import type { Results } from './results';

/** A cell that a spreadsheet shows and does not calculate: what begins as a formula would gets an apostrophe before it. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const inert = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** The table of some results as CSV (RFC 4180). */
export function csv({ columns, rows }: Results): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
