import type { ServiceRolePlan } from '../parts/service-role-plan';
import type { AccessPlan } from './access-plan';
import { scheduleRoles } from './split-plan';

/** Every role that serves this project itself, but for the verification's. */
export function serviceRoles(
  plan: Pick<AccessPlan, 'applications' | 'functions' | 'logging' | 'schedule'>,
): readonly ServiceRolePlan[] {
  return [
    ...plan.functions.map(({ role }) => role),
    ...(plan.logging === undefined ? [] : [plan.logging.role]),
    ...scheduleRoles(plan.schedule.split),
    ...plan.applications.flatMap(({ limit }) => (limit === undefined ? [] : [limit.role])),
  ];
}
