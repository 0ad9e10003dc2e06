import type { Account, WholeResource } from '../../../lib/account/account';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { type MutableStatement, statement, withPolicy, withTrust } from '../mutations/mutated-account';

const plan = planOf({ shop: application() }, { invocationLogging: {}, costAllocationTags: 'activate' });
const account = readTemplateAccount(sharedAssembly(plan), 'dev');
const SETTINGS = 'dev_account-settings-access';
const LOGS = 'dev_invocation-logs-access';
const LOGS_ROLE = 'dev_invocation-logs';

const changing =
  (sid: string, elements: Partial<MutableStatement>) =>
  (statements: MutableStatement[]): void => {
    Object.assign(statement(statements, sid), elements);
  };
const adding = (Action: string[], Resource: string[]) => (statements: MutableStatement[]) => {
  statements.push({ Sid: 'Extra', Effect: 'Allow', Action, Resource });
};
const removing = (sid: string) => (statements: MutableStatement[]) => {
  statements.splice(statements.indexOf(statement(statements, sid)), 1);
};

/** Changes or removes the only resource of a type that names the function of account settings. */
function withCaller(type: string, change: (t: WholeResource) => WholeResource | undefined): Account {
  const target = account.wholeResources.filter((t) => t.type === type && /settings/.test(JSON.stringify(t.properties)));
  if (target.length !== 1) {
    throw new Error(`the account has ${target.length} of ${type}: the mutation would change nothing`);
  }
  return {
    ...account,
    wholeResources: account.wholeResources.flatMap((t) => (t === target[0] ? (change(t) ?? []) : [t])),
  };
}
const properties =
  (changes: Readonly<Record<string, unknown>>) =>
  (t: WholeResource): WholeResource => ({ ...t, properties: { ...t.properties, ...changes } });

/** Changes the encryption key of the log. */
function withKey(
  change: (properties: WholeResource['properties']) => WholeResource['properties'] | undefined,
): Account {
  return withWhole('Alias', 'alias/bedrock-access/dev/invocations', change);
}

/** Changes the log of calls. */
function withLog(
  change: (properties: WholeResource['properties']) => WholeResource['properties'] | undefined,
): Account {
  return withWhole('LogGroupName', '/bedrock-access/dev/invocations', change);
}

function withWhole(
  property: string,
  value: string,
  change: (properties: WholeResource['properties']) => WholeResource['properties'] | undefined,
): Account {
  const target = account.wholeResources.find((a) => a.properties[property] === value);
  if (target === undefined) {
    throw new Error(`the account has no ${value}: the mutation would change nothing`);
  }
  const changed = change(target.properties);
  const others = account.wholeResources.filter((a) => a !== target);
  return {
    ...account,
    wholeResources: changed === undefined ? others : [...others, { ...target, properties: changed }],
  };
}
const inKey =
  (sid: string, change: Readonly<Record<string, unknown>>) =>
  (properties: WholeResource['properties']): WholeResource['properties'] => {
    const { Statement } = properties['KeyPolicy'] as { readonly Statement: readonly { readonly Sid: string }[] };
    const changed = Statement.map((s) => (s.Sid === sid ? { ...s, ...change } : s));
    return { ...properties, KeyPolicy: { Version: '2012-10-17', Statement: changed } };
  };

const LOGGING = 'Custom::BedrockAccessInvocationLogging';
const TAGS = 'Custom::BedrockAccessCostAllocationTags';
const RULE = 'AWS::Events::Rule';

