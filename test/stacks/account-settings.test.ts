import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { readTemplateResources } from '../../lib/account/templates/template-resources';
import { planExecutionPolicy } from '../../lib/plan/deployment/execution-policy';
import { proveAccess } from '../../lib/proof/access/prove-access';
import { proveExecution } from '../../lib/proof/deployment/prove-execution';
import { application, planOf } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';
import { type Resource, resourcesOf, type Templates, templatesOf } from './synthesized';

const LOG = '/bedrock-access/dev/invocations';
const LOG_ARN = `arn:aws:logs:us-east-1:111122223333:log-group:${LOG}`;
const ROLE_ARN = 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_invocation-logs';
const TAGS = [
  { Key: 'Application', Value: 'bedrock-access' },
  { Key: 'BedrockAccess', Value: 'dev' },
  { Key: 'CostCenter', Value: 'bedrock-access' },
  { Key: 'Owner', Value: 'platform@example.com' },
];

/** Account settings that a file may request: the log, the tags, both, or neither. */
const SETTINGS = {
  logging: { invocationLogging: {} },
  content: { invocationLogging: { content: true, retentionDays: 365 } },
  tags: { costAllocationTags: 'activate' },
  both: { invocationLogging: {}, costAllocationTags: 'activate', tags: { team: 'x' }, requiredTags: ['Owner', 'team'] },
  neither: {},
} as const;
const plans = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, settings]) => [name, planOf({ shop: application() }, settings)]),
) as Readonly<Record<keyof typeof SETTINGS, ReturnType<typeof planOf>>>;
const synthesized = Object.fromEntries(
  Object.entries(plans).map(([name, plan]) => [name, templatesOf(plan)]),
) as Readonly<Record<keyof typeof SETTINGS, Templates>>;

type IdentifiedResource = ReturnType<typeof resourcesOf>[number];

function only(templates: Templates, type: string, has: (r: Resource) => boolean = () => true): IdentifiedResource {
  const [resource, ...more] = resourcesOf(templates, type).filter(has);
  if (resource === undefined || more.length > 0) {
    throw new Error(`the templates have ${more.length + (resource === undefined ? 0 : 1)} such resources of ${type}`);
  }
  return resource;
}
const idOf = ({ id }: { readonly id: string }): string => id.split('.').at(-1) ?? '';
const ids = (templates: Templates, type: string, property: string, value: string): string => {
  const [resource] = resourcesOf(templates, type).filter((r) => r.Properties[property] === value);
  return resource === undefined ? `no ${value}` : idOf(resource);
};

test('a file without settings creates no resources for them', () => {
  const types = new Set(
    Object.values(synthesized.neither).flatMap((t) => Object.values(t.Resources).map((r) => r.Type)),
  );
  expect([...types].filter((type) => /InvocationLogging|CostAllocationTags|QueryDefinition/.test(type))).toEqual([]);
  // The boundary of the applications' roles always denies them use of the function.
  const text = JSON.stringify(synthesized.neither).replaceAll(/"[^"]*:function:dev_account-settings(:\*)?"/g, '');
  expect(text).not.toMatch(/account-settings|invocation-logs|\/invocations/);
});

test('the log keeps records as long as the file says and is encrypted with its own key', () => {
  for (const [name, RetentionInDays] of [
    ['logging', 90],
    ['content', 365],
  ] as const) {
    const templates = synthesized[name];
    const key = ids(templates, 'AWS::KMS::Key', 'Description', `Encrypts the log group ${LOG}`);
    expect(only(templates, 'AWS::Logs::LogGroup', (r) => r.Properties['LogGroupName'] === LOG).Properties).toEqual({
      LogGroupName: LOG,
      KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      RetentionInDays,
      Tags: TAGS,
    });
    const alias = 'alias/bedrock-access/dev/invocations';
    expect(only(templates, 'AWS::KMS::Alias', (r) => r.Properties['AliasName'] === alias).Properties).toEqual({
      AliasName: alias,
      TargetKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
    });
  }
});

