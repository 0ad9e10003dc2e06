import type { Clock } from '../../aws/clock';
import type { BudgetActions } from './budget-actions';
import type { Denial } from './denial';
import type { LimitSettings } from './settings';

/** The settings, the calls to AWS, the clock and the log of the function. */
export interface LimitDependencies {
  readonly settings: LimitSettings;
  /**
   * Assumes the application's own limit role, the only one that may change its denial.
   *
   * @param spreading true if a stack may have just created the role, so that a denial by IAM may pass
   */
  readonly denialOf: (application: string, spreading?: boolean) => Promise<Denial>;
  /** Lists the ARNs of the environment's policies that are attached to a principal. */
  readonly attachedPolicies: () => Promise<readonly string[]>;
  readonly budgets: BudgetActions;
  readonly clock: Clock;
  readonly today: () => Date;
  /** Writes one line. */
  readonly log: (line: string) => void;
}
