import type { Results } from './results';

/** Writes one cell. Text that a spreadsheet would read as a formula gets an apostrophe in front. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const inert = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Writes the table of a command's results as CSV (RFC 4180). */
export function csv({ columns, rows }: Results): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
