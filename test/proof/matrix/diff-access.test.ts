import { planAccess } from '../../../lib/plan/environment/access-plan';
import { principalLabel, principals } from '../../../lib/plan/environment/principals';
import type { Width } from '../../../lib/proof/controls/width';
import type { MatrixCall, MatrixPrincipal } from '../../../lib/proof/matrix/access-matrix';
import { diffAccess } from '../../../lib/proof/matrix/diff-access';
import type { AccessChange } from '../../../lib/proof/matrix/diff-change';
import { internalRoles } from '../../../lib/proof/matrix/internal-roles';
import { testEnvironment } from '../../plan/environments';
import { call, difference, matrix, profile, role } from './diff-matrices';

const STREAM = 'bedrock:InvokeModelWithResponseStream';
const CALL = 'bedrock:InvokeModel';

/** Lists the changes between two matrices that differ in the principal `role x`. */
function changes(before: Partial<MatrixPrincipal>, after: Partial<MatrixPrincipal>): readonly AccessChange[] {
  const diff = diffAccess({
    before: matrix({ principals: [role('x', before)] }),
    after: matrix({ principals: [role('x', after)] }),
  });
  expect(diff).toEqual(difference({ changes: diff.changes }));
  return diff.changes;
}

const calls: readonly (readonly [
  title: string,
  width: Width,
  before: Partial<MatrixCall>,
  after: Partial<MatrixCall>,
])[] = [
  ['an added Region is broader', 'broader', {}, { regions: ['us-east-1', 'us-east-2', 'us-west-2'] }],
  ['a removed Region is narrower', 'narrower', {}, { regions: ['us-east-1'] }],
  ['another Region is both', 'both', { regions: ['us-east-1'] }, { regions: ['us-west-2'] }],
  ['any Region is broader than single Regions', 'broader', {}, { regions: ['any', 'us-east-1'], routing: 'global' }],
  [
    'a single Region is narrower than any Region',
    'narrower',
    { regions: ['any', 'us-east-1'] },
    { regions: ['eu-west-1'] },
  ],
  [
    'any Region includes every single Region',
    'same',
    { regions: ['any', 'us-east-1'] },
    { regions: ['any', 'eu-west-1'] },
  ],
  ['streams in addition are broader', 'broader', { actions: [CALL] }, { actions: [CALL, STREAM] }],
  ['calls without streams are narrower', 'narrower', {}, { actions: [CALL] }],
  ['a lost guardrail is broader', 'broader', { guardrail: 'abc:1' }, {}],
  ['a new guardrail is narrower', 'narrower', {}, { guardrail: 'abc:1' }],
  ['another guardrail is both', 'both', { guardrail: 'abc:1' }, { guardrail: 'xyz:1' }],
  ['another version of a guardrail is both', 'both', { guardrail: 'abc:1' }, { guardrail: 'abc:2' }],
  ['another profile alone is the same', 'same', {}, { through: 'dev_chat_main_b' }],
  ['another routing to the same Regions is the same', 'same', {}, { routing: 'global' }],
  [
    'an added Region without streams is both',
    'both',
    {},
    { actions: [CALL], regions: ['us-east-1', 'us-east-2', 'us-west-2'] },
  ],
];

test.each(calls)('%s (width: %s)', (_, width, b, a) => {
  const [before, after] = [call(b), call(a)];
  expect(changes({ calls: [before] }, { calls: [after] })).toEqual([
    { kind: 'call', principal: 'role x', width, before, after },
  ]);
});

test.each<[title: string, before: MatrixCall[], after: MatrixCall[], Omit<AccessChange, 'kind' | 'principal'>[]]>([
  ['a new call is a gain', [], [call()], [{ width: 'broader', after: call() }]],
  ['a removed call is a loss', [call()], [], [{ width: 'narrower', before: call() }]],
  [
    'another model under the same alias is a gain and a loss',
    [call({ model: 'amazon.nova-pro-v1:0' })],
    [call({ model: 'amazon.nova-lite-v1:0' })],
    [
      { width: 'broader', after: call({ model: 'amazon.nova-lite-v1:0' }) },
      { width: 'narrower', before: call({ model: 'amazon.nova-pro-v1:0' }) },
    ],
  ],
  [
    'a second generation of the same model is a gain',
    [call()],
    [call({ through: 'dev_chat_main_b', routing: 'global', regions: ['any'] }), call()],
    [{ width: 'broader', after: call({ through: 'dev_chat_main_b', routing: 'global', regions: ['any'] }) }],
  ],
  [
    'the profile tells generations of one model apart',
    [call(), call({ through: 'dev_chat_main_b', routing: 'global' })],
    [call({ through: 'dev_chat_main_b', routing: 'global', actions: [CALL] }), call()],
    [
      {
        width: 'narrower',
        before: call({ through: 'dev_chat_main_b', routing: 'global' }),
        after: call({ through: 'dev_chat_main_b', routing: 'global', actions: [CALL] }),
      },
    ],
  ],
  [
    'the alias of another application is another call',
    [call()],
    [call({ application: 'search' })],
    [
      { width: 'narrower', before: call() },
      { width: 'broader', after: call({ application: 'search' }) },
    ],
  ],
  [
    'another order of Regions and actions is no difference',
    [call()],
    [call({ regions: ['us-east-2', 'us-east-1'] })],
    [],
  ],
])('%s', (_, before, after, expected) => {
  expect(changes({ calls: before }, { calls: after })).toEqual(
    expected.map((change) => ({ kind: 'call', principal: 'role x', ...change })),
  );
});