const CASES: readonly (readonly [title: string, changed: Account, kind: string, message: RegExp])[] = [
  [
    'the function may pass any role',
    withPolicy(account, SETTINGS, changing('LetBedrockWrite', { Resource: ['arn:aws:iam::111122223333:role/*'] })),
    'excess',
    /may iam:PassRole on .*LetBedrockWrite; the environment file does not ask for this$/,
  ],
  [
    'the function may pass the role to another service',
    withPolicy(account, SETTINGS, (statements) => {
      delete statement(statements, 'LetBedrockWrite').Condition;
    }),
    'excess',
    /may iam:PassRole on .*LetBedrockWrite/,
  ],
  [
    'the function may change other settings',
    withPolicy(account, SETTINGS, adding(['bedrock:*'], ['*'])),
    'excess',
    /role dev_account-settings .*Extra/,
  ],
  [
    'the function may begin a backfill of billing',
    withPolicy(account, SETTINGS, adding(['ce:StartCostAllocationTagBackfill'], ['*'])),
    'excess',
    /role dev_account-settings may ce:StartCostAllocationTagBackfill /,
  ],
  [
    'the function may not remove the setting',
    withPolicy(
      account,
      SETTINGS,
      changing('InvocationLogging', {
        Action: ['bedrock:GetModelInvocationLoggingConfiguration', 'bedrock:PutModelInvocationLoggingConfiguration'],
      }),
    ),
    'missing',
    /bedrock:DeleteModelInvocationLoggingConfiguration/,
  ],
  [
    'the function may not activate tags',
    withPolicy(account, SETTINGS, removing('CostAllocationTags')),
    'missing',
    /role dev_account-settings may not ce:ListCostAllocationTags .*intends that cost allocation tags are activated/,
  ],
  [
    'the function may change policies',
    withPolicy(account, SETTINGS, adding(['iam:CreatePolicyVersion'], ['*'])),
    'escalation',
    /role dev_account-settings may iam:CreatePolicyVersion/,
  ],
  [
    'the role of the log may write every log',
    withPolicy(account, LOGS, changing('WriteInvocations', { Resource: ['*'] })),
    'excess',
    /role dev_invocation-logs may logs:\w+/,
  ],
  [
    'the role of the log may read it',
    withPolicy(account, LOGS, adding(['logs:GetLogEvents'], ['*'])),
    'excess',
    /role dev_invocation-logs may logs:GetLogEvents /,
  ],
  [
    'the role of the log may pass any role',
    withPolicy(account, LOGS, adding(['iam:PassRole'], ['*'])),
    'escalation',
    /role dev_invocation-logs may iam:PassRole/,
  ],
  [
    'Bedrock may assume the role for another account',
    withTrust(account, LOGS_ROLE, (statements) => {
      delete statement(statements, 'Service').Condition?.['StringEquals'];
    }),
    'trust',
    /bedrock\.amazonaws\.com.* can assume role dev_invocation-logs/,
  ],
  [
    'Bedrock may assume the role for another Region',
    withTrust(account, LOGS_ROLE, (statements) => {
      delete statement(statements, 'Service').Condition?.['ArnLike'];
    }),
    'trust',
    /bedrock\.amazonaws\.com.* can assume role dev_invocation-logs/,
  ],
  [
    'another service may assume the role of the log',
    withTrust(account, LOGS_ROLE, changing('Service', { Principal: { Service: 'lambda.amazonaws.com' } })),
    'trust',
    /assume role dev_invocation-logs/,
  ],
  [
    'content is logged though the file does not ask for it',
    withCaller(LOGGING, properties({ Content: true })),
    'resource',
    /the templates have a resource of type Custom::BedrockAccessInvocationLogging that is not in the plan: .*"Content":true/,
  ],
  [
    'calls are logged to another log',
    withCaller(LOGGING, properties({ LogGroupName: '/elsewhere' })),
    'resource',
    /the templates have a resource of type Custom::BedrockAccessInvocationLogging that is not in the plan: .*\/elsewhere/,
  ],
  [
    'another function sets the logging',
    withCaller(LOGGING, properties({ ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:other' })),
    'resource',
    /the templates have a resource of type Custom::BedrockAccessInvocationLogging that is not in the plan: .*function:other/,
  ],
  [
    'no function sets the logging',
    withCaller(LOGGING, () => undefined),
    'resource',
    /^invocation logging: the templates lack the Custom::BedrockAccessInvocationLogging of the plan/,
  ],
  [
    'other tags are activated',
    withCaller(TAGS, properties({ TagKeys: ['Application'] })),
    'resource',
    /the templates have a resource of type Custom::BedrockAccessCostAllocationTags that is not in the plan/,
  ],
  [
    'CloudWatch Logs may use the key for every log',
    withKey(inKey('LogsOfThisGroup', { Condition: undefined })),
    'resource',
    /^alias\/bedrock-access\/dev\/invocations: the templates have a resource of type AWS::KMS::Key that is not in the plan/,
  ],
  [
    'everybody may use the key of the log',
    withKey(inKey('LogsOfThisGroup', { Principal: '*' })),
    'resource',
    /the templates have a resource of type AWS::KMS::Key that is not in the plan/,
  ],
  [
    'CloudWatch Logs administers the key of the log',
    withKey(inKey('LogsOfThisGroup', { Action: ['kms:*'] })),
    'resource',
    /the templates have a resource of type AWS::KMS::Key that is not in the plan/,
  ],
  [
    'the key of the log is not rotated',
    withKey((properties) => ({ ...properties, EnableKeyRotation: false })),
    'resource',
    /the templates have a resource of type AWS::KMS::Key that is not in the plan/,
  ],
  [
    'the log is not encrypted',
    withLog(({ KmsKeyId: _, ...log }) => log),
    'resource',
    /the templates have a resource of type AWS::Logs::LogGroup that is not in the plan/,
  ],
  [
    'the log is encrypted with another key',
    withLog((log) => ({ ...log, KmsKeyId: 'alias/bedrock-access/dev/alerts' })),
    'resource',
    /the templates have a resource of type AWS::Logs::LogGroup that is not in the plan/,
  ],
  [
    'the log is kept for longer',
    withLog((log) => ({ ...log, RetentionInDays: 3653 })),
    'resource',
    /the templates have a resource of type AWS::Logs::LogGroup that is not in the plan/,
  ],
  ['there is no log', withLog(() => undefined), 'resource', /the templates lack the AWS::Logs::LogGroup of the plan/],
  [
    'the log has no key',
    withKey(() => undefined),
    'resource',
    /^alias\/bedrock-access\/dev\/invocations: the templates lack the AWS::KMS::Key of the plan/,
  ],
  [
    'no schedule calls the function',
    withCaller(RULE, () => undefined),
    'resource',
    /^dev_account-settings-schedule: the templates lack the AWS::Events::Rule of the plan/,
  ],
];

test('the account that is synthesized is proven', () => {
  expect(proveAccess(plan, account).violations).toEqual([]);
});

test.each(CASES)('the proof fails if %s', (_, changed, kind, message) => {
  const { violations } = proveAccess(plan, changed);
  expect(violations.map((v) => v.kind)).toContain(kind);
  const first = violations.find((v) => v.kind === kind);
  expect(first?.message).toMatch(message);
});
