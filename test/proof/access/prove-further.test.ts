import type { Account, Principal } from '../../../lib/account/account';
import { assumedPolicy } from '../../../lib/account/assumed-policy';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { knownKeys } from '../../../lib/proof/calls/known-keys';
import { layersOf } from '../../../lib/proof/calls/layers-of';
import { accessMatrix } from '../../../lib/proof/matrix/access-matrix';
import { compareWithPlan } from '../../../lib/proof/templates/compare-with-plan';
import { planLines } from '../../../lib/report/plan/plan-lines';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { deploymentOf, proofWith } from '../deployment/execution-deployment';

const VPC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
const ORDERS = 'arn:aws:iam::111122223333:policy/orders/read-orders';
const plan = planOf({
  chat: application({
    models: {
      main: { model: 'amazon.nova-lite-v1:0', routing: 'us' },
      embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' },
    },
    guardrail: { id: 'abcdefgh1234', version: '2' },
    principals: [{ service: 'lambda.amazonaws.com', policies: [VPC, ORDERS] }, { service: 'ecs-tasks.amazonaws.com' }],
    budget: { monthlyUsd: 10, notify: ['team@example.com'], atLimit: 'deny' },
  }),
  batch: application({
    tiers: ['default', 'flex'],
    principals: [{ account: '444455556666', externalId: 'batch-1', policies: [VPC] }],
  }),
});
const account = readTemplateAccount(sharedAssembly(plan), 'dev');
const LAMBDA = 'dev_chat_lambda';

function withRole(name: string, change: (role: Principal) => Principal): Account {
  return { ...account, principals: account.principals.map((p) => (p.name === name ? change(p) : p)) };
}

const violationsOf = (changed: Account) =>
  proveAccess(plan, changed).violations.map(({ kind, message }) => [kind, message]);

test('roles with further policies are proven, and the proof says what it took them for', () => {
  const { violations, coverage } = proveAccess(plan, account);
  expect(violations).toEqual([]);
  expect(coverage.skipped).toEqual(
    expect.arrayContaining(
      [ORDERS, VPC].map((arn) => `the text of ${arn}: the roles that carry it were proven as if it allowed everything`),
    ),
  );
  expect(compareWithPlan(plan, account)).toEqual([]);
});

test('the matrix names the further policies', () => {
  const { principals } = accessMatrix('dev', account);
  expect(principals.flatMap(({ principal, further }) => (further === undefined ? [] : [[principal, further]]))).toEqual(
    [
      ['role dev_batch_from-444455556666', [VPC]],
      ['role dev_chat_lambda', [ORDERS, VPC]],
    ],
  );
});

test.each([
  [
    'drops its conditions',
    (p: Principal) => ({ ...p, policies: p.policies.filter(({ name }) => !name.endsWith('_conditions')) }),
    'excess',
    'without its guardrail',
  ],
  [
    'has the boundary of the probes',
    (p: Principal) => ({ ...p, boundary: boundaryOf('dev_chat_probe-policies') }),
    'boundary',
    'has the boundary',
  ],
  [
    'lacks a policy of the file',
    (p: Principal) => ({ ...p, policies: p.policies.filter(({ name }) => name !== VPC) }),
    'missing',
    `does not carry ${VPC}`,
  ],
  [
    'carries a policy that the file does not name',
    (p: Principal) => ({ ...p, policies: [...p.policies, assumedPolicy('arn:aws:iam::aws:policy/ReadOnlyAccess')] }),
    'excess',
    'carries arn:aws:iam::aws:policy/ReadOnlyAccess',
  ],
] as const)('a role that %s is a violation', (_, change, kind, words) => {
  expect(violationsOf(withRole(LAMBDA, change))).toContainEqual([kind, expect.stringContaining(words)]);
});

function boundaryOf(name: string) {
  const boundary = account.principals.find((p) => p.name === name)?.boundary;
  if (boundary === undefined) {
    throw new Error(`${name} has no boundary`);
  }
  return boundary;
}

