import { readEnvironment } from '../../lib/config/read-environment';
import { problemsOf, TODAY } from './problem-text';
import { VALID, valid } from './valid-environment';

const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;
const problemsIn = (content: string | Uint8Array): string[] =>
  problemsOf('bad.yaml', bytesOf(content)).map(
    ({ line, column, path, message }) => `${line}:${column}${path === '' ? '' : ` ${path}`}: ${message}`,
  );

const DEEP = 'the value is nested more than 32 levels deep; an environment file needs at most 7 levels';
const NO_ALIAS = 'aliases (*name) are not allowed; write the value out';
const NO_ANCHOR = 'anchors (&name) are not allowed; write the value out where it is used';
const NO_TAG = 'tags (!name) are not allowed; remove the tag';
const NOT_UTF8 = 'from here on, the file is not UTF-8 text; save it as UTF-8';
const UTF16 = 'the file is UTF-16 text; save it as UTF-8';

/** Files that are too large, too deep or not text. Each has one problem, with its position. */
const REFUSED: readonly (readonly [title: string, content: string | Uint8Array, problem: string])[] = [
  ['a NUL', valid('CC-1042', 'CC-\0'), '9:20: the character U+0000 is invisible and not allowed; remove it'],
  ['an ESC', valid('CC-1042', '\x1b[31mCC'), '9:17: the character U+001B is invisible and not allowed; remove it'],
  ['a DEL', valid('CC-1042', 'CC\x7f'), '9:19: the character U+007F is invisible and not allowed; remove it'],
  [
    'a bidirectional override',
    valid('CC-1042', 'CC-\u202e1042'),
    '9:20: the character U+202E is invisible and not allowed; remove it',
  ],
  [
    'a bidirectional isolate in a comment',
    `${VALID}# \u2066x\n`,
    '15:3: the character U+2066 is invisible and not allowed; remove it',
  ],
  [
    'a line separator',
    valid('CC-1042', 'CC\u2028x: y'),
    '9:19: the character U+2028 is invisible and not allowed; remove it',
  ],
  [
    'a NUL after CR LF',
    valid('CC-1042', 'CC-\0').replaceAll('\n', '\r\n'),
    '9:20: the character U+0000 is invisible and not allowed; remove it',
  ],
  [
    'line breaks of old Macs',
    VALID.replaceAll('\n', '\r'),
    '1:10: this carriage return has no line feed after it; save the file with LF line breaks',
  ],
  ['UTF-16, little-endian', Buffer.from(`\ufeff${VALID}`, 'utf16le'), `1:1: ${UTF16}`],
  ['UTF-16, big-endian', Buffer.from(`\ufeff${VALID}`, 'utf16le').swap16(), `1:1: ${UTF16}`],
  ['Latin-1', Buffer.from(valid('CC-1042', 'CC-1042 # d\u00e9p\u00f4t'), 'latin1'), `9:28: ${NOT_UTF8}`],
  ['a surrogate in UTF-8', Buffer.concat([Buffer.from('name: '), Buffer.from([0xed, 0xa0, 0x80])]), `1:7: ${NOT_UTF8}`],
  ['an overlong slash', Buffer.concat([Buffer.from('name: '), Buffer.from([0xc0, 0xaf])]), `1:7: ${NOT_UTF8}`],
  [
    'one byte more than 256 KiB',
    VALID + '#'.repeat(262145 - VALID.length),
    '1:1: the file has 262145 bytes; at most 262144 are allowed',
  ],
  ['1,000 open lists', `a: ${'['.repeat(1000)}`, `1:36: ${DEEP}`],
  ['1,000 lists in lists', `a: ${'['.repeat(1000)}${']'.repeat(1000)}`, `1:36: ${DEEP}`],
  ['1,000 lists in lists, in the same process again', `a: ${'['.repeat(1000)}${']'.repeat(1000)}`, `1:36: ${DEEP}`],
  ['1,000 open maps', '{a: '.repeat(1000), `1:133: ${DEEP}`],
  ['5,000 lists in lists in block style', '- '.repeat(5000), `1:67: ${DEEP}`],
  ['5,000 keys as keys', '? '.repeat(5000), `1:67: ${DEEP}`],
  ['700 maps in maps in block style', repeat(700, (i) => `${' '.repeat(i)}a:\n`), `34:34: ${DEEP}`],
  ['5,001 keys', repeat(5001, (i) => `k${i}: 1\n`), '1:1: a map of 5001 entries begins here; at most 5000 are allowed'],
  [
    '5,001 thresholds',
    valid('[80, 100]', `[${repeat(5001, () => '0,')}]`),
    '14:40: a list of 5001 entries begins here; at most 5000 are allowed',
  ],
  ['a billion laughs', `a: &a [x, x]\n${repeat(9, (i) => `b${i}: &b${i} [*a, *a]\n`)}`, `1:4: ${NO_ANCHOR}`],
  ['an alias of itself', 'a: [*a]\n', `1:5: ${NO_ALIAS}`],
  ['a thousand tags', `a: ${'!x '.repeat(1000)}`, `1:4: ${NO_TAG}`],
  ['a tag that runs code in other YAML readers', 'a: !!js/function "return 1"\n', `1:4: ${NO_TAG}`],
  ['a tag on a key', '!!str name: dev\n', `1:1: ${NO_TAG}`],
  ['a merge of an anchor', 'base: &base { a: 1 }\nx: { <<: *base }\n', `1:7: ${NO_ANCHOR}`],
  [
    'a tag directive',
    '%TAG ! tag:example.com,2000:\n---\nname: dev\n',
    '1:1: directives (%YAML, %TAG) are not allowed; remove the line',
  ],
  [
    'a quote open over 250,000 characters',
    valid('CC-1042', `"${'v'.repeat(250_000)}`),
    '9:17: this is not valid YAML: the quote that opens here is not closed; add a closing "',
  ],
  [
    'an apostrophe at the end of the file',
    `${VALID}x: '`,
    "15:4: this is not valid YAML: the quote that opens here is not closed; add a closing '",
  ],
  [
    'a key of 250,000 characters',
    `${VALID}${'k'.repeat(250_000)}: 1\n`,
    '15:1: this is not valid YAML: the : indicator must be at most 1024 chars after the start of an implicit block mapping key',
  ],
  [
    'a value of 250,000 characters',
    valid('CC-1042', 'v'.repeat(250_000)),
    '9:17 applications.support-chat.costCenter: must have at most 256 characters, got 250000 characters',
  ],
  [
    'a model id of 250,000 characters',
    valid('anthropic.claude-sonnet-4-6', 'm'.repeat(250_000)),
    `11:22 applications.support-chat.models.main.model: '${'m'.repeat(59)}…' is not a model in the catalog; model ids look like anthropic.claude-sonnet-4-6`,
  ],
  [
    'an address of 200,000 characters',
    valid('platform@example.com', `a@${'a.'.repeat(100_000)}`),
    `4:10 contact: must be an e-mail address, such as team@example.com, got 'a@${'a.'.repeat(28)}a…'`,
  ],
  [
    'a role below 100,000 folders',
    valid('- service: lambda.amazonaws.com', `- role: arn:aws:iam::111122223333:role/${'a/'.repeat(100_000)}!`),
    `13:15 applications.support-chat.principals[0].role: must be an existing role by name, such as 'support-chat-api', or by ARN, such as 'arn:aws:iam::111122223333:role/support-chat-api', got 'arn:aws:iam::111122223333:role/${'a/'.repeat(14)}…'`,
  ],
];