test('the key is rotated, encrypts only this log, and is administered only by the account', () => {
  const key = only(synthesized.logging, 'AWS::KMS::Key', (r) => String(r.Properties['Description']).endsWith(LOG));
  expect(key.Properties).toEqual({
    Description: `Encrypts the log group ${LOG}`,
    EnableKeyRotation: true,
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AccountAdministers',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['kms:*'],
          Resource: '*',
        },
        {
          Sid: 'LogsOfThisGroup',
          Effect: 'Allow',
          Principal: { Service: 'logs.us-east-1.amazonaws.com' },
          Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          Resource: '*',
          Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': LOG_ARN } },
        },
      ],
    },
    Tags: TAGS,
  });
});

test('Bedrock writes with a role that may write only its stream, and only for this account and Region', () => {
  const role = only(synthesized.logging, 'AWS::IAM::Role', (r) => r.Properties['RoleName'] === 'dev_invocation-logs');
  const policy = ids(synthesized.logging, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', 'dev_invocation-logs-access');
  expect(role.Properties).toEqual({
    RoleName: 'dev_invocation-logs',
    Path: '/bedrock-access/dev/',
    PermissionsBoundary: { Ref: policy },
    ManagedPolicyArns: [{ Ref: policy }],
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Service',
          Effect: 'Allow',
          Principal: { Service: 'bedrock.amazonaws.com' },
          Action: ['sts:AssumeRole'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:bedrock:us-east-1:111122223333:*' },
          },
        },
      ],
    },
    Tags: TAGS,
  });
  expect(synthesized.logging['Foundation']?.Resources[policy]?.Properties['PolicyDocument']).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'WriteInvocations',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [`${LOG_ARN}:log-stream:aws/bedrock/modelinvocations`],
      },
    ],
  });
});

test.each([
  ['logging', false],
  ['content', true],
] as const)(
  'the setting of %s is created after log and role, and deleted before them and the function',
  (name, Content) => {
    const templates = synthesized[name];
    const setting = only(templates, 'Custom::BedrockAccessInvocationLogging');
    const lambda = ids(templates, 'AWS::Lambda::Function', 'FunctionName', 'dev_account-settings');
    expect(setting.Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [lambda, 'Arn'] },
      ServiceTimeout: 240,
      LogGroupName: LOG,
      RoleArn: ROLE_ARN,
      Content,
    });
    expect([...(setting.DependsOn ?? [])].sort()).toEqual(
      [
        ids(templates, 'AWS::IAM::Role', 'RoleName', 'dev_invocation-logs'),
        ids(templates, 'AWS::Logs::LogGroup', 'LogGroupName', LOG),
      ].sort(),
    );
    const Value = { 'Fn::GetAtt': [idOf(setting), 'Found'] };
    expect(templates['Foundation']?.['Outputs']).toMatchObject({ InvocationLogging: { Value } });
  },
);

test('the tags are those of this project and those that the file requires, each once', () => {
  const lambda = ids(synthesized.both, 'AWS::Lambda::Function', 'FunctionName', 'dev_account-settings');
  expect(only(synthesized.both, 'Custom::BedrockAccessCostAllocationTags').Properties).toEqual({
    ServiceToken: { 'Fn::GetAtt': [lambda, 'Arn'] },
    ServiceTimeout: 240,
    TagKeys: ['Application', 'BedrockAccess', 'CostCenter', 'Owner', 'team'],
  });
});

const INVOCATION_LOGGING = {
  Sid: 'InvocationLogging',
  Effect: 'Allow',
  Action: ['Get', 'Put', 'Delete'].map((verb) => `bedrock:${verb}ModelInvocationLoggingConfiguration`),
  Resource: ['*'],
};
const LET_BEDROCK_WRITE = {
  Sid: 'LetBedrockWrite',
  Effect: 'Allow',
  Action: ['iam:PassRole'],
  Resource: [ROLE_ARN],
  Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
};
const COST_ALLOCATION_TAGS = {
  Sid: 'CostAllocationTags',
  Effect: 'Allow',
  Action: ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
  Resource: ['*'],
};

