import { principalName } from '../../lib/config/principals/principal-schema';
import type { ApplicationPlan } from '../../lib/plan/application/application-plan';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { iamPath } from '../../lib/plan/names/names';
import type { AlarmPlan } from '../../lib/plan/parts/alarm-plan';
import type { GenerationPlan } from '../../lib/plan/parts/generation-plan';
import { profileIdOf, resolveProfiles } from '../../lib/plan/parts/profile-reference';
import type { BoundaryPlan, PolicyPlan, RolePlan } from '../../lib/plan/parts/role-plan';
import type { ServiceRolePlan } from '../../lib/plan/parts/service-role-plan';
import { policyDocument } from '../../lib/plan/parts/statement';
import type { Properties } from './account-state';

type Named = Readonly<Record<string, Properties>>;

/** An application's policies, the roles and users that they are attached to, and the tags of its resources. */
interface Carried {
  readonly policies: readonly (PolicyPlan | BoundaryPlan)[];
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** Returns the planned resources of an environment, by type and name, independently of the templates. */
export function plannedState(plan: AccessPlan, profileArn: (profileName: string) => string) {
  const path = iamPath(plan.environment);
  const withArns = <T>(value: T): T => resolveProfiles(value, profileArn);

  const policies = ({ policies, roles, users }: Carried): Named =>
    Object.fromEntries(
      policies.map(({ name, statements }) => [
        name,
        {
          ManagedPolicyName: name,
          Path: path,
          PolicyDocument: withArns(policyDocument(statements)),
          Roles: roles.toSorted(),
          Users: users.toSorted(),
        },
      ]),
    );
  const unattached = (...policyPlans: readonly BoundaryPlan[]): Named =>
    policies({ policies: policyPlans, roles: [], users: [] });

  return {
    policies: {
      ...unattached(plan.boundary, plan.probeBoundary, ...plan.functions.map(({ role }) => role.boundary)),
      ...Object.assign(
        {},
        ...plan.functions.map(({ role }) => policies({ policies: [role.policy], roles: [role.name], users: [] })),
        ...plan.applications.map((a) => policies(carried(a))),
      ),
    } as Named,
    roles: {
      ...byName(
        plan.functions.map(({ role }) => role),
        ({ name }) => name,
        (role) => plannedServiceRole(role, plan.tags),
      ),
      ...Object.assign(
        {},
        ...plan.applications.map((a) =>
          byName(
            a.roles,
            (role) => role.name,
            (role) => plannedRole(a, role),
          ),
        ),
      ),
    } as Named,
    profiles: {
      ...byName([plan.decoy], nameOf, (decoy) => plannedProfile(decoy, plan.tags)),
      ...Object.assign(
        {},
        ...plan.applications.map((a) => byName(a.generations, nameOf, (g) => plannedProfile(g, a.tags))),
      ),
    } as Named,
    parameters: Object.assign({}, ...plan.applications.map((a) => plannedParameters(a, withArns))) as Named,
    rules: {
      ...byName(
        plan.functions.flatMap(({ schedule }) => schedule ?? []),
        ({ ruleName }) => ruleName,
        ({ expression }) => ({ ScheduleExpression: expression, State: 'ENABLED', Tags: plan.tags }),
      ),
    } as Named,
    alarms: {
      ...byName(plan.alarms, alarmName, (alarm) => plannedAlarm(alarm, plan.tags)),
      ...Object.assign(
        {},
        ...plan.applications.map((a) => byName(a.alarms, alarmName, (alarm) => plannedAlarm(alarm, a.tags))),
      ),
    } as Named,
    functions: {
      ...byName(
        plan.functions,
        ({ functionName }) => functionName,
        ({ variables }) => ({ Environment: { Variables: withArns(variables) }, Tags: plan.tags }),
      ),
    } as Named,
  };
}

function plannedServiceRole(role: ServiceRolePlan, tags: AccessPlan['tags']): Properties {
  return {
    RoleName: role.name,
    Path: role.path,
    Description: '',
    AssumeRolePolicyDocument: policyDocument(role.trust),
    PermissionsBoundary: role.boundary.arn,
    ManagedPolicyArns: [role.policy.arn],
    Policies: [],
    Tags: tags,
  };
}

function byName<T>(plans: readonly T[], name: (plan: T) => string, properties: (plan: T) => Properties): Named {
  return Object.fromEntries(plans.map((plan) => [name(plan), properties(plan)]));
}

const alarmName = ({ name }: AlarmPlan): string => name;

function plannedAlarm({ threshold, actions }: AlarmPlan, tags: Properties): Properties {
  return { Threshold: threshold, AlarmActions: actions, Tags: tags };
}

const nameOf = ({ profileName }: GenerationPlan): string => profileName;

function carried({ policies, roles, existingRoles, existingUsers }: ApplicationPlan): Carried {
  return { policies, roles: [...roles.map((role) => role.name), ...existingRoles], users: existingUsers };
}

function plannedRole({ policies, tags }: ApplicationPlan, role: RolePlan): Properties {
  return {
    RoleName: role.name,
    Path: role.path,
    Description: `bedrock-access: ${purpose(role)}`,
    AssumeRolePolicyDocument: policyDocument(role.trust),
    PermissionsBoundary: role.boundaryArn,
    ManagedPolicyArns: policies.map((policy) => policy.arn).toSorted(),
    Policies: [],
    Tags: tags,
  };
}

function purpose({ principal }: RolePlan): string {
  return principal.kind === 'probe'
    ? `verification of what the ${principal.tries === 'access' ? 'application may do' : 'policies alone allow'}`
    : principalName(principal);
}

function plannedProfile(
  { profileName, modelArns }: GenerationPlan,
  tags: Readonly<Record<string, string>>,
): Properties {
  return { InferenceProfileName: profileName, Models: modelArns, Tags: tags };
}

function plannedParameters(
  { parameters, profileIds: { name: Name }, generations, tags }: ApplicationPlan,
  withArns: <T>(value: T) => T,
): Named {
  const ids = generations.map((g) => profileIdOf(withArns(g.profileArn)));
  return Object.fromEntries([
    [Name, { Name, Type: 'String', Value: ids.join(','), Tags: tags }],
    ...parameters.flatMap(({ name, value, details }) => [
      [name, { Name: name, Type: 'String', Value: withArns(value), Tags: tags }],
      [`${name}.json`, { Name: `${name}.json`, Type: 'String', Value: withArns(details), Tags: tags }],
    ]),
  ]);
}
