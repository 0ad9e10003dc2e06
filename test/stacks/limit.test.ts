import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGIONS_WITHOUT_BUDGETS } from '../../lib/catalog/region';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { application, planOf } from '../plan/environments';
import { limitedPlan } from '../proof/access/limited-account';
import { deploymentOf, proofWith } from '../proof/deployment/execution-deployment';
import { sharedAssembly } from './shared-assembly';
import { type Resource, resourcesOf, templatesOf } from './synthesized';

const templates = templatesOf(limitedPlan);
const shop = templates['shop']?.Resources ?? {};

/** Returns the only resource of a type in the stack of the shop, with its logical id. */
function only(type: string, named = ''): readonly [id: string, resource: Resource] {
  const entries = Object.entries(shop).filter(
    ([, r]) => r.Type === type && JSON.stringify(r.Properties).includes(named),
  );
  expect(entries).toHaveLength(1);
  return entries[0] ?? ['', { Type: '', Properties: {} }];
}

const untagged = ({ Tags: _, ResourceTags: __, ...properties }: Resource['Properties']) => properties;
const dependencies = (id: string): readonly string[] => [shop[id]?.DependsOn ?? []].flat();

const [denialId, denial] = only('AWS::IAM::ManagedPolicy', '"dev_shop_limit"');
const [boundaryId, boundary] = only('AWS::IAM::ManagedPolicy', '"dev_shop_limit-access"');
const [roleId, role] = only('AWS::IAM::Role', '"dev_shop_limit"');
const [detachmentId, detachment] = only('Custom::BedrockAccessDenial');
const [actionId, action] = only('AWS::Budgets::BudgetsAction');
const [budgetId] = only('AWS::Budgets::Budget');

const IAM = 'arn:aws:iam::111122223333:';
const DENIAL = `${IAM}policy/bedrock-access/dev/dev_shop_limit`;
const ACCESS = `${IAM}policy/bedrock-access/dev/dev_shop_access-1`;
const LIMIT = 'arn:aws:lambda:us-east-1:111122223333:function:dev_limit';

test("the denial denies calls of the application's own profiles, and the template attaches it to no principal", () => {
  const profiles = Object.entries(shop).filter(([, r]) => r.Type === 'AWS::Bedrock::ApplicationInferenceProfile');
  expect(profiles).toHaveLength(2);
  expect(untagged(denial.Properties)).toEqual({
    ManagedPolicyName: 'dev_shop_limit',
    Path: '/bedrock-access/dev/',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OverTheLimit',
          Effect: 'Deny',
          Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
          Resource: profiles.map(([id]) => ({ 'Fn::GetAtt': [id, 'InferenceProfileArn'] })),
        },
      ],
    },
  });
});

