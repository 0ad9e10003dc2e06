/** A column: its heading, and whether its cells are numbers. */
export interface Column {
  readonly heading: string;
  readonly numbers?: boolean;
}

/** Lines of a table without rules: columns as wide as their widest cell, two spaces between them. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], indent = 2): readonly string[] {
  const widths = columns.map((c, i) => Math.max(c.heading.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    (
      ' '.repeat(indent) +
      cells
        .map((cell, i) => (columns[i]?.numbers ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
    ).trimEnd();
  return [line(columns.map((c) => c.heading)), ...rows.map(line)];
}