test('a boundary that lets a model through is a violation of the roles with further policies', () => {
  const open = withRole(LAMBDA, (p) => ({ ...p, boundary: assumedPolicy(p.boundary?.name ?? '') }));
  expect(violationsOf(open)).toContainEqual(['excess', expect.stringContaining('if a further policy allows it')]);
});

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
const EMBEDDING = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0';
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abcdefgh1234';
const profile = account.profiles.find(({ name }) => name.startsWith('dev_chat_main'))?.arn ?? '';
const through = { 'bedrock:InferenceProfileArn': [profile] };
const guarded = { ...through, 'bedrock:GuardrailIdentifier': [`${GUARDRAIL}:2`] };

test.each([
  ['a call with the guardrail', 'bedrock:InvokeModel', MODEL, guarded, 'allowed'],
  ['a call without it', 'bedrock:InvokeModel', MODEL, through, 'explicitDeny'],
  [
    'a call with another version of it',
    'bedrock:InvokeModel',
    MODEL,
    { ...through, 'bedrock:GuardrailIdentifier': [`${GUARDRAIL}:1`] },
    'explicitDeny',
  ],
  ['an embedding, which takes no guardrail', 'bedrock:InvokeModel', EMBEDDING, through, 'allowed'],
  [
    'a call with the tier default',
    'bedrock:InvokeModel',
    MODEL,
    { ...guarded, 'bedrock:ServiceTier': ['default'] },
    'allowed',
  ],
  [
    'a call with the tier priority',
    'bedrock:InvokeModel',
    MODEL,
    { ...guarded, 'bedrock:ServiceTier': ['priority'] },
    'explicitDeny',
  ],
  [
    'a call without a profile',
    'bedrock:InvokeModel',
    MODEL,
    { 'bedrock:GuardrailIdentifier': [`${GUARDRAIL}:2`] },
    'explicitDeny',
  ],
  ['a batch job', 'bedrock:CreateModelInvocationJob', '*', {}, 'explicitDeny'],
  ['a network interface', 'ec2:CreateNetworkInterface', '*', {}, 'allowed'],
  [
    'a line in a log',
    'logs:PutLogEvents',
    'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/orders:log-stream:any',
    {},
    'allowed',
  ],
  ['a new role', 'iam:CreateRole', 'arn:aws:iam::111122223333:role/other', {}, 'implicitDeny'],
] as const)('with a policy that allows everything, %s (%s) is decided', (_, action, resource, context, expected) => {
  const role = account.principals.find((p) => p.name === LAMBDA);
  const request = { action, resource, context: { ...(role && knownKeys(account, role)), ...context } };
  expect(role && evaluate(layersOf(role), request).decision).toBe(expected);
});

describe('the execution policy', () => {
  const deployment = deploymentOf(plan);
  const attach = deployment.policy.statements.filter(({ Sid }) => Sid === 'AttachFurtherPolicies');

  test('lets CloudFormation deploy the roles with their further policies', () => {
    expect(proofWith(deployment, deployment.policy.statements).violations).toEqual([]);
  });

  test('names the further policies, and not others', () => {
    expect(attach.map(({ Condition }) => Condition)).toEqual([{ ArnEquals: { 'iam:PolicyARN': [ORDERS, VPC] } }]);
  });

  test('is not proven without that statement', () => {
    const others = deployment.policy.statements.filter((statement) => !attach.includes(statement));
    expect(proofWith(deployment, others).violations.map(({ witness }) => witness?.action)).toContain(
      'iam:AttachRolePolicy',
    );
  });
});

test('plan names the further policies of a role, and what it takes them for', () => {
  const lines = planLines(plan, { statements: true }, { tone: (_, text) => text }).join('\n');
  expect(lines).toMatch(
    /created for service lambda.amazonaws.com; carries AWSLambdaVPCAccessExecutionRole, read-orders besides, taken to allow everything that its boundary allows/,
  );
  expect(lines).toContain('OnlyWithTheGuardrail');
});