describe('a file is refused with one problem in its place when it holds', () => {
  test.each(REFUSED)('%s', (_, content, problem) => {
    expect(problemsIn(content)).toEqual([problem]);
  });
});

test('a map with 5,000 keys, the maximum, is read completely', () => {
  const problems = problemsIn(repeat(5000, (i) => `k${i}: 1\n`));
  expect(problems.filter((p) => p.includes('unknown key')).length).toBe(5000);
});

test('a file of exactly 256 KiB is read', () => {
  const comment = '# '.padEnd(100, 'x');
  const lines = Math.floor((262144 - VALID.length) / 101);
  const filled = VALID + repeat(lines, () => `${comment}\n`);
  expect(problemsIn(filled + '#'.repeat(262144 - filled.length))).toEqual([]);
});

test('limits.models with 4,000 patterns is one problem and is compared with no model', () => {
  const patterns = `limits: { models: [${repeat(4000, (i) => `a*b${i}, `)}] }`;
  expect(problemsIn(valid('\napplications:', `${patterns}\napplications:`))).toEqual([
    '5:19 limits.models: must have at most 100 entries, got 4000',
  ]);
});

test('keys that every JavaScript object inherits are unknown or refused like others, and change no object', () => {
  const keys = '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\ntoString: x\n';
  expect(problemsIn(VALID + keys).map((p) => p.split(';')[0])).toEqual([
    "15:1: the key '__proto__' is not allowed, because JavaScript gives it a special meaning",
    "16:1 constructor: unknown key 'constructor'",
    "17:1 toString: unknown key 'toString'",
  ]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('more models than fit on one role are refused', () => {
  const aliases = repeat(31, (i) => `      m${i}: { model: amazon.nova-lite-v1:0, routing: us }\n`);
  expect(problemsIn(valid('      main: { model: anthropic.claude-sonnet-4-6, routing: us }\n', aliases))).toEqual([
    '11:7 applications.support-chat.models: 31 models (previous ones included) are too many; the policies of at most 30 fit on one role, so split the application',
  ]);
});

test('more tags than IAM allows on a role are refused', () => {
  const tags = `tags: { ${repeat(47, (i) => `t${i}: x, `)} }\n`;
  expect(problemsIn(VALID + tags)).toEqual([
    '15:7 tags: 47 tags are too many; set at most 46, because IAM allows 50 on a role and 4 are set automatically',
  ]);
});

test('budgets that add up to exactly the limit, in cents, are within it', () => {
  const limited = valid('\napplications:', 'limits: { monthlyUsd: 0.3 }\napplications:').replace(
    'monthlyUsd: 500',
    'monthlyUsd: 0.1',
  );
  const second = VALID.slice(VALID.indexOf('  support-chat:'))
    .replace('support-chat:', 'search:')
    .replace('500', '0.2');
  expect(readEnvironment('x.yaml', Buffer.from(limited + second), TODAY).warnings).toEqual([]);
});