test('a call that other statements allow is counted, and is no change', () => {
  const of = (sid: string) => matrix({ principals: [role('x', { calls: [call({ decidedBy: [`p Sid ${sid}`] })] })] });
  expect(diffAccess({ before: of('A'), after: of('B') })).toEqual(difference({ otherStatements: 1 }));
});

const ACCOUNT = 'account 444455556666';
const LIMITED = `${ACCOUNT} where sts:externalid StringEquals an external id`;

test.each<[title: string, before: string[], after: string[], Omit<AccessChange, 'kind' | 'principal'>[]]>([
  ['an added line is broader', [], [ACCOUNT], [{ width: 'broader', after: ACCOUNT }]],
  ['a removed line is narrower', [ACCOUNT], [], [{ width: 'narrower', before: ACCOUNT }]],
  ['an added condition is narrower', [ACCOUNT], [LIMITED], [{ width: 'narrower', before: ACCOUNT, after: LIMITED }]],
  ['a removed condition is broader', [LIMITED], [ACCOUNT], [{ width: 'broader', before: LIMITED, after: ACCOUNT }]],
  [
    'another condition is an added and a removed line',
    [`${ACCOUNT} where a StringEquals b`],
    [LIMITED],
    [
      { width: 'broader', after: LIMITED },
      { width: 'narrower', before: `${ACCOUNT} where a StringEquals b` },
    ],
  ],
  [
    'a longer condition does not count as narrower, because its value may hold any words',
    [`${ACCOUNT} where a StringEquals b`],
    [`${ACCOUNT} where a StringEquals b where c`],
    [
      { width: 'broader', after: `${ACCOUNT} where a StringEquals b where c` },
      { width: 'narrower', before: `${ACCOUNT} where a StringEquals b` },
    ],
  ],
  ['a line that another line includes is the same', [ACCOUNT], [ACCOUNT, LIMITED], [{ width: 'same', after: LIMITED }]],
  [
    'an account with the same first digits is another account',
    [ACCOUNT],
    [`${ACCOUNT}7`, ACCOUNT],
    [{ width: 'broader', after: `${ACCOUNT}7` }],
  ],
  [
    'a further branch is broader',
    [`${ACCOUNT} where aud StringEquals a and sub StringEquals b:main`],
    [`${ACCOUNT} where aud StringEquals a and sub StringEquals b:main or b:dev`],
    [
      {
        width: 'broader',
        before: `${ACCOUNT} where aud StringEquals a and sub StringEquals b:main`,
        after: `${ACCOUNT} where aud StringEquals a and sub StringEquals b:main or b:dev`,
      },
    ],
  ],
  [
    'a branch less, and a further condition, are narrower',
    [`${ACCOUNT} where sub StringLike b or c`],
    [`${ACCOUNT} where aud StringEquals a and sub StringLike c`],
    [
      {
        width: 'narrower',
        before: `${ACCOUNT} where sub StringLike b or c`,
        after: `${ACCOUNT} where aud StringEquals a and sub StringLike c`,
      },
    ],
  ],
  ...[
    [`${ACCOUNT} where sub StringEquals b`, `${ACCOUNT} where sub StringEquals c`],
    [`${ACCOUNT} where sub StringNotEquals b or c`, `${ACCOUNT} where sub StringNotEquals b`],
    [`${ACCOUNT} where sub StringEquals "a or b"`, `${ACCOUNT} where sub StringEquals a`],
    [`${ACCOUNT} where sub StringEquals "a\\" or b"`, `${ACCOUNT} where sub StringEquals b`],
    [`${ACCOUNT} where sub StringEquals a b`, `${ACCOUNT} where sub StringEquals a`],
    [`${ACCOUNT} where a Bool true and b Bool true`, `${ACCOUNT} where a Bool true and c Bool true`],
  ].map(([before = '', after = '']): [string, string[], string[], Omit<AccessChange, 'kind' | 'principal'>[]] => [
    `${after} instead of ${before} may be broader`,
    [before],
    [after],
    [
      { width: 'broader', after },
      { width: 'narrower', before },
    ],
  ]),
  ['another order of lines is no difference', [ACCOUNT, LIMITED], [LIMITED, ACCOUNT], []],
])('trust: %s', (_, before, after, expected) => {
  expect(changes({ becomes: before }, { becomes: after })).toEqual(
    expected.map((change) => ({ kind: 'trust', principal: 'role x', ...change })),
  );
});

