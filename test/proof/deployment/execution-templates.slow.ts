import { readTemplateResources } from '../../../lib/account/templates/template-resources';
import { RESOURCE_TYPES } from '../../../lib/account/types/resource-types';
import { planExecutionPolicy } from '../../../lib/plan/deployment/execution-policy';
import type { ExecutionViolation } from '../../../lib/proof/deployment/execution-proof';
import { proveExecution } from '../../../lib/proof/deployment/prove-execution';
import { Assembly, type MutableTemplate } from '../../cli/assembly';

const dev = new Assembly('dev', 'support-chat');
const policy = planExecutionPolicy(dev.plan);
afterAll(() => dev.dispose());

function violationsOf(stack: string, mutate: (template: MutableTemplate) => void): readonly ExecutionViolation[] {
  return proveExecution(dev.plan, policy, readTemplateResources(dev.mutated(stack, mutate), 'dev')).violations;
}

/** Values for properties that the templates leave out today. */
const VALUES: Readonly<Record<string, unknown>> = {
  Groups: ['somebody'],
  ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  Policies: [{ PolicyName: 'inline', PolicyDocument: {} }],
  Roles: ['somebody'],
  Users: ['somebody'],
};

/** Properties of types that the templates lack, because the file does not ask for them. */
const ADDED: Readonly<Record<string, object>> = {
  'AWS::EC2::VPCEndpoint': { VpcId: 'vpc-0123456789abcdef0', ServiceName: 'com.amazonaws.us-east-1.bedrock' },
  'AWS::StepFunctions::StateMachine': { StateMachineName: 'dev_batches', RoleArn: 'arn:role' },
};

const features = [...RESOURCE_TYPES].flatMap(([type, { unusedFeatures }]) =>
  unusedFeatures.flatMap((feature) => [
    ...(feature.absent ?? []).map((path) => [type, `has ${path}`, path, feature] as const),
    ...(feature.present ?? []).map((path) => [type, `has no ${path}`, path, feature] as const),
  ]),
);

test.each(features)('a resource of the type %s that %s fails the proof', (type, what, path, { actions }) => {
  const stack = type === 'AWS::Events::Rule' ? 'Overview' : 'Foundation';
  const violations = violationsOf(stack, (t) => {
    const added = ADDED[type] && { Type: type, Properties: { ...ADDED[type] } as Record<string, unknown> };
    if (added !== undefined) {
      t.add('Added', added);
    }
    const { Properties: properties } = added ?? t.resource((r) => r.Type === type && r.Properties.Roles === undefined);
    const [name = '', nested] = path.split('.');
    if (what.startsWith('has no')) {
      delete properties[name];
    } else if (nested === undefined) {
      properties[name] = VALUES[name] ?? 'something';
    } else if (Array.isArray(properties[name])) {
      properties[name] = properties[name].map((item: object) => ({ ...item, [nested]: 'something' }));
    } else {
      properties[name] = { ...properties[name], [nested]: 'something' };
    }
  });
  const messages = violations.map((v) => `${v.kind} ${v.message}`).join('\n');
  for (const action of actions) {
    expect(messages).toContain(action);
  }
  expect(violations.map((v) => v.kind)).not.toContain('excess');
});

