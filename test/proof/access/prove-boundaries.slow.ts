import { MODEL_DOORS, SHARED_SETTINGS } from '../../../lib/catalog/model-doors';
import { principals } from '../../../lib/plan/environment/principals';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proveBoundaries } from '../../../lib/proof/access/prove-boundaries';
import { findPrincipals } from '../../../lib/proof/finding/find-principals';
import { type ChangeStatements, statement, withPolicy, withPrincipal } from '../mutations/mutated-account';
import { plannedAccount } from '../planned-account';
import hiddenExcess from './hidden-excess.json';

const { plan, account } = plannedAccount('dev');
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-5';

function violations(mutate: ChangeStatements) {
  return proveAccess(plan, withPolicy(account, 'dev_boundary', mutate)).violations;
}

const PROFILE = 'the profile dev_Decoy_decoy_nova-micro_cb2f8c';

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
  ['OwnProfilesOnly', `bedrock:InvokeModel on ${PROFILE}`, 'no calls through the profile of another application'],
  ['NoSideDoors', `aws-external-anthropic:CreateInference on ${MODEL}`, 'no other ways to call a model'],
  [
    'NoChangesToSettings',
    `bedrock:CreateFoundationModelAgreement on ${MODEL}`,
    'no changes to guardrails and settings of the account',
  ],
  [
    'NoNewRights',
    'sts:AssumeRole on arn:aws:iam::111122223333:role/bedrock-access/dev/probe/any',
    'no new permissions',
  ],
  [
    'NoUseOfTheProject',
    'lambda:UpdateFunctionCode on arn:aws:lambda:us-east-1:111122223333:function:dev_verification',
    "no use of this project's functions",
  ],
  [
    'NoChangesToTheProject',
    'ssm:PutParameter on arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/another-application/main',
    'no changes to aliases',
  ],
  [
    'NoUseOfKeys',
    "kms:ScheduleKeyDeletion on arn:aws:kms:us-east-1:111122223333:key/any with aws:ResourceTag/BedrockAccess 'any/application'",
    "no use of this project's keys",
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

/** Actions of the boundary's statements that a boundary cannot leave out: each is tried alone. */
const PATTERNS = [
  ...MODEL_DOORS.map((pattern) => ['NoSideDoors', pattern] as const),
  ...SHARED_SETTINGS.map((pattern) => ['NoChangesToSettings', pattern] as const),
];

test.each(PATTERNS)('a boundary whose statement %s lacks %s fails the proof', (sid, pattern) => {
  const mutated = withPolicy(account, 'dev_boundary', (statements) => {
    const { Action = [] } = statement(statements, sid);
    statement(statements, sid).Action = [Action].flat().filter((other) => other !== pattern);
  });
  const pairs = findPrincipals(mutated, principals(plan));
  const present = pairs.flatMap(([planned, p]) => (p === undefined ? [] : [[planned, p] as const]));
  const [violation] = proveBoundaries(plan, mutated, present).flatMap((part) => part.violations);
  expect(violation?.kind).toBe('boundary');
  expect(violation?.witness?.action).toMatch(new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i'));
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

interface HiddenExcess {
  readonly title: string;
  /** Role that gets the statement in an inline policy. Without it, the application's policy gets the statement. */
  readonly role?: string;
  readonly kind?: string;
  readonly action: string;
  readonly resource?: string;
  readonly condition?: Record<string, Record<string, string>>;
  /** Beginning of the witness's action, if the statement allows several. */
  readonly witness?: string;
  /** True when the boundary of the probe role allows the action, so that it is not hidden everywhere. */
  readonly probed?: boolean;
}

/** An application whose principals all have a boundary. */
const bearers = plannedAccount('dev', 'document-search');

test.each<HiddenExcess>(hiddenExcess)(
  'the proof of the policies alone fails if $title, though the boundary denies it',
  ({ role, kind = 'excess', action, resource = '*', condition, witness = action, probed = false }) => {
    const extra = {
      Sid: 'Extra',
      Effect: 'Allow',
      Action: action,
      Resource: resource,
      ...(condition !== undefined && { Condition: condition }),
    };
    const changed =
      role === undefined
        ? withPolicy(bearers.account, 'dev_document-search_access-1', (statements) => statements.push(extra))
        : withPrincipal(bearers.account, role, (p) => ({
            ...p,
            policies: [...p.policies, { name: `an inline policy of ${role}`, document: { Statement: [extra] } }],
          }));
    const found = proveAccess(bearers.plan, changed).violations;
    expect(found.map((v) => v.kind)).toContain(kind);
    expect(found.filter((v) => v.decidedBy?.sid !== 'Extra')).toEqual([]);
    for (const violation of found) {
      expect(violation.message.endsWith('; only the permissions boundary denies it now')).toBe(!probed);
      expect(violation.message).toMatch(
        role === undefined ? /^role dev_document-search_ecs-tasks and 3 more may / : /^role /,
      );
      expect(violation.witness?.action.startsWith(witness)).toBe(true);
    }
  },
);

test('a violation that shows under the boundary, too, is reported once and without a word about the boundary', () => {
  const changed = withPolicy(bearers.account, 'dev_document-search_access-1', (statements) =>
    statements.push({ Sid: 'Extra', Effect: 'Allow', Action: ['s3:GetObject', 'bedrock:InvokeAgent'], Resource: '*' }),
  );
  const [violation, ...others] = proveAccess(bearers.plan, changed).violations;
  expect(violation?.message).toContain('may s3:GetObject on');
  expect(violation?.message).not.toContain('boundary');
  expect(others).toEqual([]);
});

test('a role with the tag of another application fails the proof, because it would call the profiles of that one', () => {
  const changed = withPrincipal(bearers.account, 'dev_document-search_ecs-tasks', (p) => ({
    ...p,
    tags: { ...p.tags, BedrockAccess: 'dev/code-review' },
  }));
  const messages = proveAccess(bearers.plan, changed).violations.map((v) => `${v.kind}: ${v.message}`);
  expect(messages).toContain(
    'missing: role dev_document-search_ecs-tasks may not bedrock:InvokeModel on the profile dev_document-search_answer_claude-haiku-4-5-20251001_d4d7d0; denied by policy dev_boundary Sid OwnProfilesOnly; the plan intends it',
  );
  expect(messages).toContain(
    "resource: arn:aws:iam::111122223333:role/bedrock-access/dev/dev_document-search_ecs-tasks: has the tag BedrockAccess 'dev/code-review'; the plan has 'dev/document-search'",
  );
});

test('a profile without its tag fails the proof, because its own application could not call it', () => {
  const profiles = bearers.account.profiles.map((profile) => ({ ...profile, tags: {} }));
  const { violations: found } = proveAccess(bearers.plan, { ...bearers.account, profiles });
  expect(found.filter((v) => v.kind === 'missing').map((v) => v.decidedBy?.sid)).toEqual(['OwnProfilesOnly']);
});
