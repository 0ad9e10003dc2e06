import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proveExecution } from '../../../lib/proof/deployment/prove-execution';
import { compareWholeResources } from '../../../lib/proof/templates/compare-whole-resources';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { deploymentOf } from '../deployment/execution-deployment';
import { statement, withTrust } from '../mutations/mutated-account';

const plan = planOf({
  jobs: application({
    principals: [
      { service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] },
      { service: 'ec2.amazonaws.com' },
      { service: ['ecs-tasks.amazonaws.com', 'bedrock-agentcore.amazonaws.com'] },
    ],
  }),
});
const account = readTemplateAccount(sharedAssembly(plan), 'dev');
const TASKS = 'dev_jobs_bedrock-agentcore-ecs-tasks';

test('roles of several services, of instances and of services that act for a resource are proven', () => {
  expect(proveAccess(plan, account).violations).toEqual([]);
  expect(compareWholeResources(plan, account)).toEqual([]);
});

test('the execution policy suffices for instance profiles, and passes no other role to instances', () => {
  const { policy, templates, needs } = deploymentOf(plan);
  expect(proveExecution(plan, policy, templates, needs).violations).toEqual([]);
  expect(policy.statements.find(({ Sid }) => Sid === 'RunInstancesAs')?.Resource).toEqual([
    'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_jobs_ec2',
  ]);
});

test.each([
  ['edge functions may not assume the role', 'dev_jobs_edgelambda-lambda', 'Service', { Effect: 'Deny' }],
  ['functions may not assume the role', 'dev_jobs_edgelambda-lambda', 'Service2', { Effect: 'Deny' }],
  ['another service may', 'dev_jobs_edgelambda-lambda', 'Service', { Principal: { Service: ['ec2.amazonaws.com'] } }],
  ['instances may tag sessions', 'dev_jobs_ec2', 'Service', { Action: ['sts:AssumeRole', 'sts:TagSession'] }],
  ['tasks of other accounts may', TASKS, 'Service', { Condition: {} }],
  [
    'tasks of any account and Region may',
    TASKS,
    'Service',
    { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:*:*:*' } } },
  ],
  [
    'tasks of another Region may',
    TASKS,
    'Service',
    {
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:*:111122223333:*' },
      },
    },
  ],
  ['agents that say no source may', TASKS, 'Service2', { Condition: { StringEquals: {} } }],
  [
    'agents without a source may',
    TASKS,
    'Service2',
    { Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } },
  ],
])('the proof finds that %s', (_, role, sid, change) => {
  const changed = withTrust(account, role, (statements) => Object.assign(statement(statements, sid), change));
  expect(proveAccess(plan, changed).violations.map(({ kind }) => kind)).toContain('trust');
});

test.each([
  ['no role', { Roles: [] }],
  ['the role of functions', { Roles: ['dev_jobs_edgelambda-lambda'] }],
  ['another path', { Path: '/' }],
  ['another name', { InstanceProfileName: 'dev_jobs' }],
])('an instance profile with %s is found', (_, change) => {
  const changed = account.wholeResources.map((whole) =>
    whole.type === 'AWS::IAM::InstanceProfile' ? { ...whole, properties: { ...whole.properties, ...change } } : whole,
  );
  expect(compareWholeResources(plan, { ...account, wholeResources: changed })).toHaveLength(2);
});
