import type { Clock } from '../../aws/clock';
import type { BudgetActions } from './budget-actions';
import type { Denial } from './denial';
import type { LimitSettings } from './settings';

/** What the function touches outside itself. */
export interface LimitDependencies {
  readonly settings: LimitSettings;
  /**
   * Becomes the application's own role, which alone may change its denial.
   *
   * @param spreading whether a stack may have just made the role, so that a refusal may pass
   */
  readonly denialOf: (application: string, spreading?: boolean) => Promise<Denial>;
  /** ARNs of the environment's policies that somebody carries. */
  readonly attachedPolicies: () => Promise<readonly string[]>;
  readonly budgets: BudgetActions;
  readonly clock: Clock;
  readonly today: () => Date;
  /** Writes one line. */
  readonly log: (line: string) => void;
}
