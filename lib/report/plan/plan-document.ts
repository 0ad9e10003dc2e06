import type { LocatedProblem } from '../../config/problem';
import type { OwnCost } from '../../plan/cost/own-cost';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { document } from '../format/document';

/** What a plan is shown with. */
export interface PlanReport {
  readonly plan: AccessPlan;
  readonly ownCost: OwnCost;
  readonly warnings: readonly LocatedProblem[];
}

/** A plan as the JSON document of `plan --json`. */
export function planDocument({ plan, ownCost, warnings }: PlanReport, exitCode: number) {
  return document('plan', exitCode, { plan, ownCost, warnings });
}
