import { RESOURCE_TYPES } from '../../../lib/account/types/resource-types';
import type { Statement } from '../../../lib/plan/parts/statement';
import { executionDenials } from '../../../lib/proof/deployment/execution-denials';
import { executionNeeds } from '../../../lib/proof/deployment/execution-needs';
import { noExecutionProof, proveExecution } from '../../../lib/proof/deployment/prove-execution';
import { application, planOf, REGIONS, worksFrom } from '../../plan/environments';
import {
  deploymentOf,
  environmentDeployment,
  payerDeployment,
  proofWith,
  smallDeployment,
} from './execution-deployment';
import { testExecutionMutants } from './test-execution-mutants';

const dev = environmentDeployment('dev');
const prod = environmentDeployment('prod');
const network = environmentDeployment('network');
const callers = environmentDeployment('callers');
const small = smallDeployment();
const payer = payerDeployment();

test.each([
  ['dev', dev],
  ['prod', prod],
] as const)('the policy of %s is proven for every resource of its templates', (_, { plan, policy, templates }) => {
  const { violations, coverage } = proveExecution(plan, policy, templates);
  expect(violations).toEqual([]);
  expect(coverage).toEqual({
    resources: templates.resources.length,
    types: new Set(templates.resources.map((r) => r.type)).size,
    calls: expect.any(Number),
    denials: executionDenials(plan, 'named').length,
  });
  expect([coverage.calls > 700, coverage.resources > 60, coverage.denials > 200]).toEqual([true, true, true]);
});

test('every type whose handlers are known is in these templates, and its handlers make at least one request', () => {
  const types = new Set([dev, prod, payer, network, callers].flatMap((d) => d.templates.resources).map((r) => r.type));
  const known = [...RESOURCE_TYPES].filter(([, { handlers }]) => handlers !== 'unknown').map(([type]) => type);
  expect([...types].filter((type) => !known.includes(type))).toEqual([]);
  // The CDK adds its metadata on request, and only an environment that is split has a state machine.
  const elsewhere = ['AWS::CDK::Metadata', 'AWS::StepFunctions::StateMachine'];
  expect(known.filter((type) => !types.has(type)).sort()).toEqual(elsewhere);
  const needs = [dev, prod, payer, network, callers].flatMap((d) => executionNeeds(d.templates));
  expect(needs.filter((n) => n.calls.length === 0 || n.unknown.length > 0)).toEqual([]);
});

test.each([
  ['endpoints', network],
  ['instances and pods', callers],
] as const)('the policy of an environment with %s is proven, and is needed for nothing else', (_, needed) => {
  expect(proveExecution(needed.plan, needed.policy, needed.templates).violations).toEqual([]);
  const actions = dev.policy.statements.flatMap((s) => s.Action);
  expect(actions.filter((action) => /^e[ck][2s]:|InstanceProfile/.test(action))).toEqual([]);
});

// `test/slow/execution-mutants.slow.ts` tries every mutant.
testExecutionMutants(6);

test('an action that no handler calls is excess, also when a wildcard allows it', () => {
  const extra = (action: string): Statement => ({
    Sid: 'Extra',
    Effect: 'Allow',
    Action: [action],
    Resource: ['arn:aws:sqs:us-east-1:111122223333:dev_verification'],
  });
  const messages = ['sqs:SendMessage', 'ssm:Put*', 'iam:PutRolePolicy'].map(
    (action) => proofWith(small, [...small.policy.statements, extra(action)]).violations[0],
  );
  expect(messages.map((v) => [v?.kind, v?.message])).toEqual([
    ['excess', 'CloudFormation may sqs:SendMessage, which no resource type here needs; allowed by Extra'],
    ['excess', 'CloudFormation may ssm:Put*, which no resource type here needs; allowed by Extra'],
    ['excess', 'CloudFormation may iam:PutRolePolicy, which no resource type here needs; allowed by Extra'],
  ]);
});

test('a deny of an action that is needed is found', () => {
  const deny: Statement = { Sid: 'No', Effect: 'Deny', Action: ['iam:DeleteRole'], Resource: ['*'] };
  expect(proofWith(small, [...small.policy.statements, deny]).violations).toMatchObject([
    { kind: 'missing', type: 'AWS::IAM::Role', witness: { action: 'iam:DeleteRole' } },
  ]);
});

