import { planAccess } from '../../../lib/plan/environment/access-plan';
import { endpointPolicyLength } from '../../../lib/plan/environment/endpoint-policy';
import type { EndpointPlan } from '../../../lib/plan/environment/network-plan';
import { application, planOf, testEnvironment } from '../environments';

const VPC = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0'],
  clientCidr: '10.0.0.0/16',
};
const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_chat_lambda';
const PROFILES = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/*';
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

function endpointsOf(applications: object, network: object): readonly EndpointPlan[] {
  return planOf(applications as Readonly<Record<string, unknown>>, { network }).network?.endpoints ?? [];
}

test('a file without a network has no endpoints, and the same boundary as ever', () => {
  const plan = planOf({ chat: application() });
  expect(plan.network).toBeUndefined();
  expect(plan.boundary.statements.map(({ Sid }) => Sid)).not.toContain('NoUseOfEndpoints');
});

test('a VPC gets endpoints of Bedrock, and of other services only if asked', () => {
  const servicesOf = (network: object) => endpointsOf({ chat: application() }, network).map((e) => e.serviceName);
  const bedrock = ['com.amazonaws.us-east-1.bedrock-runtime', 'com.amazonaws.us-east-1.bedrock'];
  expect(servicesOf(VPC)).toEqual(bedrock);
  expect(servicesOf({ ...VPC, also: ['sts', 'ssm'] })).toEqual([
    ...bedrock,
    'com.amazonaws.us-east-1.ssm',
    'com.amazonaws.us-east-1.sts',
  ]);
});

test('the policy of bedrock-runtime names the principals, the profiles by their tag, and every Region of a model', () => {
  const models = { main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } };
  const guardrail = { id: 'abcdefgh1234', version: '2' };
  const [runtime] = endpointsOf({ chat: application({ models, guardrail }) }, VPC);
  const callers = { 'aws:PrincipalArn': [ROLE] };
  const common = { Effect: 'Allow', Principal: '*' };
  expect(runtime?.statements).toEqual([
    {
      ...common,
      Sid: 'DevChatProfiles',
      Action: INVOKE,
      Resource: [PROFILES],
      Condition: { ArnLike: callers, StringEquals: { 'aws:ResourceTag/BedrockAccess': 'dev/chat' } },
    },
    {
      ...common,
      Sid: 'DevChatModels',
      Action: INVOKE,
      Resource: ['us-east-1', 'us-east-2', 'us-west-2'].map(
        (region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-sonnet-4-6`,
      ),
      Condition: { ArnLike: { ...callers, 'bedrock:InferenceProfileArn': PROFILES } },
    },
    {
      ...common,
      Sid: 'DevChatRoutings',
      Action: INVOKE,
      Resource: ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6'],
      Condition: { ArnLike: callers, ArnLikeIfExists: { 'bedrock:InferenceProfileArn': PROFILES } },
    },
    {
      ...common,
      Sid: 'DevChatGuardrail',
      Action: ['bedrock:ApplyGuardrail'],
      Resource: ['arn:aws:bedrock:us-east-1:111122223333:guardrail/abcdefgh1234'],
      Condition: { ArnLike: callers },
    },
  ]);
});

test('look-ups have endpoints of their own, and a role is assumed by whomever its trust policy names', () => {
  const principals = [{ service: 'lambda.amazonaws.com' }, { role: 'chat-api' }, { user: 'alice' }];
  const [, bedrock, ssm, sts] = endpointsOf({ chat: application({ principals }) }, { ...VPC, also: ['ssm', 'sts'] });
  const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;
  const roles = [ROLE, iam('role/chat-api'), iam('role/*/chat-api')];
  const callers = { 'aws:PrincipalArn': [...roles, iam('user/alice'), iam('user/*/alice')] };
  const common = { Effect: 'Allow', Principal: '*' };
  const aliases = 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/chat';
  expect([bedrock, ssm, sts].map((e) => e?.statements)).toEqual([
    [
      {
        ...common,
        Sid: 'DevChatProfiles',
        Action: ['bedrock:GetInferenceProfile'],
        Resource: [PROFILES],
        Condition: { ArnLike: callers, StringEquals: { 'aws:ResourceTag/BedrockAccess': 'dev/chat' } },
      },
    ],
    [
      {
        ...common,
        Sid: 'DevChatAliases',
        Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        Resource: [aliases, `${aliases}/*`],
        Condition: { ArnLike: callers },
      },
    ],
    [
      {
        ...common,
        Sid: 'DevIdentity',
        Action: ['sts:GetCallerIdentity'],
        Resource: ['*'],
        Condition: { ArnLike: callers },
      },
      {
        ...common,
        Sid: 'DevRoles',
        Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:SetSourceIdentity', 'sts:TagSession'],
        Resource: roles,
      },
    ],
  ]);
});

test('an existing endpoint is not made, and others can be made beside it', () => {
  const existing = { 'bedrock-runtime': 'vpce-0123456789abcdef0' };
  const ids = (network: object) =>
    endpointsOf({ chat: application() }, network).map(({ service, existingId }) => [service, existingId]);
  expect(ids({ endpoints: existing })).toEqual([['bedrock-runtime', existing['bedrock-runtime']]]);
  expect(ids({ ...VPC, endpoints: existing })).toEqual([
    ['bedrock-runtime', existing['bedrock-runtime']],
    ['bedrock', undefined],
  ]);
});

test('roles of applications cannot change the endpoints that are made', () => {
  const plan = planAccess(testEnvironment('network'));
  expect(plan.boundary.statements.at(-1)).toEqual({
    Sid: 'NoUseOfEndpoints',
    Effect: 'Deny',
    Action: ['ec2:*'],
    Resource: ['vpc-endpoint/*', 'security-group/*'].map((name) => `arn:aws:ec2:*:111122223333:${name}`),
    Condition: { Null: { 'aws:ResourceTag/BedrockAccess': 'false' } },
  });
});

test('a policy that would be too long names the models in any Region', () => {
  const models = { main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } };
  const principals = [{ service: 'lambda.amazonaws.com' }, { service: 'ecs-tasks.amazonaws.com' }];
  const of = (count: number) =>
    endpointsOf(
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`app-${i}`, application({ models, principals })])),
      VPC,
    )[0]?.statements ?? [];
  const [few, many] = [of(10), of(13)];
  expect(few[1]?.Resource).toHaveLength(3);
  expect(many[1]?.Resource).toEqual(['arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-6']);
  expect(endpointPolicyLength(few)).toBeLessThanOrEqual(20_480);
  expect(endpointPolicyLength(many)).toBeLessThanOrEqual(20_480);
});
