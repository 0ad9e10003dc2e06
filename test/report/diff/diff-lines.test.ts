import type { MatrixCall } from '../../../lib/proof/matrix/access-matrix';
import { diffAccess } from '../../../lib/proof/matrix/diff-access';
import type { AccessChange, CallChange } from '../../../lib/proof/matrix/diff-change';
import { type DiffReport, diffLines } from '../../../lib/report/diff/diff-lines';
import { diffVerdict } from '../../../lib/report/diff/diff-verdict';
import { callCells, gainsFirst, principalWords, signOf, wordOf } from '../../../lib/report/diff/diff-words';
import { call, difference, matrix, profile, role } from '../../proof/matrix/diff-matrices';

const plain = { tone: (_: string, text: string): string => text };
const same = (text: string): string => text;
const side = (shown: string) => ({ shown, kind: 'file' as const, knowsFile: true });

function report(changes: Partial<DiffReport>): DiffReport {
  return { base: side('a.json'), head: side('b.json'), environments: [], failures: [], notLookedAt: [], ...changes };
}

const PRO = 'amazon.nova-pro-v1:0';
const before = matrix({
  profiles: [profile(), profile({ alias: 'fast', name: 'dev_chat_fast_a' })],
  principals: [
    role('api', { calls: [call()] }),
    role('old', { calls: [call({ alias: 'fast', routing: 'regional', regions: ['us-east-1'] })] }),
  ],
  budgets: { chat: 500 },
});
const after = matrix({
  profiles: [profile({ name: 'dev_chat_main_b', model: PRO }), profile({ alias: 'fast', name: 'dev_chat_fast_a' })],
  principals: [
    role('api', { calls: [call({ through: 'dev_chat_main_b', model: PRO })], becomes: ['everybody'] }),
    role('dev_chat_lambda', { calls: [call({ through: 'dev_chat_main_b', model: PRO, guardrail: 'abc:1' })] }),
  ],
  budgets: { chat: 800.5 },
});

test('the order is: verdict, calls with gains first, principals, profiles, money, failures', () => {
  const failures = [{ environment: 'dev', choice: 'broader', because: 'access gets broader for a principal' }] as const;
  expect(diffLines(report({ environments: [diffAccess({ before, after })], failures }), plain)).toEqual([
    'dev: 2 principals gain access, 2 lose, 1 has broader access, 1 has narrower access, 1 control is weaker, 1 profile is replaced, budgets +$300.50 a month, 1 price changes',
    '',
    '           application  who                   may call               where           through',
    '  + gains  chat         role api              amazon.nova-pro-v1:0   us (2 Regions)  alias main',
    '  + gains  chat         role dev_chat_lambda  amazon.nova-pro-v1:0   us (2 Regions)  alias main, guardrail abc:1',
    '  - loses  chat         role old              amazon.nova-lite-v1:0  us-east-1       alias fast',
    '  - loses  chat         role api              amazon.nova-lite-v1:0  us (2 Regions)  alias main',
    '',
    '  + role api: its trust policy now lists everybody',
    '  + role dev_chat_lambda is new; its trust policy lists service lambda.amazonaws.com; boundary dev_boundary',
    '  - role api: its trust policy no longer lists service lambda.amazonaws.com',
    '  - role old is gone',
    '',
    '  + chat: the monthly budget is higher (monthlyUsd: 500 → 800.5)',
    '',
    '  ~ replaced: chat/main is served by dev_chat_main_b (amazon.nova-pro-v1:0, us) instead of dev_chat_main_a (amazon.nova-lite-v1:0, us): its ARN, metric id and billing identity change',
    '',
    expect.stringMatching(/^ {2}money \(list prices of \d{4}-\d\d-\d\d\) +before +after +change$/),
    expect.stringMatching(/^ {2}budget of chat, a month +\$500 +\$800\.50 +\+\$300\.50$/),
    expect.stringMatching(/^ {2}all budgets, a month +\$500 +\$800\.50 +\+\$300\.50$/),
    expect.stringMatching(
      /^ {2}price of chat\/main, 1 M tokens in \/ out +\$[\d.]+ \/ \$[\d.]+ +\$[\d.]+ \/ \$[\d.]+ +\+[\d.]+ % \/ \+[\d.]+ %$/,
    ),
    '',
    '✗ fails on broader: dev: access gets broader for a principal',
  ]);
});

test('no change is one line for each environment', () => {
  const environments = [difference(), difference({ environment: 'prod' })];
  expect(diffLines(report({ environments }), plain)).toEqual([
    'dev: no principal gains or loses access',
    'prod: no principal gains or loses access',
  ]);
});

test('the lines name what was not compared and not looked at', () => {
  const { budgets: _, ...unknown } = difference();
  const base = { shown: 'cdk.out', kind: 'assembly' as const, knowsFile: false };
  expect(
    diffLines(report({ base, environments: [unknown], notLookedAt: ['Bucket (AWS::S3::Bucket)'] }), plain),
  ).toEqual([
    'dev: no principal gains or loses access',
    '! budgets and controls are not compared: a cdk.out folder does not have them (cdk.out)',
    '! not looked at: Bucket (AWS::S3::Bucket)',
  ]);
});

