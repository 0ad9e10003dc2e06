import type { ApplicationPlan } from '../application/application-plan';
import { writesLogs } from '../application/log-plan';
import type { Tags } from '../names/tag-contract';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';
import type { ServiceRolePlan } from '../parts/service-role-plan';
import type { AccessPlan } from './access-plan';
import { serviceRoles } from './service-roles';

interface Carrier {
  readonly name: string;
  /** Policies that are attached to it. */
  readonly policies: readonly PolicyPlan[];
  /** Applications whose access it has. Empty for a service role of this project itself. */
  readonly applications: readonly ApplicationPlan[];
}

interface CreatedRole extends Carrier {
  readonly kind: 'role';
  readonly arn: string;
  readonly boundaryArn: string;
  readonly tags: Tags;
}

/** A role or a user with policies of a plan. */
export type PlannedPrincipal =
  | (CreatedRole & { readonly origin: 'service'; readonly role: ServiceRolePlan })
  | (CreatedRole & { readonly origin: 'application'; readonly role: RolePlan })
  /** A role or user that already exists outside the templates. */
  | (Carrier & { readonly origin: 'existing'; readonly kind: 'role' | 'user' });

/** Lists every principal of a plan once. An existing role or user may have the access of several applications. */
export function principals(plan: AccessPlan): readonly PlannedPrincipal[] {
  const { applications } = plan;
  return [
    ...serviceRoles(plan).map((role): PlannedPrincipal => {
      const owner = applications.find(({ limit }) => limit?.role.arn === role.arn);
      return {
        ...{ origin: 'service', kind: 'role', name: role.name, arn: role.arn, boundaryArn: role.boundary.arn },
        ...{ role, policies: [role.policy], applications: [], tags: (owner ?? plan).tags },
      };
    }),
    ...applications.flatMap((application) =>
      application.roles.map((role): PlannedPrincipal => {
        const { name, arn, boundaryArn } = role;
        const { tags } = application;
        const policies = policiesOfRole(application, role);
        return {
          ...{ origin: 'application', kind: 'role', name, arn, boundaryArn },
          ...{ role, policies, applications: [application], tags },
        };
      }),
    ),
    ...existing(plan, 'role'),
    ...existing(plan, 'user'),
  ];
}

/** Returns the label of a role or a user in findings and reports, such as `role dev_support-chat_lambda`. */
export function principalLabel({ kind, name }: Pick<PlannedPrincipal, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** Lists this project's policies of a role. A role with further policies has the conditions of calls too. */
function policiesOfRole({ policies, conditions, log }: ApplicationPlan, role: RolePlan): readonly PolicyPlan[] {
  return [
    ...policies,
    ...(log !== undefined && writesLogs(role) ? [log.policy] : []),
    ...(conditions !== undefined && role.furtherPolicyArns !== undefined ? [conditions] : []),
  ];
}

function existing({ applications }: AccessPlan, kind: 'role' | 'user'): readonly PlannedPrincipal[] {
  const namesOf = (a: ApplicationPlan) => (kind === 'role' ? a.existingRoles : a.existingUsers);
  return [...new Set(applications.flatMap(namesOf))].map((name) => {
    const own = applications.filter((a) => namesOf(a).includes(name));
    return { origin: 'existing', kind, name, applications: own, policies: own.flatMap((a) => a.policies) };
  });
}
