import type { LocatedProblem } from '../../lib/config/problem';
import { annotation } from '../../lib/report/check/annotation';
import { problemLines } from '../../lib/report/format/problem-lines';
import { table } from '../../lib/report/format/table';

const plain = { tone: (_: string, text: string): string => text };
const problem: LocatedProblem = {
  file: 'environments/dev.yaml',
  line: 14,
  column: 16,
  length: 26,
  source: '        model: anthropic.claude-sonet-4-6',
  path: 'applications.support-chat.models.main.model',
  severity: 'error',
  message: "'anthropic.claude-sonet-4-6' is not a model in the catalog",
};

test('a problem shows its place, its message and the line, with the error underlined', () => {
  expect(problemLines(problem.file, [problem], plain)).toEqual([
    '✗ environments/dev.yaml has 1 problem',
    '',
    "environments/dev.yaml:14:16 applications.support-chat.models.main.model: 'anthropic.claude-sonet-4-6' is not a model in the catalog",
    '   14 |         model: anthropic.claude-sonet-4-6',
    '      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^',
  ]);
});

test('a long line is cut to the part around the error', () => {
  const source = `${'x'.repeat(5000)}WRONG${'y'.repeat(5000)}`;
  const [, , , shown = '', marks = ''] = problemLines('f', [{ ...problem, source, column: 5001, length: 5 }], plain);
  expect(shown.length).toBeLessThan(180);
  expect(shown.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('WRONG');
});

test('the underline is in the right place after a tab', () => {
  const [, , , shown = '', marks = ''] = problemLines(
    'f',
    [{ ...problem, source: '\tkey: WRONG', column: 7, length: 5 }],
    plain,
  );
  expect(shown.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('WRONG');
});

const hostile = [
  '\u001b[31mred',
  'bell\u0007',
  'back\rover',
  '\u202eevil',
  'c1\u009b31m',
  'nul\0',
  'line\u2028two',
  'new\nline',
];

test.each(hostile)('%j is escaped before it is printed', (text) => {
  const lines = problemLines(text, [{ ...problem, file: text, source: text, path: text, message: text }], plain);
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
});

test.each([
  ['50% off', '50%25 off'],
  ['two\nlines', 'two%0Alines'],
  ['::error::injected', '::error::injected'],
])('the annotation of %j is escaped', (message, escaped) => {
  const line = annotation({ ...problem, path: '', message, file: 'a,b:c.yaml' });
  expect(line).toBe(`::error file=a%2Cb%3Ac.yaml,line=14,col=16::${escaped}`);
});

test('columns are as wide as their widest cell, numbers are right-aligned, and no line ends in spaces', () => {
  const columns = [{ heading: 'alias' }, { heading: 'ms', numbers: true }, { heading: 'note' }];
  expect(
    table(columns, [
      ['main', '1200', ''],
      ['a-long-alias', '7', 'x'],
    ]),
  ).toEqual(['  alias           ms  note', '  main          1200', '  a-long-alias     7  x']);
});

test.each(hostile)('a table cell of %j is escaped before it is printed', (text) => {
  expect(table([{ heading: 'a' }], [[text]]).join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
});
