import type { ServiceRolePlan } from '../parts/service-role-plan';
import type { AccessPlan } from './access-plan';

/** Lists the service roles of this project itself. */
export function serviceRoles(
  plan: Pick<AccessPlan, 'applications' | 'functions' | 'logging' | 'split'>,
): readonly ServiceRolePlan[] {
  return [
    ...plan.functions.map(({ role }) => role),
    ...(plan.logging === undefined ? [] : [plan.logging.role]),
    ...(plan.split === undefined ? [] : [plan.split.starter, plan.split.runner]),
    ...plan.applications.flatMap(({ limit }) => (limit === undefined ? [] : [limit.role])),
  ];
}
