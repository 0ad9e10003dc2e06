import type { Account } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { accountArns } from '../finding/account-arns';
import { inAccount, ownPolicy, ownRole } from './arns';
import { INVOKE, type IntendedStatement, intentPolicy } from './intent-policy';

/** States what the limit function may do: assume the limit roles of applications, and read and undo budget actions. */
export function limitFunctionIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const action = inAccount(plan, 'budgets', `budget/${plan.environment}_*/action/*`);
  return [
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
 * States what a limit role may do: attach the denial to the application's principals, and detach it from any principal.
 */
export function limitRoleIntent(
  plan: AccessPlan,
  { name, roles, existingRoles, existingUsers }: ApplicationPlan,
): readonly IntendedStatement[] {
  const { environment } = plan;
  const iam = (rest: string): string => inAccount(plan, 'iam', rest);
  const policy = (end: string): string => ownPolicy(plan, `${environment}_${name}_${end}`);
  const theDenial = { ArnEquals: { 'iam:PolicyARN': policy('limit') } };
  const tries = (role: string): boolean =>
    [`${environment}_${name}_probe`, `${environment}_${name}_probe-policies`].includes(role);
  const denied = [
    ...roles.filter((r) => !tries(r.name)).map((r) => ownRole(plan, r.name)),
    ...existingRoles.flatMap((role) => [iam(`role/${role}`), iam(`role/*/${role}`)]),
    ...existingUsers.flatMap((user) => [iam(`user/${user}`), iam(`user/*/${user}`)]),
  ];
  return [
    {
      ...allow(`the denial of ${name} is attached`, ['iam:AttachRolePolicy', 'iam:AttachUserPolicy'], denied),
      Condition: theDenial,
    },
    {
      ...allow(
        `the denial of ${name} is detached`,
        ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
        [iam('role/*'), iam('user/*')],
      ),
      Condition: theDenial,
    },
    allow(
      `the principals with the denial or the access of ${name} are listed`,
      ['iam:ListEntitiesForPolicy'],
      [policy('limit'), policy('access-1')],
    ),
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
