import type { LocatedProblem } from '../../config/problem';
import { type Colours, problemLines } from '../format/problem-lines';
import type { Results } from '../format/results';
import { annotation } from './annotation';
import type { CheckedFile } from './check-document';

/** Describes checked files for people, and adds an annotation for each problem if GitHub Actions reads the output. */
export function checkLines(
  files: readonly CheckedFile[],
  colours: Colours,
  { annotations }: { readonly annotations: boolean },
): readonly string[] {
  return [
    ...files.flatMap(({ file, problems }) =>
      problems.length === 0 ? [colours.tone('good', `✓ ${file}`)] : problemLines(file, problems, colours),
    ),
    ...(annotations ? files.flatMap((f) => f.problems.map(annotation)) : []),
  ];
}

export function checkTable(files: readonly CheckedFile[]): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: ['file', 'line', 'column', 'severity', 'path', 'message'],
    rows: files.flatMap((f) => f.problems.map(row)),
  };
}

function row({ file, line, column, severity, path, message }: LocatedProblem) {
  return [file, line, column, severity, path, message];
}
