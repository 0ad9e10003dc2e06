import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proveExecution } from '../../../lib/proof/deployment/prove-execution';
import { compareWholeResources } from '../../../lib/proof/templates/compare-whole-resources';
import { judgePrincipals } from '../../../lib/proof/verification/judge-principals';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { deploymentOf } from '../deployment/execution-deployment';
import { statement, withTrust } from '../mutations/mutated-account';

const plan = planOf({
  jobs: application({
    principals: [
      { service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] },
      { service: 'ec2.amazonaws.com' },
      { pods: { cluster: 'shop', namespace: 'chat', serviceAccount: 'api' } },
      { service: ['ecs-tasks.amazonaws.com', 'bedrock-agentcore.amazonaws.com'] },
    ],
  }),
});
const account = readTemplateAccount(sharedAssembly(plan), 'dev');
const PODS = plan.applications[0]?.roles.find(({ principal }) => principal.kind === 'pods')?.name ?? '';
const podTags = (tags: Readonly<Record<string, string>>) => ({
  Condition: {
    StringEquals: {
      'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:us-east-1:111122223333:cluster/shop',
      'aws:RequestTag/kubernetes-namespace': 'chat',
      'aws:RequestTag/kubernetes-service-account': 'api',
      ...tags,
    },
    'ForAllValues:StringLike': { 'aws:TagKeys': ['eks-cluster-*', 'kubernetes-*'] },
  },
});
const TASKS = 'dev_jobs_bedrock-agentcore-ecs-tasks';

test('roles of several services, of instances, of pods and of services that act for a resource are proven', () => {
  expect(proveAccess(plan, account).violations).toEqual([]);
  expect(compareWholeResources(plan, account)).toEqual([]);
  expect(judgePrincipals(plan, account, 'every').findings).toEqual([]);
});

test('the execution policy suffices for instance profiles and pods, and passes no other role to them', () => {
  const { policy, templates, needs } = deploymentOf(plan);
  expect(proveExecution(plan, policy, templates, needs).violations).toEqual([]);
  const passed = (sid: string) => policy.statements.find(({ Sid }) => Sid === sid)?.Resource;
  expect(passed('RunInstancesAs')).toEqual(['arn:aws:iam::111122223333:role/bedrock-access/dev/dev_jobs_ec2']);
  expect(passed('RunPodsAs')).toEqual([`arn:aws:iam::111122223333:role/bedrock-access/dev/${PODS}`]);
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
  ['any pod may', PODS, 'Pods', { Condition: {} }],
  [
    'pods of another service account may',
    PODS,
    'Pods',
    podTags({ 'aws:RequestTag/kubernetes-service-account': 'web' }),
  ],
  ['pods of another namespace may', PODS, 'Pods', podTags({ 'aws:RequestTag/kubernetes-namespace': 'default' })],
  [
    'pods of another cluster may',
    PODS,
    'Pods',
    podTags({ 'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:us-east-1:111122223333:cluster/other' }),
  ],
  [
    'sessions of pods may have any tag',
    PODS,
    'Pods',
    { Condition: { StringEquals: podTags({}).Condition.StringEquals } },
  ],
  ['sessions of pods may have no tag', PODS, 'Pods', { Action: ['sts:AssumeRole'] }],
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

/** Compares the templates with the plan after a change of the properties of all resources of a type. */
function withResource(type: string, change: object): ReturnType<typeof compareWholeResources> {
  const wholeResources = account.wholeResources.map((whole) =>
    whole.type === type ? { ...whole, properties: { ...whole.properties, ...change } } : whole,
  );
  return compareWholeResources(plan, { ...account, wholeResources });
}

test.each([
  ['another service account', { ServiceAccount: 'default' }],
  ['another namespace', { Namespace: 'default' }],
  ['another cluster', { ClusterName: 'other' }],
  ['another role', { RoleArn: 'arn:aws:iam::111122223333:role/admin' }],
  ['a role that it assumes besides', { TargetRoleArn: 'arn:aws:iam::444455556666:role/other' }],
  ['sessions without tags', { DisableSessionTags: true }],
])('an association with %s is found', (_, change) => {
  expect(withResource('AWS::EKS::PodIdentityAssociation', change)).toHaveLength(2);
});

test.each([
  ['no role', { Roles: [] }],
  ['the role of functions', { Roles: ['dev_jobs_edgelambda-lambda'] }],
  ['another path', { Path: '/' }],
  ['another name', { InstanceProfileName: 'dev_jobs' }],
])('an instance profile with %s is found', (_, change) => {
  expect(withResource('AWS::IAM::InstanceProfile', change)).toHaveLength(2);
});
