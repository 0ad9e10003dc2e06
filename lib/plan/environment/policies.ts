import type { BoundaryPlan } from '../parts/role-plan';
import type { AccessPlan } from './access-plan';
import { serviceRoles } from './service-roles';

/** Lists every managed policy of a plan once: the boundaries, and the policies of roles and users. */
export function policies(plan: AccessPlan): readonly BoundaryPlan[] {
  const all = [
    plan.boundary,
    plan.probeBoundary,
    ...serviceRoles(plan).flatMap(({ boundary, policy }) => [boundary, policy]),
    ...plan.applications.flatMap((a) => [
      ...a.policies,
      ...(a.conditions === undefined ? [] : [a.conditions]),
      ...(a.log === undefined ? [] : [a.log.policy]),
      ...(a.limit === undefined ? [] : [a.limit.denial]),
    ]),
  ];
  return [...new Map(all.map((policy) => [policy.arn, policy])).values()];
}
