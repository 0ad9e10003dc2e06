import { accountArn, regionalArn } from '../../catalog/arn';
import type { ApplicationConfig } from '../../config/environment-schema';
import { limitFunctionArn, policyArn, roleArn, topicArn } from '../names/arns';
import { LIMIT_FOLDER, limitFunctionName, limitName, type Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { GenerationPlan } from '../parts/generation-plan';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';
import { INVOKE_ACTIONS, type Statement, type TrustStatement } from '../parts/statement';

/** What happens to an application at its limit, with `atLimit: deny`: everybody who may call its profiles is denied them. */
export interface LimitPlan {
  /** Denies the application's profiles. The template attaches it to nobody. */
  readonly denial: PolicyPlan;
  /** Attaches and detaches the denial, for AWS Budgets and for the limit function, and does nothing else. */
  readonly role: ServiceRolePlan;
  /** Names of the roles that are denied: those of the application, and those that exist already. */
  readonly roles: readonly string[];
  /** Names of the users that are denied. */
  readonly users: readonly string[];
  /** Who is told that the budget's action denied: AWS Budgets asks for one at least, and takes eleven. */
  readonly told: { readonly topicArn: string; readonly addresses: readonly string[] };
  readonly functionArn: string;
  /**
   * The alarm on a day's dollars, which calls the limit function.
   *
   * @default - the file sets no `alarms.dailyUsd`: the budget alone denies
   */
  readonly alarmArn?: string;
}

/** Percent of the budget, of what was spent, at which its action denies. */
export const DENY_AT_PERCENT = 100;

/** What of an application decides about its limit. */
interface LimitedApplication {
  readonly generations: readonly GenerationPlan[];
  readonly policies: readonly PolicyPlan[];
  readonly roles: readonly RolePlan[];
  readonly existingRoles: readonly string[];
  readonly existingUsers: readonly string[];
}

/** Decides the limit of an application, or `undefined` where its file asks for none. */
export function planLimit(
  place: Place,
  application: string,
  { budget, alarms, owner }: Pick<ApplicationConfig, 'budget' | 'alarms' | 'owner'>,
  { generations, policies, roles, existingRoles, existingUsers }: LimitedApplication,
): LimitPlan | undefined {
  if (budget?.atLimit !== 'deny') {
    return undefined;
  }
  const { environment } = place;
  const name = limitName(environment, application);
  const arn = policyArn(place, name);
  const own = roles.filter(({ principal }) => principal.kind !== 'probe');
  const denied = [
    ...own.map((role) => role.arn),
    ...existingRoles.flatMap((role) => anyPath(place, 'role', role)),
    ...existingUsers.flatMap((user) => anyPath(place, 'user', user)),
  ];
  return {
    denial: {
      name,
      arn,
      statements: [
        {
          // The profiles and no model: another application of the same role goes on calling the same model.
          Sid: 'OverTheLimit',
          Effect: 'Deny',
          Action: INVOKE_ACTIONS,
          Resource: generations.map(({ profileArn }) => profileArn),
        },
      ],
    },
    role: planLimitRole(place, application, arn, denied, policies[0]?.arn ?? ''),
    roles: [...own.map((role) => role.name), ...existingRoles],
    users: existingUsers,
    told: { topicArn: topicArn(place, owner), addresses: budget.notify },
    functionArn: limitFunctionArn(place),
    ...(alarms?.dailyUsd !== undefined && {
      alarmArn: alarmArn(place, physicalName([environment, application, 'daily-usd'])),
    }),
  };
}

/** ARN of the alarms on the day's dollars of all applications. */
export function dailyAlarmArns(place: Place): string {
  return alarmArn(place, `${physicalName([place.environment])}_*_daily-usd`);
}

function alarmArn(place: Place, name: string): string {
  return regionalArn(place, 'cloudwatch', `alarm:${name}`);
}

/**
 * The role that AWS Budgets and the limit function become. It attaches one policy to the principals of one application. It
 * detaches that policy from whoever carries it: somebody who left the application, or got it by hand, must be no reason
 * that the stack cannot be deleted.
 */
function planLimitRole(
  place: Place,
  application: string,
  denialArn: string,
  denied: readonly string[],
  accessArn: string,
): ServiceRolePlan {
  const denial = { ArnEquals: { 'iam:PolicyARN': denialArn } };
  const statements: readonly Statement[] = [
    {
      Sid: 'AttachDenial',
      Effect: 'Allow',
      Action: ['iam:AttachRolePolicy', 'iam:AttachUserPolicy'],
      Resource: denied,
      Condition: denial,
    },
    {
      Sid: 'DetachDenial',
      Effect: 'Allow',
      Action: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
      Resource: [accountArn(place, 'iam', 'role/*'), accountArn(place, 'iam', 'user/*')],
      Condition: denial,
    },
    { Sid: 'SeeCarriers', Effect: 'Allow', Action: ['iam:ListEntitiesForPolicy'], Resource: [denialArn, accessArn] },
  ];
  const planned = planServiceRole(place, {
    parts: [application, 'limit'],
    service: 'budgets.amazonaws.com',
    // AWS documents that it "must be" this one ("Cross-service confused deputy prevention", AWS Cost Management User Guide).
    sourceArn: accountArn(place, 'budgets', 'budget/*'),
    folder: LIMIT_FOLDER,
    statements,
  });
  return { ...planned, trust: [...planned.trust, trustOfLimitFunction(place)] };
}

/** The account is trusted, and in it the limit function's role alone. */
function trustOfLimitFunction(place: Place): TrustStatement {
  return {
    Sid: 'LimitFunctionAlone',
    Effect: 'Allow',
    Principal: { AWS: accountArn(place, 'iam', 'root') },
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(place, limitFunctionName(place.environment)) } },
  };
}

/** What exists already has a path that is not known; one name exists once, whatever its path. */
function anyPath(place: Place, kind: 'role' | 'user', name: string): readonly string[] {
  return [name, `*/${name}`].map((end) => accountArn(place, 'iam', `${kind}/${end}`));
}
