import type { AccessMatrix, MatrixPrincipal } from '../../../lib/proof/matrix/access-matrix';
import { type AccessDiff, diffAccess } from '../../../lib/proof/matrix/diff-access';
import { call, matrix, profile, role } from './diff-matrices';

const VERIFICATION =
  'account 111122223333 where aws:principalarn ArnEquals arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification';

/** The two probe roles of an application, as this project makes them. */
function probes(changes: Partial<MatrixPrincipal> = {}, application = 'chat'): readonly MatrixPrincipal[] {
  return [
    role(`dev_${application}_probe`, { becomes: [VERIFICATION], ...changes }),
    role(`dev_${application}_probe-policies`, {
      becomes: [VERIFICATION],
      boundary: 'dev_probe-boundary',
      ...changes,
    }),
  ];
}

const lambda = (changes: Partial<MatrixPrincipal> = {}): MatrixPrincipal => role('dev_chat_lambda', changes);
const wide = call({ regions: ['any', 'us-east-1'], routing: 'global' });

function diff(before: readonly MatrixPrincipal[], after: readonly MatrixPrincipal[]): AccessDiff {
  const of = (principals: readonly MatrixPrincipal[]): AccessMatrix => matrix({ profiles: [profile()], principals });
  return diffAccess({ before: of(before), after: of(after) });
}

/** Who is shown, and who changes along. */
function shown({ changes, along }: AccessDiff): readonly (readonly string[])[] {
  return [changes, along].map((list) => list.map(({ kind, principal }) => `${kind} ${principal}`));
}

test('what probe roles gain with a principal of their application is told once', () => {
  const before = [lambda(), ...probes()];
  const after = [lambda({ calls: [call()] }), ...probes({ calls: [call({ decidedBy: ['other'] })] })];
  expect(shown(diff(before, after))).toEqual([
    ['call role dev_chat_lambda'],
    ['call role dev_chat_probe', 'call role dev_chat_probe-policies'],
  ]);
});

test('probe roles come and go with their application', () => {
  const all = [lambda({ calls: [call()] }), ...probes({ calls: [call()] })];
  const rows = [
    ['principal role dev_chat_lambda', 'call role dev_chat_lambda'],
    [
      'principal role dev_chat_probe',
      'call role dev_chat_probe',
      'principal role dev_chat_probe-policies',
      'call role dev_chat_probe-policies',
    ],
  ];
  expect(shown(diff([], all))).toEqual(rows);
  expect(shown(diff(all, []))).toEqual(rows);
});

test('where nothing but probe roles changes, they are shown', () => {
  expect(shown(diff(probes(), probes({ calls: [call()] })))).toEqual([
    ['call role dev_chat_probe', 'call role dev_chat_probe-policies'],
    [],
  ]);
});

const [probe = role('')] = probes();

test.each<[title: string, before: MatrixPrincipal, after: MatrixPrincipal, stays: string]>([
  ['who can become it', probe, { ...probe, becomes: ['everybody', VERIFICATION] }, 'trust'],
  ['its boundary', probe, { ...probe, boundary: 'dev_probe-boundary' }, 'boundary'],
  ['its place outside the templates', probe, { ...probe, complete: false }, 'complete'],
  ['more than its application gains', probe, { ...probe, calls: [wide] }, 'call'],
  ['a call of another application', probe, { ...probe, calls: [call({ application: 'search' })] }, 'call'],
])('of a probe role this is never taken out: %s', (_, before, after, stays) => {
  const gain = [lambda({ calls: [call()] }), role('dev_search_lambda', { calls: [call({ application: 'search' })] })];
  const { changes } = diff([lambda(), role('dev_search_lambda'), before], [...gain, after]);
  expect(changes.filter((c) => c.principal === probe.principal).map((c) => c.kind)).toEqual([stays]);
});

test.each<[title: string, added: MatrixPrincipal]>([
  ['that anybody can become', { ...probe, becomes: ['everybody'] }],
  ['that somebody else can become too', { ...probe, becomes: [VERIFICATION, 'service lambda.amazonaws.com'] }],
  ['with the boundary of another', { ...probe, boundary: 'dev_probe-boundary' }],
  ['that stands outside the templates', { ...probe, complete: false }],
  ['of an application that there is not', { ...probe, principal: 'role dev_nothing_probe' }],
  ['that is a user', { ...probe, principal: 'user dev_chat_probe' }],
])('a new probe role %s is shown', (_, added) => {
  const { changes } = diff([lambda()], [lambda({ calls: [call()] }), { ...added, calls: [call()] }]);
  expect(changes.map((c) => `${c.kind} ${c.principal}`)).toContain(`principal ${added.principal}`);
});
