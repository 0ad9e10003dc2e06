import { SIDE_DOORS } from '../../../lib/catalog/side-doors';
import { principals } from '../../../lib/plan/environment/principals';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proveBoundaries } from '../../../lib/proof/access/prove-boundaries';
import { findPrincipals } from '../../../lib/proof/finding/find-principals';
import { type ChangeStatements, statement, withPolicy, withPrincipal } from '../mutations/mutated-account';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('dev');
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-5';

function violations(mutate: ChangeStatements) {
  return proveAccess(plan, withPolicy(account, 'dev_boundary', mutate)).violations;
}

/** Statements of the boundary, a request that the boundary allows without each, and the purpose of each. */
const DENIES: readonly (readonly [sid: string, request: string, purpose: string])[] = [
  [
    'ModelsOnlyThroughApplicationProfiles',
    `bedrock:InvokeModel on ${MODEL} without any profile`,
    'no model call except through a profile of the account',
  ],
  [
    'NoOtherWayToAModel',
    'bedrock:InvokeModel on arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdefghij12 without any profile',
    'no invoke target except foundation models and profiles',
  ],
  ['NoSideDoors', `bedrock:AgenticRetrieveStream on ${MODEL}`, 'no other ways to call a model'],
  [
    'NoChangesToProfiles',
    'bedrock:CreateInferenceProfile on the profile dev_Decoy_decoy_nova-micro_cb2f8c',
    'no changes to profiles',
  ],
  [
    'NoNewRights',
    'sts:AssumeRole on arn:aws:iam::111122223333:role/bedrock-access/dev/probe/any',
    'no new permissions',
  ],
  [
    'NoUseOfTheVerification',
    'lambda:UpdateFunctionCode on arn:aws:lambda::111122223333:function:dev_limit',
    'no use of the verification and limit functions',
  ],
  [
    'NoChangesToStacks',
    'cloudformation:UpdateStack on arn:aws:cloudformation::111122223333:stack/dev--/',
    'no changes to stacks',
  ],
  [
    'NoMovingOfAliases',
    'ssm:PutParameter on arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/another-application/main',
    'no changes to aliases',
  ],
];

test.each(DENIES)(
  'a boundary without the deny %s fails the proof, though it changes no principal today',
  (sid, request, purpose) => {
    const withoutDeny = violations((statements) =>
      statements.splice(statements.indexOf(statement(statements, sid)), 1),
    );
    const message = `the boundary dev_boundary allows ${request}; it must enforce: ${purpose}`;
    expect(withoutDeny[0]?.message).toBe(message);
    expect(withoutDeny.filter((v) => v.kind !== 'boundary')).toEqual([]);
  },
);

test.each(DENIES)('a boundary that allows the requests that %s denies fails the proof', (sid, request, purpose) => {
  const [violation] = violations((statements) => {
    statement(statements, sid).Effect = 'Allow';
  });
  const message = `the boundary dev_boundary allows ${request}; it must enforce: ${purpose}`;
  expect([violation?.kind, violation?.message]).toEqual(['boundary', message]);
});

test.each(SIDE_DOORS)('a boundary that denies every side door except %s fails the proof', (action) => {
  const mutated = withPolicy(account, 'dev_boundary', (statements) => {
    statement(statements, 'NoSideDoors').Action = SIDE_DOORS.filter((other) => other !== action);
  });
  const pairs = findPrincipals(mutated, principals(plan));
  const present = pairs.flatMap(([planned, p]) => (p === undefined ? [] : [[planned, p] as const]));
  const [violation] = proveBoundaries(plan, mutated, present).flatMap((part) => part.violations);
  expect(violation?.kind).toBe('boundary');
  expect(violation?.witness?.action).toMatch(action === 'bedrock-mantle:*' ? /^bedrock-mantle:/ : `${action}`);
});

const LAMBDA = 'dev_support-chat_lambda';
const POLICIES = 'arn:aws:iam::111122223333:policy/bedrock-access/dev';

/** Returns the account after a role has got the boundary of another role. */
function bounded(where: typeof account, role: string, other: string): typeof account {
  const boundary = account.principals.find((p) => p.name === other)?.boundary;
  return withPrincipal(where, role, (p) => ({ ...p, ...(boundary !== undefined && { boundary }) }));
}

const messagesOf = (changed: typeof account): readonly string[] =>
  proveAccess(plan, changed).violations.map((v) => `${v.kind}: ${v.message}`);

test('a role without its boundary fails the proof', () => {
  const removed = withPrincipal(account, LAMBDA, ({ boundary: _, ...principal }) => principal);
  expect(messagesOf(removed)).toEqual([
    `boundary: role ${LAMBDA} has no permissions boundary; the plan gives it ${POLICIES}/dev_boundary`,
  ]);
});

test('a role with the boundary of another role fails the proof', () => {
  expect(messagesOf(bounded(account, LAMBDA, 'dev_support-chat_probe-policies'))).toEqual([
    `boundary: role ${LAMBDA} has the boundary ${POLICIES}/dev_probe-boundary; the plan gives it ${POLICIES}/dev_boundary`,
  ]);
});

test('a boundary that no role has any more fails the proof', () => {
  const probes = account.principals.filter((p) => p.name.endsWith('_probe-policies'));
  const messages = messagesOf(probes.reduce((a, { name }) => bounded(a, name, LAMBDA), account));
  expect(messages.slice(0, -1)).toEqual(
    probes.map(
      ({ name }) =>
        `boundary: role ${name} has the boundary ${POLICIES}/dev_boundary; the plan gives it ${POLICIES}/dev_probe-boundary`,
    ),
  );
  expect(messages.at(-1)).toBe('boundary: no role has the boundary dev_probe-boundary; the plan gives it to roles');
});