test.each([
  ['logging', [INVOCATION_LOGGING, LET_BEDROCK_WRITE]],
  // If invocationLogging was just removed from the file, the setting is removed after this policy has changed.
  ['tags', [INVOCATION_LOGGING, COST_ALLOCATION_TAGS]],
  ['both', [INVOCATION_LOGGING, LET_BEDROCK_WRITE, COST_ALLOCATION_TAGS]],
] as const)('the function may do what %s needs, and nothing else', (name, statements) => {
  const policy = only(
    synthesized[name],
    'AWS::IAM::ManagedPolicy',
    (r) => r.Properties['ManagedPolicyName'] === 'dev_account-settings-access',
  );
  expect(policy.Properties['PolicyDocument']).toEqual({
    Version: '2012-10-17',
    Statement: [
      ...statements,
      {
        Sid: 'ReadOwnStack',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
        Resource: ['arn:aws:cloudformation:us-east-1:111122223333:stack/dev--Foundation/*'],
      },
      {
        Sid: 'WriteOwnLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_account-settings:*'],
      },
      {
        Sid: 'KeepFailedEvents',
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: ['arn:aws:sqs:us-east-1:111122223333:dev_dead-letters'],
      },
    ],
  });
});

test.each([
  ['logging', []],
  ['tags', ['rate(1 day)']],
  ['both', ['rate(1 day)']],
] as const)('a schedule calls the function only for tags: %s', (name, expressions) => {
  const rules = resourcesOf(synthesized[name], 'AWS::Events::Rule').filter(
    (r) => r.Properties['Name'] === 'dev_account-settings-schedule',
  );
  expect(rules.map((r) => r.Properties['ScheduleExpression'])).toEqual(expressions);
});

test('queries are in the stack of the log, but those about dollars are in the stack of the application whose profiles they name', () => {
  const names = (stack: string): readonly unknown[] =>
    resourcesOf({ [stack]: synthesized.logging[stack] ?? { Resources: {} } }, 'AWS::Logs::QueryDefinition').map((r) => {
      expect(r.Properties['LogGroupNames']).toEqual([LOG]);
      return r.Properties['Name'];
    });
  expect(names('Foundation')).toEqual(plans.logging.logging?.queries.map((query) => query.name));
  expect(names('shop')).toEqual(['bedrock-access/dev/shop/dollars by principal and profile']);
  const { QueryString } = only({ shop: synthesized.logging['shop'] ?? { Resources: {} } }, 'AWS::Logs::QueryDefinition')
    .Properties as { readonly QueryString: { readonly 'Fn::Join': readonly [string, readonly unknown[]] } };
  const [profile] = resourcesOf(synthesized.logging, 'AWS::Bedrock::ApplicationInferenceProfile').filter((r) =>
    r.id.startsWith('shop.'),
  );
  expect(QueryString['Fn::Join'][1].filter((part) => typeof part !== 'string')).toEqual([
    { 'Fn::GetAtt': [profile && idOf(profile), 'InferenceProfileArn'] },
  ]);
});

test.each(['logging', 'content', 'tags', 'both', 'neither'] as const)(
  'the templates are proven, and CloudFormation may deploy them: %s',
  (name) => {
    const plan = plans[name];
    const folder = sharedAssembly(plan);
    expect(proveAccess(plan, readTemplateAccount(folder, 'dev')).violations).toEqual([]);
    expect(proveExecution(plan, planExecutionPolicy(plan), readTemplateResources(folder, 'dev')).violations).toEqual(
      [],
    );
  },
  60_000,
);
