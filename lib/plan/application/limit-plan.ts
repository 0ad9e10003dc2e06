import { LIMIT_PARTS } from '../../../lambda/limit/store/limit-parameters';
import { accountArn, regionalArn } from '../../catalog/arn';
import type { ApplicationConfig } from '../../config/environment-schema';
import { limitFunctionArn, policyArn, roleArn, topicArn } from '../names/arns';
import { LIMIT_FOLDER, limitFunctionName, limitName, limitParameterName, type Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { GenerationPlan } from '../parts/generation-plan';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';
import { INVOKE_ACTIONS, type Statement, type TrustStatement } from '../parts/statement';

/** A parameter that holds the limit of an application, or a part of it. */
export interface LimitParameter {
  readonly name: string;
  readonly value: string;
}

/** The limit of an application with `atLimit: deny`. At the limit, all its principals are denied its profiles. */
export interface LimitPlan {
  /** Policy that denies the application's profiles. The template does not attach it. */
  readonly denial: PolicyPlan;
  /**
   * Role with which AWS Budgets and the limit function attach and detach the denial. The function also detaches the
   * access policies with it, and attaches them again, where the denial cannot be attached.
   */
  readonly role: ServiceRolePlan;
  /** Names of the roles that are denied: those of the application, and existing ones. */
  readonly roles: readonly string[];
  /** Names of the users that are denied. */
  readonly users: readonly string[];
  /** ARNs of the policies that grant the application's access. */
  readonly policyArns: readonly string[];
  /** What the limit function reads about the limit. */
  readonly parameters: readonly LimitParameter[];
  /**
   * Recipients of the notification that the budget action has denied the profiles. AWS Budgets requires at least one
   * and allows eleven.
   */
  readonly recipients: { readonly topicArn: string; readonly addresses: readonly string[] };
  readonly functionArn: string;
  /**
   * ARN of the alarm on daily cost, which calls the limit function.
   *
   * @default - none: the file sets no `alarms.dailyUsd`, and only the budget action denies
   */
  readonly alarmArn?: string;
}

/** Actual cost, in percent of the budget, at which the budget action denies. */
export const DENY_AT_PERCENT = 100;

/** The parts of an application's plan that decide its limit. */
interface LimitedApplication {
  readonly generations: readonly GenerationPlan[];
  readonly policies: readonly PolicyPlan[];
  readonly roles: readonly RolePlan[];
  readonly existingRoles: readonly string[];
  readonly existingUsers: readonly string[];
}

/** Decides the limit of an application. Returns `undefined` when its file does not set `atLimit: deny`. */
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
  const policyArns = policies.map((policy) => policy.arn);
  const names = { roles: [...own.map((role) => role.name), ...existingRoles], users: existingUsers };
  const dailyAlarmArn =
    alarms?.dailyUsd === undefined ? undefined : alarmArn(place, physicalName([environment, application, 'daily-usd']));
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
          // The denial covers profiles but no models, so that the same role can still call the same model for another
          // application.
          Sid: 'OverTheLimit',
          Effect: 'Deny',
          Action: INVOKE_ACTIONS,
          Resource: generations.map(({ profileArn }) => profileArn),
        },
      ],
    },
    role: planLimitRole(place, application, { denialArn: arn, denied, policyArns }),
    ...names,
    policyArns,
    parameters: limitParameters(limitParameterName(environment, application), {
      ...(dailyAlarmArn !== undefined && { dailyUsd: alarms?.dailyUsd, alarmArn: dailyAlarmArn }),
      topicArn: topicArn(place, owner),
      policyArns,
      ...names,
    }),
    recipients: { topicArn: topicArn(place, owner), addresses: budget.notify },
    functionArn: limitFunctionArn(place),
    ...(dailyAlarmArn !== undefined && { alarmArn: dailyAlarmArn }),
  };
}

/** Maximum length of a part. A standard parameter of the Parameter Store holds 4,096 characters. */
const PART_CHARACTERS = 4_000;

/** Cuts what the limit function reads into parameters. */
function limitParameters(name: string, limit: Readonly<Record<string, unknown>>): readonly LimitParameter[] {
  const text = JSON.stringify(limit);
  return LIMIT_PARTS.map((end, i) => ({
    name: `${name}${end}`,
    value: text.slice(i * PART_CHARACTERS, (i + 1) * PART_CHARACTERS),
  })).filter(({ value }) => value !== '');
}

/** Returns the ARN pattern of the alarms on daily cost of all applications. */
export function dailyAlarmArns(place: Place): string {
  return alarmArn(place, `${physicalName([place.environment])}_*_daily-usd`);
}

function alarmArn(place: Place, name: string): string {
  return regionalArn(place, 'cloudwatch', `alarm:${name}`);
}

/**
 * Decides the role that AWS Budgets and the limit function assume. It may attach the denial to the principals of one
 * application and, where there is no room for it, detach the application's own access policies from them and attach
 * them again. It may detach the denial from every principal. Otherwise the stack could not be deleted while the denial
 * is attached to a principal that has left the application, or to one that somebody attached it to by hand.
 */
function planLimitRole(
  place: Place,
  application: string,
  {
    denialArn,
    denied,
    policyArns,
  }: { readonly denialArn: string; readonly denied: readonly string[]; readonly policyArns: readonly string[] },
): ServiceRolePlan {
  const statements: readonly Statement[] = [
    {
      Sid: 'ChangeOwnPrincipals',
      Effect: 'Allow',
      Action: ['iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
      Resource: denied,
      Condition: { ArnEquals: { 'iam:PolicyARN': [denialArn, ...policyArns] } },
    },
    {
      Sid: 'DetachDenial',
      Effect: 'Allow',
      Action: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
      Resource: [accountArn(place, 'iam', 'role/*'), accountArn(place, 'iam', 'user/*')],
      Condition: { ArnEquals: { 'iam:PolicyARN': denialArn } },
    },
    {
      Sid: 'SeeCarriers',
      Effect: 'Allow',
      Action: ['iam:ListEntitiesForPolicy'],
      Resource: [denialArn, ...policyArns],
    },
  ];
  const planned = planServiceRole(place, {
    parts: [application, 'limit'],
    service: 'budgets.amazonaws.com',
    // AWS documents that the source ARN "must be" this one ("Cross-service confused deputy prevention", AWS Cost
    // Management User Guide).
    sourceArn: accountArn(place, 'budgets', 'budget/*'),
    folder: LIMIT_FOLDER,
    statements,
  });
  return { ...planned, trust: [...planned.trust, trustOfLimitFunction(place)] };
}

/** Trusts the account, but in it only the role of the limit function. */
function trustOfLimitFunction(place: Place): TrustStatement {
  return {
    Sid: 'LimitFunctionAlone',
    Effect: 'Allow',
    Principal: { AWS: accountArn(place, 'iam', 'root') },
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(place, limitFunctionName(place.environment)) } },
  };
}

/**
 * Returns the ARNs of an existing role or user. Its path is unknown, but its name is unique in the account whatever its
 * path.
 */
function anyPath(place: Place, kind: 'role' | 'user', name: string): readonly string[] {
  return [name, `*/${name}`].map((end) => accountArn(place, 'iam', `${kind}/${end}`));
}
