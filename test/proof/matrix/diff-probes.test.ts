import type { AccessMatrix, MatrixPrincipal } from '../../../lib/proof/matrix/access-matrix';
import { type AccessDiff, diffAccess } from '../../../lib/proof/matrix/diff-access';
import { call, matrix, profile, role } from './diff-matrices';

const VERIFICATION =
  'account 111122223333 where aws:principalarn ArnEquals arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification';

/** Returns the two probe roles of an application, as the plan has them. */
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

/** Lists the changes that are shown, and those that are left out because they follow from them. */
function shown({ changes, along }: AccessDiff): readonly (readonly string[])[] {
  return [changes, along].map((list) => list.map(({ kind, principal }) => `${kind} ${principal}`));
}

test('access that probe roles gain with a principal of their application is shown once', () => {
  const before = [lambda(), ...probes()];
  const after = [lambda({ calls: [call()] }), ...probes({ calls: [call({ decidedBy: ['other'] })] })];
  expect(shown(diff(before, after))).toEqual([
    ['call role dev_chat_lambda'],
    ['call role dev_chat_probe', 'call role dev_chat_probe-policies'],
  ]);
});

test('probe roles are added and removed with their application', () => {
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

test('changes of probe roles alone are shown', () => {
  expect(shown(diff(probes(), probes({ calls: [call()] })))).toEqual([
    ['call role dev_chat_probe', 'call role dev_chat_probe-policies'],
    [],
  ]);
});

const [probe = role('')] = probes();

test.each<[title: string, before: MatrixPrincipal, after: MatrixPrincipal, stays: string]>([
  ['a change of its trust', probe, { ...probe, becomes: ['everybody', VERIFICATION] }, 'trust'],
  ['a change of its boundary', probe, { ...probe, boundary: 'dev_probe-boundary' }, 'boundary'],
  ['its removal from the templates', probe, { ...probe, complete: false }, 'complete'],
  ['a gain beyond that of its application', probe, { ...probe, calls: [wide] }, 'call'],
  ['a call of another application', probe, { ...probe, calls: [call({ application: 'search' })] }, 'call'],
])('a change of a probe role is always shown: %s', (_, before, after, stays) => {
  const gain = [lambda({ calls: [call()] }), role('dev_search_lambda', { calls: [call({ application: 'search' })] })];
  const { changes } = diff([lambda(), role('dev_search_lambda'), before], [...gain, after]);
  expect(changes.filter((c) => c.principal === probe.principal).map((c) => c.kind)).toEqual([stays]);
});

test.each<[title: string, added: MatrixPrincipal]>([
  ['that anybody may assume', { ...probe, becomes: ['everybody'] }],
  ['that another service may assume too', { ...probe, becomes: [VERIFICATION, 'service lambda.amazonaws.com'] }],
  ['with the boundary of another role', { ...probe, boundary: 'dev_probe-boundary' }],
  ['outside the templates', { ...probe, complete: false }],
  ['of an application that does not exist', { ...probe, principal: 'role dev_nothing_probe' }],
  ['that is a user', { ...probe, principal: 'user dev_chat_probe' }],
])('a new probe role %s is shown', (_, added) => {
  const { changes } = diff([lambda()], [lambda({ calls: [call()] }), { ...added, calls: [call()] }]);
  expect(changes.map((c) => `${c.kind} ${c.principal}`)).toContain(`principal ${added.principal}`);
});
