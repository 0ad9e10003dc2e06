import { visible } from '../../config/invisible';

/** A column of a table. Numbers are aligned to the right. */
export interface Column {
  readonly heading: string;
  readonly numbers?: boolean;
}

/** Formats a table: columns as wide as their widest cell, two spaces apart. `visible` replaces control characters in cells. */
export function table(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  indent = 2,
): readonly string[] {
  const rows = cells.map((row) => row.map(visible));
  const widths = columns.map((c, i) => Math.max(c.heading.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    (
      ' '.repeat(indent) +
      row
        .map((cell, i) => (columns[i]?.numbers ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
    ).trimEnd();
  return [line(columns.map((c) => c.heading)), ...rows.map(line)];
}