test.each<[title: string, before: string, after: string, Omit<AccessChange, 'kind' | 'principal'>]>([
  ['a lost boundary is broader', 'b', '', { width: 'broader', before: 'b' }],
  ['a new boundary is narrower', '', 'b', { width: 'narrower', after: 'b' }],
  ['another boundary may be wider', 'b', 'c', { width: 'both', before: 'b', after: 'c' }],
])('%s', (_, before, after, expected) => {
  expect(changes({ boundary: before }, { boundary: after })).toEqual([
    { kind: 'boundary', principal: 'role x', ...expected },
  ]);
});

test('a principal that leaves the templates may have more access, and one that enters them may not', () => {
  const change = { kind: 'complete', principal: 'role x' };
  expect(changes({ complete: true }, { complete: false })).toEqual([
    { ...change, width: 'broader', before: true, after: false },
  ]);
  expect(changes({ complete: false }, { complete: true })).toEqual([
    { ...change, width: 'narrower', before: false, after: true },
  ]);
});

test('a new principal is a change, and so is each of its calls', () => {
  const after = matrix({ principals: [role('x', { calls: [call()] })] });
  const itself = { becomes: ['service lambda.amazonaws.com'], boundary: 'dev_boundary', complete: true };
  expect(diffAccess({ before: matrix(), after })).toEqual(
    difference({
      changes: [
        { kind: 'principal', principal: 'role x', width: 'broader', after: itself },
        { kind: 'call', principal: 'role x', width: 'broader', after: call() },
      ],
    }),
  );
});

test('a principal without calls may be added and removed without a gain of access', () => {
  const itself = { becomes: ['service lambda.amazonaws.com'], boundary: 'dev_boundary', complete: true };
  expect(diffAccess({ before: matrix({ principals: [role('x')] }), after: matrix() }).changes).toEqual([
    { kind: 'principal', principal: 'role x', width: 'same', before: itself },
  ]);
});

test('an environment on one side only gains or loses all its access', () => {
  const only = matrix({ principals: [role('x', { calls: [call()] })], budgets: { chat: 500 } });
  const gained = diffAccess({ after: only });
  expect(gained).toMatchObject({ only: 'head', budgets: { before: 0, after: 500 } });
  expect(gained.changes.map(({ kind, width }) => [kind, width])).toEqual([
    ['principal', 'broader'],
    ['call', 'broader'],
  ]);
  const lost = diffAccess({ before: only });
  expect(lost).toMatchObject({ only: 'base', budgets: { before: 500, after: 0 } });
  expect(lost.changes.map(({ width }) => width)).toEqual(['narrower', 'narrower']);
});

test('an environment that moves to another account or Region names both places', () => {
  expect(diffAccess({ before: matrix(), after: matrix({ region: 'eu-west-1' }) })).toEqual(
    difference({
      moved: {
        before: { account: '111122223333', region: 'us-east-1' },
        after: { account: '111122223333', region: 'eu-west-1' },
      },
    }),
  );
});

test('budgets are not compared if a side does not know them', () => {
  const diff = diffAccess({ before: matrix(), after: matrix({ budgets: { chat: 500 } }) }, { fileKnown: false });
  expect(diff).not.toHaveProperty('budgets');
});

test.each(['dev', 'prod'] as const)(
  'every role that the project makes for itself in %s is told as what it does',
  (name) => {
    const plan = planAccess(testEnvironment(name));
    const profiles = plan.applications.map(({ name: application }) => profile({ application }));
    const does = internalRoles([{ environment: name, profiles, principals: [] }]);
    const own = principals(plan).filter(
      (p) => p.origin === 'service' || (p.origin === 'application' && p.role.path.endsWith('/probe/')),
    );
    expect(own.map(principalLabel).filter((label) => !does.has(label))).toEqual([]);
    expect(own.length).toBeGreaterThan(8);
  },
);
