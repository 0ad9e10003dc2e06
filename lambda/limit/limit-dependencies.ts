import type { Clock } from '../../aws/clock';
import type { BudgetActions } from './budget-actions';
import type { DayDollars } from './decide';
import type { Notice } from './notice';
import type { Denial } from './policies/denial';
import type { LimitSettings } from './settings';
import type { LimitStore } from './store/limit-parameters';

/** The settings, the calls to AWS, the clock and the log of the function. */
export interface LimitDependencies {
  readonly settings: LimitSettings;
  readonly limits: LimitStore;
  /**
   * Assumes the application's own limit role, the only one that may change its principals.
   *
   * @param spreading true if a stack may have just created the role, so that a denial by IAM may pass
   */
  readonly denialOf: (application: string, spreading?: boolean) => Promise<Denial>;
  /** Lists the ARNs of the environment's policies that are attached to a principal. */
  readonly attachedPolicies: () => Promise<readonly string[]>;
  readonly budgets: BudgetActions;
  /** Reads what an application has spent since 00:00 UTC. Throws if it is not all read. */
  readonly dollarsOf: (application: string, now: Date) => Promise<DayDollars>;
  readonly publish: (topicArn: string, notice: Notice) => Promise<void>;
  readonly clock: Clock;
  readonly today: () => Date;
  /** Writes one line. */
  readonly log: (line: string) => void;
}
