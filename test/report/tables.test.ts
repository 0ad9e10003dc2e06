import { csv } from '../../lib/report/format/csv';
import { markdown } from '../../lib/report/format/markdown';

const one = (value: string | number | undefined) => ({ document: {}, columns: ['a'], rows: [[value]] });
const cellOf = (text: string): string => text.split('\r\n').slice(1, -1).join('\r\n');

test.each([
  ['plain', 'plain'],
  ['with, comma', '"with, comma"'],
  ['with "quotes"', '"with ""quotes"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['\tcell', "'\tcell"],
  ['\rcell', '"\'\rcell"'],
  [-5, '-5'],
  [undefined, ''],
  [0, '0'],
])('the CSV cell of %j is %j', (value, expected) => {
  expect(cellOf(csv(one(value)))).toBe(expected);
});

test.each([
  '<img src=x onerror=alert(1)>',
  '[text](javascript:x)',
  '| extra | cells |',
  '`code` **bold** _it_',
  '~~no~~ @user #1',
  'a\nb\u202ec',
])('%j is text, and not markup, in a Markdown table', (value) => {
  const [, , row = ''] = markdown(one(value)).split('\n');
  expect(row).toMatch(/^\| [^<>|`*_[\]()@~\n\u202e]* \|$/);
  expect(markdown(one(value)).split('\n')).toHaveLength(4);
});
