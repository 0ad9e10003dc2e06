import type { Account } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { accountArns } from '../finding/account-arns';
import { inAccount, inRegion, ownPolicy, ownRole } from './arns';
import { INVOKE, type IntendedStatement, intentPolicy } from './intent-policy';

/**
 * States what the limit function may do: read limits, aliases and metrics, keep the states of limits, assume the limit
 * roles of applications, read and undo budget actions, and tell owners.
 */
export function limitFunctionIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const action = inAccount(plan, 'budgets', `budget/${plan.environment}_*/action/*`);
  const aliases = inRegion(plan, 'ssm', `parameter/bedrock-access/${plan.environment}`);
  const limits = `${aliases}.limits`;
  return [
    allow(
      'the limit function reads its stacks',
      ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
      [inRegion(plan, 'cloudformation', `stack/${plan.environment}--*/*`)],
    ),
    allow(
      'the limit function reads the aliases of its environment',
      ['ssm:GetParametersByPath'],
      [aliases, `${aliases}/*`],
    ),
    allow(
      'the limit function reads the limits and their states',
      ['ssm:GetParametersByPath', 'ssm:GetParameters'],
      [limits, `${limits}/*`],
    ),
    allow(
      'the limit function writes the states of limits',
      ['ssm:PutParameter', 'ssm:DeleteParameter'],
      [`${limits}/*.state`],
    ),
    allow('the limit function reads metrics', ['cloudwatch:GetMetricData'], ['*']),
    allow(
      'the limit function reserves its own concurrency',
      ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
      [inRegion(plan, 'lambda', `function:${plan.environment}_limit`)],
    ),
    allow('the limit function sees the limit of the account', ['lambda:GetAccountSettings'], ['*']),
    allow('the limit function tells owners', ['sns:Publish'], [inRegion(plan, 'sns', `${plan.environment}_alerts-*`)]),
    {
      ...allow(
        'the limit function encrypts what it tells, through SNS alone',
        ['kms:Decrypt', 'kms:GenerateDataKey*'],
        [inRegion(plan, 'kms', 'key/*')],
      ),
      Condition: { StringEquals: { 'kms:ViaService': `sns.${plan.region}.amazonaws.com` } },
    },
    allow('the limit function assumes the limit roles of applications', ['sts:AssumeRole'], [ownRole(plan, 'limit/*')]),
    allow(
      'the limit function lists policies and budget actions',
      ['iam:ListPolicies', 'budgets:DescribeBudgetActionsForAccount'],
      ['*'],
    ),
    allow(
      "the limit function follows and undoes the actions of the environment's budgets",
      ['DescribeBudgetAction', 'DescribeBudgetActionHistories', 'ExecuteBudgetAction'].map((a) => `budgets:${a}`),
      [action],
    ),
  ];
}

/**
 * States what a limit role may do: attach and detach the denial and the access policies of its application, on the
 * application's principals alone, and detach the denial from any principal.
 */
export function limitRoleIntent(
  plan: AccessPlan,
  { name, policies, roles, existingRoles, existingUsers }: ApplicationPlan,
): readonly IntendedStatement[] {
  const { environment } = plan;
  const iam = (rest: string): string => inAccount(plan, 'iam', rest);
  const policy = (end: string): string => ownPolicy(plan, `${environment}_${name}_${end}`);
  const own = [policy('limit'), ...policies.map((_, i) => policy(`access-${i + 1}`))];
  const tries = (role: string): boolean =>
    [`${environment}_${name}_probe`, `${environment}_${name}_probe-policies`].includes(role);
  const denied = [
    ...roles.filter((r) => !tries(r.name)).map((r) => ownRole(plan, r.name)),
    ...existingRoles.flatMap((role) => [iam(`role/${role}`), iam(`role/*/${role}`)]),
    ...existingUsers.flatMap((user) => [iam(`user/${user}`), iam(`user/*/${user}`)]),
  ];
  return [
    {
      ...allow(
        `the denial and the access of ${name} are attached to its principals and detached from them`,
        ['Attach', 'Detach'].flatMap((verb) => [`iam:${verb}RolePolicy`, `iam:${verb}UserPolicy`]),
        denied,
      ),
      Condition: { ArnEquals: { 'iam:PolicyARN': own } },
    },
    {
      ...allow(
        `the denial of ${name} is detached`,
        ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
        [iam('role/*'), iam('user/*')],
      ),
      Condition: { ArnEquals: { 'iam:PolicyARN': policy('limit') } },
    },
    allow(`the principals with the denial or the access of ${name} are listed`, ['iam:ListEntitiesForPolicy'], own),
  ];
}

/** States what a denial still allows: everything except calls of the application's own profiles. */
export function denialIntent(application: ApplicationPlan, account: Account): Policy {
  return intentPolicy(`the plan of the denial of ${application.name}`, [
    { Sid: 'everything else', Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    deniedCalls(application, account),
  ]);
}

/** States which calls are denied to all principals of an application while it is over its limit. */
export function deniedCalls({ name, generations }: ApplicationPlan, account: Account): IntendedStatement {
  const arnOf = accountArns(account);
  return {
    Sid: `${name} is over its limit`,
    Effect: 'Deny',
    Action: INVOKE,
    Resource: generations.map((g) => arnOf(g.profileArn)),
  };
}

function allow(Sid: string, Action: readonly string[], Resource: readonly string[]): IntendedStatement {
  return { Sid, Effect: 'Allow', Action, Resource };
}
