import { visible } from '../../config/invisible';
import type { LocatedProblem } from '../../config/problem';
import { counted } from './counted';

/** Colours text. For a terminal without colours, the text is returned unchanged. */
export interface Colours {
  tone(tone: 'good' | 'bad' | 'warning' | 'faint' | 'strong', text: string): string;
}

/** Describes the problems of one file: a heading, then each problem with its source line and the faulty part underlined. */
export function problemLines(file: string, problems: readonly LocatedProblem[], colours: Colours): readonly string[] {
  const errors = problems.filter((p) => p.severity === 'error').length;
  const warnings = problems.length - errors;
  const counts = [
    ...(errors > 0 ? [counted(errors, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(' and ');
  const heading =
    errors > 0
      ? colours.tone('bad', `✗ ${visible(file)} has ${counts}`)
      : colours.tone('warning', `! ${visible(file)} has ${counts}`);
  return [heading, ...problems.flatMap((p) => ['', ...problemText(p, colours)])];
}

function problemText(problem: LocatedProblem, colours: Colours): readonly string[] {
  const { file, line, column, path, severity, message } = problem;
  const location = `${file}:${line}:${column}${path === '' ? '' : ` ${path}`}`;
  const text = visible(`${location}: ${severity === 'warning' ? 'warning: ' : ''}${message}`);
  return [text, ...excerpt(problem, colours)];
}

/** Returns the source line with the faulty part underlined. A long line is cut to the text around that part. */
function excerpt({ line, column, length, source }: LocatedProblem, colours: Colours): readonly string[] {
  if (source.trim() === '') {
    return [];
  }
  const from = source.length <= 160 ? 0 : Math.max(0, column - 60);
  const shown = visible(source.slice(from, from + 160).replaceAll('\t', ' '));
  const gutter = String(line).padStart(5);
  const marks = '^'.repeat(Math.max(1, Math.min(length, shown.length - (column - 1 - from))));
  return [
    colours.tone('faint', `${gutter} | ${shown}`),
    colours.tone('faint', `${' '.repeat(gutter.length)} | `) +
      ' '.repeat(column - 1 - from) +
      colours.tone('bad', marks),
  ];
}
