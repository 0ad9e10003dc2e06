import type { LocatedProblem } from '../../config/problem';
import type { LimitStandings } from '../../live/limits/read-standings';
import type { OwnCost } from '../../plan/cost/own-cost';
import { uncountedTokens } from '../../plan/cost/uncounted-tokens';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { document } from '../format/document';

/** A plan with the project's own cost and the warnings about the file. */
export interface PlanReport {
  readonly plan: AccessPlan;
  readonly ownCost: OwnCost;
  readonly warnings: readonly LocatedProblem[];
  /**
   * The denials that are in force.
   *
   * @default - the account was not looked at
   */
  readonly limits?: LimitStandings | undefined;
}

/** Builds the document that `plan --json` prints. */
export function planDocument({ plan, ownCost, warnings, limits }: PlanReport, exitCode: number) {
  return document('plan', exitCode, {
    plan,
    ownCost,
    uncounted: uncountedTokens(plan),
    warnings,
    ...(limits !== undefined && { limits }),
  });
}
