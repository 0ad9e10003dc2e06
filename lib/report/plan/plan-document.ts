import type { LocatedProblem } from '../../config/problem';
import type { OwnCost } from '../../plan/cost/own-cost';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { document } from '../format/document';

/** A plan with the project's own cost and the warnings about the file. */
export interface PlanReport {
  readonly plan: AccessPlan;
  readonly ownCost: OwnCost;
  readonly warnings: readonly LocatedProblem[];
}

/** Builds the document that `plan --json` prints. */
export function planDocument({ plan, ownCost, warnings }: PlanReport, exitCode: number) {
  return document('plan', exitCode, { plan, ownCost, warnings });
}