test('a statement that cannot be read makes the proof fail', () => {
  const statements = small.policy.statements.map((s) =>
    s.Sid === 'Aliases' ? { ...s, Condition: { BinaryEquals: { 'aws:UserId': 'QUJD' } } } : s,
  );
  const { violations } = proofWith(small, statements);
  expect(violations.length).toBeGreaterThan(1);
  expect([...new Set(violations.map((v) => v.kind))]).toEqual(['undecided']);
  expect(violations[0]?.message).toContain("Condition operator 'BinaryEquals' is not supported");
});

test('one violation lists all resources that lack the same action', () => {
  const statements = dev.policy.statements.map((s) => ({ ...s, Action: s.Action.filter((a) => a !== 'iam:GetRole') }));
  const { violations } = proofWith(dev, statements);
  expect(violations.map((v) => [v.kind, v.type, v.resources.length])).toEqual([['missing', 'AWS::IAM::Role', 16]]);
});

test('the policy of another environment fails the proof', () => {
  const kinds = proveExecution(prod.plan, dev.policy, prod.templates).violations.map((v) => v.kind);
  expect(kinds).toContain('missing');
});

test('templates of another plan and empty templates fail the proof', () => {
  const other = { ...small.plan, tags: { ...small.plan.tags, Owner: 'other@example.com' } };
  expect(proveExecution(other, small.policy, small.templates).violations).toEqual([
    {
      kind: 'coverage',
      message:
        'the templates were synthesized from another plan than dev has now; synthesize again with: npx cdk synth',
      resources: [],
    },
  ]);
  const empty = proveExecution(small.plan, small.policy, { ...small.templates, resources: [] });
  expect(empty.violations.map((v) => v.message)).toContain('the templates have no resources, so nothing is proven');
  expect(noExecutionProof('unreadable').violations).toEqual([
    { kind: 'undecided', message: 'unreadable', resources: [] },
  ]);
});

test('a policy that is too long for IAM fails the proof', () => {
  const { violations } = proveExecution(small.plan, { ...small.policy, characters: 6145 }, small.templates);
  expect(violations.map((v) => [v.kind, v.message])).toEqual([
    ['length', 'the policy has 6145 characters, and IAM allows at most 6144; shorten the name of the environment'],
  ]);
});

test('existing roles whose names contain each other, or equal those that the proof makes up, are proven', () => {
  const principals = ['api', 'api2', '2api', 'somebody', 'apisomebody'].map((role) => ({ role }));
  const chat = application({ principals: [...principals, { user: 'somebody' }] });
  const similar = deploymentOf(planOf({ chat }, { account: '999999999999' }));
  expect(proofWith(similar, similar.policy.statements).violations).toEqual([]);
});

test('the file may not name the role with which CloudFormation deploys', () => {
  const role = 'cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1';
  const itself = deploymentOf(planOf({ chat: application({ principals: [{ role }] }) }));
  expect(proofWith(itself, itself.policy.statements).violations.map((v) => [v.kind, v.message])).toEqual([
    [
      'excess',
      expect.stringMatching(
        /^CloudFormation may attach a policy of its own to itself: iam:AttachRolePolicy on .*; allowed by AttachOwnPolicies$/,
      ),
    ],
  ]);
});

test('a policy for so many existing roles that it names none is proven', () => {
  const principals = Array.from({ length: 100 }, (_, i) => ({ role: `service-${i}` }));
  const many = deploymentOf(planOf({ chat: application({ principals }) }));
  expect(many.policy.existing).toBe('any');
  expect(proofWith(many, many.policy.statements).violations).toEqual([]);
});

test('an environment with the identity provider of GitHub is proven only with the statement for it', () => {
  const github = deploymentOf(planOf({ chat: application() }, { oidc: { github: 'create' } }));
  expect(proofWith(github, github.policy.statements).violations).toEqual([]);
  const without = github.policy.statements.filter((s) => s.Sid !== 'GitHubProvider');
  expect(proofWith(github, without).violations.map((v) => [v.kind, v.type])).toEqual(
    Array.from({ length: 8 }, () => ['missing', 'AWS::IAM::OIDCProvider']),
  );
});

test.each([...REGIONS.slice(0, 1), ...REGIONS.slice(-1)])('every model and routing of %s is proven', (region) => {
  const models = worksFrom(region).slice(0, 30);
  const aliases = Object.fromEntries(models.map((model, i) => [`m${i}`, model]));
  const { plan, policy, templates } = deploymentOf(planOf({ chat: application({ models: aliases }) }, { region }));
  expect(proveExecution(plan, policy, templates)).toMatchObject({ violations: [] });
});