test.each([
  [
    'a policy of another owner',
    { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    'iam:AttachRolePolicy',
  ],
  ['another boundary', { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/other' }, 'iam:CreateRole'],
  ['another path', { Path: '/elsewhere/' }, 'iam:CreateRole'],
])('a role with %s cannot be deployed', (_, properties, action) => {
  const violations = violationsOf('support-chat', (t) => {
    Object.assign(t.role('dev_support-chat_lambda').Properties, properties);
  });
  expect(violations.map((v) => v.witness?.action)).toContain(action);
  expect([...new Set(violations.map((v) => v.kind))]).toEqual(['missing']);
});

const BOUNDARY = { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/other' };

test('a violation has the statement that is needed, with its condition', () => {
  const [violation] = violationsOf('support-chat', (t) => {
    Object.assign(t.role('dev_support-chat_lambda').Properties, BOUNDARY);
  });
  expect(violation).toEqual({
    kind: 'missing',
    type: 'AWS::IAM::Role',
    message: expect.stringMatching(
      /^AWS::IAM::Role \w+ of dev--support-chat \(create\): CloudFormation may not iam:CreateRole on arn:aws:iam::111122223333:role\/bedrock-access\/dev\/dev_support-chat_lambda with iam:PermissionsBoundary 'arn:aws:iam::111122223333:policy\/other'$/,
    ),
    resources: [expect.stringMatching(/^\w+ of dev--support-chat$/)],
    witness: {
      action: 'iam:CreateRole',
      resource: 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_support-chat_lambda',
      context: expect.objectContaining({ 'iam:PermissionsBoundary': ['arn:aws:iam::111122223333:policy/other'] }),
    },
    missing: {
      Sid: 'Missing',
      Effect: 'Allow',
      Action: ['iam:CreateRole'],
      Resource: ['arn:aws:iam::111122223333:role/bedrock-access/dev/dev_support-chat_lambda'],
      Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/other' } },
    },
  });
});

const changed: readonly (readonly [title: string, mutate: (t: MutableTemplate) => void, says: string])[] = [
  [
    'an unsupported type',
    (t) => t.add('Queue', { Type: 'AWS::Kinesis::Stream', Properties: {} }),
    'AWS::Kinesis::Stream Queue of dev--Foundation: it is not known which actions CloudFormation calls for this type',
  ],
  [
    'a custom resource of another function',
    (t) =>
      t.add('Other', {
        Type: 'Custom::Other',
        Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:other' },
      }),
    'Custom::Other Other of dev--Foundation (create, update, delete): CloudFormation may not lambda:InvokeFunction on arn:aws:lambda:us-east-1:111122223333:function:other',
  ],
  [
    'a parameter under another path',
    (t) =>
      t.add('Elsewhere', { Type: 'AWS::SSM::Parameter', Properties: { Name: '/other', Type: 'String', Value: 'x' } }),
    'CloudFormation may not ssm:PutParameter on arn:aws:ssm:us-east-1:111122223333:parameter/other',
  ],
  [
    'a parameter without a name of its own',
    (t) => t.add('Unnamed', { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }),
    'CloudFormation may not ssm:PutParameter on arn:aws:ssm:us-east-1:111122223333:parameter/dev--Foundation-Unnamed-',
  ],
  [
    'another function',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Lambda::Function').Properties.FunctionName = 'dev_other';
    },
    'CloudFormation may not lambda:CreateFunction on arn:aws:lambda:us-east-1:111122223333:function:dev_other',
  ],
  [
    'a function that runs as another role',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Lambda::Function').Properties.Role = 'arn:aws:iam::111122223333:role/admin';
    },
    "CloudFormation may not iam:PassRole on arn:aws:iam::111122223333:role/admin with iam:PassedToService 'lambda.amazonaws.com'",
  ],
  [
    'code in another bucket',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Lambda::Function').Properties.Code.S3Bucket = 'other';
    },
    'CloudFormation may not s3:GetObject on arn:aws:s3:::other/',
  ],
  [
    'a log group of another name',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Logs::LogGroup').Properties.LogGroupName = '/aws/lambda/other';
    },
    'CloudFormation may not logs:CreateLogGroup on arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/other',
  ],
  [
    'a profile without the tag of the project',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Bedrock::ApplicationInferenceProfile').Properties.Tags = [];
    },
    'CloudFormation may not bedrock:DeleteInferenceProfile on arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/',
  ],
  [
    'the identity provider of GitHub, which the file does not ask for',
    (t) =>
      t.add('GitHub', {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: 'https://token.actions.githubusercontent.com' },
      }),
    'CloudFormation may not iam:DeleteOpenIDConnectProvider on arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
  ],
  [
    'tags of a type that is listed without tags',
    (t) => {
      t.resource((r) => r.Type === 'AWS::IAM::ManagedPolicy').Properties.Tags = [{ Key: 'Owner', Value: 'x' }];
    },
    'it is not known how CloudFormation sends its Tags',
  ],
  [
    'a name that cannot be resolved',
    (t) => {
      t.resource((r) => r.Type === 'AWS::Logs::LogGroup').Properties.LogGroupName = { 'Fn::ImportValue': 'x' };
    },
    'LogGroupName.Fn::ImportValue: the function Fn::ImportValue is not understood',
  ],
];

test.each(changed)('%s in a template fails the proof', (_, mutate, says) => {
  const messages = violationsOf('Foundation', mutate).map((v) => v.message);
  expect(messages.join('\n')).toContain(says);
});

test('a configuration of calls may name its function by the ARN', () => {
  const violations = violationsOf('Foundation', (t) => {
    t.resource((r) => r.Type === 'AWS::Lambda::EventInvokeConfig').Properties.FunctionName =
      'arn:aws:lambda:us-east-1:111122223333:function:dev_verification';
  });
  expect(violations).toEqual([]);
});

test('a retained resource is never deleted, except when it is replaced', () => {
  const needs = (retained: object) =>
    violationsOf('Foundation', (t) =>
      t.add('GitHub', {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: 'https://token.actions.githubusercontent.com' },
        ...retained,
      }),
    ).map((v) => v.witness?.action);
  expect(needs({ DeletionPolicy: 'Retain' })).toContain('iam:DeleteOpenIDConnectProvider');
  expect(needs({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })).not.toContain(
    'iam:DeleteOpenIDConnectProvider',
  );
});