test('its role may change only the denial and the access, and only on the principals of the application', () => {
  const one = { ArnEquals: { 'iam:PolicyARN': DENIAL } };
  expect(untagged(boundary.Properties)).toEqual({
    ManagedPolicyName: 'dev_shop_limit-access',
    Path: '/bedrock-access/dev/',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ChangeOwnPrincipals',
          Effect: 'Allow',
          Action: ['iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
          Resource: [
            `${IAM}role/bedrock-access/dev/dev_shop_lambda`,
            `${IAM}role/shared-api`,
            `${IAM}role/*/shared-api`,
            `${IAM}user/alice`,
            `${IAM}user/*/alice`,
          ],
          Condition: { ArnEquals: { 'iam:PolicyARN': [DENIAL, ACCESS] } },
        },
        {
          Sid: 'DetachDenial',
          Effect: 'Allow',
          Action: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
          Resource: [`${IAM}role/*`, `${IAM}user/*`],
          Condition: one,
        },
        {
          Sid: 'SeeCarriers',
          Effect: 'Allow',
          Action: ['iam:ListEntitiesForPolicy'],
          Resource: [DENIAL, ACCESS],
        },
      ],
    },
  });
  expect(untagged(role.Properties)).toEqual({
    RoleName: 'dev_shop_limit',
    Path: '/bedrock-access/dev/limit/',
    PermissionsBoundary: { Ref: boundaryId },
    ManagedPolicyArns: [{ Ref: boundaryId }],
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Service',
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Action: ['sts:AssumeRole'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111122223333:budget/*' },
          },
        },
        {
          Sid: 'LimitFunctionAlone',
          Effect: 'Allow',
          Principal: { AWS: `${IAM}root` },
          Action: ['sts:AssumeRole'],
          Condition: { ArnEquals: { 'aws:PrincipalArn': `${IAM}role/bedrock-access/dev/dev_limit` } },
        },
      ],
    },
  });
});

test('the budget action attaches the denial automatically when 100 percent of the budget is spent', () => {
  expect(untagged(action.Properties)).toEqual({
    BudgetName: limitedPlan.applications.find((a) => a.name === 'shop')?.budget?.name,
    NotificationType: 'ACTUAL',
    ActionThreshold: { Type: 'PERCENTAGE', Value: 100 },
    ActionType: 'APPLY_IAM_POLICY',
    ApprovalModel: 'AUTOMATIC',
    ExecutionRoleArn: `${IAM}role/bedrock-access/dev/limit/dev_shop_limit`,
    Definition: {
      IamActionDefinition: { PolicyArn: DENIAL, Roles: ['dev_shop_lambda', 'shared-api'], Users: ['alice'] },
    },
    Subscribers: [
      { Type: 'SNS', Address: 'arn:aws:sns:us-east-1:111122223333:dev_alerts-0a1b2c' },
      { Type: 'EMAIL', Address: 'team@example.com' },
    ].map((s) => (s.Type === 'SNS' ? { ...s, Address: expect.stringMatching(/:dev_alerts-[0-9a-f]{6}$/) } : s)),
  });
});

test('one permission lets the alarms of all applications call the function', () => {
  const alarms = resourcesOf(templates, 'AWS::Lambda::Permission').filter(
    (r) => r.Properties['Principal'] === 'lambda.alarms.cloudwatch.amazonaws.com',
  );
  expect(alarms.map((r) => [r.id.split('.')[0], r.Properties])).toEqual([
    [
      'Foundation',
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/limit/), 'Arn'] },
        Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
        SourceAccount: '111122223333',
        SourceArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_*_daily-usd',
      },
    ],
  ]);
});

test('the custom resource of the denial names its principals', () => {
  expect(detachment.Properties).toEqual({
    ServiceToken: LIMIT,
    ServiceTimeout: 960,
    Application: 'shop',
    Roles: ['dev_shop_lambda', 'shared-api'],
    Users: ['alice'],
    Policies: [ACCESS],
  });
});

test('a parameter tells the limit function about the limit, and exists only while the denial can be lifted', () => {
  const [id, parameter] = only('AWS::SSM::Parameter', '"/bedrock-access/dev.limits/shop"');
  expect(JSON.parse(String(parameter.Properties['Value']))).toEqual({
    dailyUsd: 40,
    alarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_shop_daily-usd',
    topicArn: expect.stringMatching(/^arn:aws:sns:us-east-1:111122223333:dev_alerts-[0-9a-f]{6}$/),
    policyArns: [ACCESS],
    roles: ['dev_shop_lambda', 'shared-api'],
    users: ['alice'],
  });
  expect(dependencies(id)).toEqual([detachmentId]);
});

test('a limit with many principals is cut into parameters that the Parameter Store accepts', () => {
  const principals = Array.from({ length: 90 }, (_, i) => ({ user: `${'a-long-name-of-a-user-'.repeat(2)}${i}` }));
  const budget = { monthlyUsd: 100, alerts: [80], notify: ['team@example.com'], atLimit: 'deny' };
  const [one] = planOf({ shop: application({ principals, budget }) }).applications;
  const parameters = one?.limit?.parameters ?? [];
  expect(parameters.map(({ name }) => name)).toEqual([
    '/bedrock-access/dev.limits/shop',
    '/bedrock-access/dev.limits/shop.2',
  ]);
  expect(parameters.every(({ value }) => value.length <= 4_096)).toBe(true);
  expect(JSON.parse(parameters.map(({ value }) => value).join('')).users).toHaveLength(90);
});

test('the alarm on daily dollars calls the function, whose name tells the application', () => {
  const [alarmId, alarm] = only('AWS::CloudWatch::Alarm', '"dev_shop_daily-usd"');
  expect(alarm.Properties['AlarmActions']).toEqual([
    expect.stringMatching(/^arn:aws:sns:us-east-1:111122223333:dev_alerts-/),
    LIMIT,
  ]);
  expect(alarm.Properties['Dimensions']).toEqual([
    { Name: 'Environment', Value: 'dev' },
    { Name: 'Application', Value: 'shop' },
  ]);
  expect(dependencies(alarmId)).toContain(detachmentId);
});

test('a deletion first removes what makes a denial, then puts everything back, then deletes policies and roles', () => {
  expect([...dependencies(actionId)].sort()).toEqual([budgetId, detachmentId].sort());
  const roles = Object.entries(shop).flatMap(([id, r]) => (r.Type === 'AWS::IAM::Role' ? [id] : []));
  expect(roles).toContain(roleId);
  const [accessId] = only('AWS::IAM::ManagedPolicy', '"dev_shop_access-1"');
  expect([...dependencies(detachmentId)].sort()).toEqual([accessId, denialId, ...roles].sort());
});

test('an application without alarms.dailyUsd is denied only by its budget', () => {
  const search = Object.values(templates['search']?.Resources ?? {}).map((r) => r.Type);
  expect(search).toContain('AWS::Budgets::BudgetsAction');
  expect(search).not.toContain('AWS::Lambda::Permission');
});

test('an application with atLimit: notify has no denial and no budget action', () => {
  const types = Object.values(templates['chat']?.Resources ?? {}).map((r) => r.Type);
  expect(types.filter((t) => t === 'Custom::BedrockAccessDenial' || t.startsWith('AWS::Budgets'))).toEqual([]);
});

test('the function exists once, and its schedule calls it every five minutes', () => {
  const functions = resourcesOf(templates, 'AWS::Lambda::Function').map((r) => r.Properties['FunctionName']);
  expect(functions.filter((name) => name === 'dev_limit')).toEqual(['dev_limit']);
  const rule = resourcesOf(templates, 'AWS::Events::Rule').find((r) => r.Properties['Name'] === 'dev_limit-schedule');
  expect(rule?.Properties['ScheduleExpression']).toBe('rate(5 minutes)');
  expect(rule?.Properties['Targets']).toEqual([{ Id: 'Function', Arn: LIMIT, Input: '{"scheduled":true}' }]);
});

test('the function stays when the last denial is removed from the file, because it still detaches that denial', () => {
  const after = templatesOf(planOf({ chat: application() }));
  const functions = resourcesOf(after, 'AWS::Lambda::Function').map((r) => r.Properties['FunctionName']);
  expect(functions).toContain('dev_limit');
});

test('in a Region without budgets the action is in the stack of its budget, in us-east-1', () => {
  const [region = ''] = REGIONS_WITHOUT_BUDGETS;
  const budget = { monthlyUsd: 100, alerts: [80], notify: ['team@example.com'], atLimit: 'deny' };
  const model = { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' };
  const there = templatesOf(planOf({ shop: application({ models: { main: model }, budget }) }, { region }));
  expect(resourcesOf(there, 'AWS::Budgets::BudgetsAction').map((r) => r.id.split('.')[0])).toEqual(['Billing']);
  expect(resourcesOf(there, 'Custom::BedrockAccessDenial').map((r) => r.id.split('.')[0])).toEqual(['shop']);
});

test('CloudFormation may deploy all these resources and no others', () => {
  const deployment = deploymentOf(limitedPlan);
  expect(proofWith(deployment, deployment.policy.statements).violations).toEqual([]);
});

/** Returns the names of the stacks at which the CDK CLI prints that nobody has seen the tag active. */
function stacksWithWarning(plan: AccessPlan): readonly string[] {
  const stage = join(sharedAssembly(plan), `assembly-${plan.environment}`);
  const text = readdirSync(stage)
    .filter((file) => /manifest\.json$|metadata\.json$/.test(file))
    .map((file) => readFileSync(join(stage, file), 'utf8'))
    .join('\n');
  return [
    ...text.matchAll(/the budgets of (\S+) show \$0 and deny nobody; [^"]*\[ack: bedrock-access:unseen-activation\]/g),
  ]
    .map(([, name = '']) => name)
    .sort();
}

test('every deployment says that nobody has seen the tag active, at the stacks that depend on it', () => {
  expect(stacksWithWarning(limitedPlan)).toEqual(['search', 'shop']);
});

test.each(['active', 'activate'])(
  'with costAllocationTags: %s a deployment says nothing about activation',
  (setting) => {
    const budget = { monthlyUsd: 100, notify: ['team@example.com'], atLimit: 'deny' };
    expect(stacksWithWarning(planOf({ shop: application({ budget }) }, { costAllocationTags: setting }))).toEqual([]);
  },
);
