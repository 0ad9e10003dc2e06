import { globMatches } from '../../lib/iam/policy/glob';
import { isConstant, parseTemplate } from '../../lib/iam/policy/template';

function matches(pattern: string, text: string): boolean {
  const glob = parseTemplate(pattern, { wildcards: true, variables: false });
  return glob !== undefined && isConstant(glob) && globMatches(glob, text);
}

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a\nb\u0000c', true],
  ['?', '', false],
  ['?', 'a', true],
  ['?', 'ab', false],
  ['?', '\u{1F600}', true],
  ['??', '\u{1F600}', false],
  ['*?', '\u{1F600}', true],
  ['a?c', 'a\nc', true],
  ['a*c', 'ac', true],
  ['a*c', 'abcbc', true],
  ['a*c', 'abcb', false],
  ['*ab*ab', 'ab', false],
  ['*ab*ab', 'abab', true],
  ['*aab', 'aaab', true],
  ['a**b', 'ab', true],
  ['*?*?*', 'a', false],
  ['*?*?*', 'ab', true],
  ['abc12?', 'abc12q', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['A', 'a', false],
  ['\u0000', '\u0000', true],
])('the glob %j against %j gives %j', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test.each(['*a', '*?a', '*aa', '?*a'])(
  'a pattern of many %j that fails at the end is decided quickly, although full backtracking would never end',
  (piece) => {
    expect(matches(`${piece.repeat(500)}b`, 'a'.repeat(10_000))).toBe(false);
  },
);