test('control characters of a file are not printed', () => {
  const hostile = 'a\u001b[2J\nb\u202ec';
  const all = matrix({
    principals: [role(hostile, { calls: [call({ application: hostile, alias: hostile, model: hostile })] })],
    profiles: [profile({ application: hostile, alias: hostile, name: hostile })],
    budgets: { [hostile]: 1 },
  });
  const lines = diffLines(report({ environments: [diffAccess({ after: all })], notLookedAt: [hostile] }), plain);
  expect(lines.join('')).not.toMatch(/\p{Cc}|\u202e/u);
});

function changed(b: Partial<MatrixCall>, a: Partial<MatrixCall>): CallChange {
  const { changes } = diffAccess({
    before: matrix({ principals: [role('x', { calls: [call(b)] })] }),
    after: matrix({ principals: [role('x', { calls: [call(a)] })] }),
  });
  return changes[0] as CallChange;
}

test.each<[sign: string, where: string, through: string, b: Partial<MatrixCall>, a: Partial<MatrixCall>]>([
  [
    '+ wider',
    'us (2 Regions) → us (3 Regions)',
    'alias main, also in us-west-2',
    {},
    { regions: ['us-east-1', 'us-east-2', 'us-west-2'] },
  ],
  [
    '- narrower',
    'us (2 Regions) → us (1 Region)',
    'alias main, no longer in us-east-2',
    {},
    { regions: ['us-east-1'] },
  ],
  [
    '+ wider',
    'us (2 Regions) → global (any Region)',
    'alias main, another profile',
    {},
    { routing: 'global', regions: ['any'], through: 'b' },
  ],
  ['~ changes', 'us (2 Regions)', 'alias main, another profile', {}, { through: 'b' }],
  ['+ wider', 'us (2 Regions)', 'alias main, guardrail abc:1 no longer required', { guardrail: 'abc:1' }, {}],
  ['- narrower', 'us (2 Regions)', 'alias main, guardrail abc:1 required', {}, { guardrail: 'abc:1' }],
  [
    '+ changes',
    'us (2 Regions)',
    'alias main, guardrail abc:1 → xyz:1',
    { guardrail: 'abc:1' },
    { guardrail: 'xyz:1' },
  ],
  [
    '- narrower',
    'us (2 Regions)',
    'alias main, no longer bedrock:InvokeModelWithResponseStream',
    {},
    { actions: ['bedrock:InvokeModel'] },
  ],
])('%s: %s, %s', (sign, where, through, b, a) => {
  const change = changed(b, a);
  expect(`${signOf(change)} ${wordOf(change)}`).toBe(sign);
  expect(callCells(change, same)).toEqual(['chat', 'role x', 'amazon.nova-lite-v1:0', where, through]);
});

const of = { principal: 'role x' } as const;

test.each<[words: string, change: Exclude<AccessChange, CallChange>]>([
  [
    'role x: its trust policy now lists only B instead of A',
    { ...of, kind: 'trust', width: 'narrower', before: 'A', after: 'B' },
  ],
  [
    'role x: its trust policy now lists B instead of only A',
    { ...of, kind: 'trust', width: 'broader', before: 'A', after: 'B' },
  ],
  [
    'role x: its trust policy now lists B, which another entry already allows',
    { ...of, kind: 'trust', width: 'same', after: 'B' },
  ],
  ['role x: the permissions boundary A is removed', { ...of, kind: 'boundary', width: 'broader', before: 'A' }],
  ['role x: the permissions boundary B is added', { ...of, kind: 'boundary', width: 'narrower', after: 'B' }],
  [
    'role x: the permissions boundary A is replaced by B, which may be broader',
    { ...of, kind: 'boundary', width: 'both', before: 'A', after: 'B' },
  ],
  [
    'role x: it is now defined outside the templates and may be able to do more',
    { ...of, kind: 'complete', width: 'broader', before: true, after: false },
  ],
  [
    'role x: it is now defined in the templates, with all its policies',
    { ...of, kind: 'complete', width: 'narrower', before: false, after: true },
  ],
])('%s', (words, change) => {
  expect(principalWords(change, same)).toBe(words);
});

test('gains come first, then changes, then losses', () => {
  const { changes } = diffAccess({ before, after });
  expect(gainsFirst(changes).map(signOf).join('')).toMatch(/^\++~*-+$/);
});

test.each<[verdict: string, sides: Parameters<typeof diffAccess>[0]]>([
  ['no principal gains or loses access', { before, after: before }],
  ['the environment is new, 2 principals gain access, 2 profiles are added, budgets +$500 a month', { after: before }],
  ['the environment is gone, 2 principals lose access, 2 profiles are removed, budgets -$500 a month', { before }],
  [
    'moves from 111122223333, us-east-1 to 999988887777, us-east-1, no principal gains or loses access, 2 profiles are replaced',
    { before, after: { ...before, account: '999988887777' } },
  ],
  [
    'no principal gains or loses access, 1 control is weaker, budgets -$500 a month, 1 application no longer has a budget',
    { before, after: { ...before, budgets: {} } },
  ],
  ['1 principal changes in another way', { before: matrix(), after: matrix({ principals: [role('x')] }) }],
  [
    'budgets change but their sum does not',
    { before: matrix({ budgets: { a: 1, b: 2 } }), after: matrix({ budgets: { a: 2, b: 1 } }) },
  ],
])('the verdict: %s', (verdict, sides) => {
  expect(diffVerdict(diffAccess(sides))).toContain(verdict);
});
