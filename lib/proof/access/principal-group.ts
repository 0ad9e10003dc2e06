import type { Account, Principal } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { serviceRoles } from '../../plan/environment/service-roles';
import { verificationBoundaryName } from '../../plan/environment/verification-plan';
import { policyArn, roleArn } from '../../plan/names/names';
import { verificationIntent } from '../intent/intent';
import { serviceRoleIntent } from '../intent/service-role-intent';

/** A principal of the plan, with what the plan says of it. */
export interface PlannedPrincipal {
  /** Such as `role dev_support-chat_lambda`. */
  readonly label: string;
  /** Applications whose access it has; none for a role that serves this project itself. */
  readonly applications: readonly ApplicationPlan[];
  /**
   * What it may do.
   *
   * @default - what its applications may
   */
  readonly intent?: Policy;
  /**
   * ARN of its permissions boundary.
   *
   * @default - it exists outside the templates
   */
  readonly boundaryArn?: string;
  readonly find: (principal: Principal) => boolean;
}

/** Every principal of the plan, once: one that exists already may have the access of several applications. */
export function plannedPrincipals(plan: AccessPlan): readonly PlannedPrincipal[] {
  const { applications, verification, environment } = plan;
  const verificationArn = roleArn(plan, verification.roleName);
  const existing = (kind: 'role' | 'user', namesOf: (a: ApplicationPlan) => readonly string[]) =>
    [...new Set(applications.flatMap(namesOf))].map((name) => ({
      label: `${kind} ${name}`,
      applications: applications.filter((a) => namesOf(a).includes(name)),
      find: (p: Principal) => p.kind === kind && p.name === name,
    }));
  return [
    {
      label: `role ${verification.roleName}`,
      applications: [],
      intent: verificationIntent(plan),
      boundaryArn: policyArn(plan, verificationBoundaryName(environment)),
      find: (p) => p.arn === verificationArn,
    },
    ...serviceRoles(plan).map((role) => ({
      label: `role ${role.name}`,
      applications: [],
      intent: serviceRoleIntent(plan, role),
      boundaryArn: role.policy.arn,
      find: (p: Principal) => p.arn === role.arn,
    })),
    ...applications.flatMap((application) =>
      application.roles.map(({ name, arn, boundaryArn }) => ({
        label: `role ${name}`,
        applications: [application],
        boundaryArn,
        find: (p: Principal) => p.arn === arn,
      })),
    ),
    ...existing('role', (a) => a.existingRoles),
    ...existing('user', (a) => a.existingUsers),
  ];
}

/** Principals of the same plan with the same policies: what holds for one holds for all. */
export interface PrincipalGroup {
  readonly planned: readonly PlannedPrincipal[];
  /** Applications whose access they have; none for roles that serve this project itself. */
  readonly applications: readonly ApplicationPlan[];
  /** The first of them, as the account has it. */
  readonly principal: Principal;
}

/** @param alike whether principals with the same policies are alike; not where policies ask who is asking */
export function groupPrincipals(
  found: readonly (readonly [PlannedPrincipal, Principal])[],
  alike: (principal: Principal) => boolean,
): readonly PrincipalGroup[] {
  const numbers = new Map<unknown, number>();
  const number = (thing: unknown): number => {
    const n = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, n);
    return n;
  };
  const groups = new Map<string, PrincipalGroup & { planned: PlannedPrincipal[] }>();
  for (const [planned, principal] of found) {
    const key = JSON.stringify([
      planned.applications.map((a) => a.name),
      principal.policies.map((p) => [p.name, number(p.document)]),
      principal.boundary === undefined ? '' : [principal.boundary.name, number(principal.boundary.document)],
      principal.complete,
      ...(alike(principal) ? [] : [principal.arn]),
    ]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { planned: [planned], applications: planned.applications, principal });
    } else {
      group.planned.push(planned);
    }
  }
  return [...groups.values()];
}

/** The account's principals by what finds them fast. */
export function findPrincipals(
  account: Account,
  planned: readonly PlannedPrincipal[],
): readonly (readonly [PlannedPrincipal, Principal | undefined])[] {
  const byName = new Map<string, Principal[]>();
  for (const principal of account.principals) {
    const label = `${principal.kind} ${principal.name}`;
    byName.set(label, [...(byName.get(label) ?? []), principal]);
  }
  return planned.map((p) => [p, byName.get(p.label)?.find(p.find)] as const);
}
