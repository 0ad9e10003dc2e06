/** What made the function look at an application: an alarm, the schedule, a person, or a stack. */
export type Cause =
  | { readonly alarm: string }
  | { readonly schedule: 'every five minutes' }
  | { readonly release: string }
  | { readonly deny: string }
  | { readonly stack: string };

/**
 * One act on one application. The log holds each act as one line of JSON.
 *
 * `denied`: the denial was attached to the application's principals. `released`: it was detached from all of them.
 * `followed`: it moved because the application's principals changed.
 */
export interface Act {
  readonly act: 'denied' | 'released' | 'followed';
  readonly application: string;
  readonly by: Cause;
  /** Time of the act in UTC, in ISO 8601. */
  readonly at: string;
  /**
   * Principals that the denial was attached to or detached from, such as `role dev_shop_lambda`. Empty if nothing
   * changed.
   */
  readonly principals: readonly string[];
  /**
   * Principals from which the application's access policies were detached, because the denial could not be attached. For
   * `released`, principals to which they were attached again.
   *
   * @default - none
   */
  readonly withoutAccess?: readonly string[];
  /**
   * Further details: why the application is denied, or the new status of the budget's own action.
   *
   * @default - none
   */
  readonly note?: string;
}

/** The result of one call of the function. A failure does not stop the other acts, so both are listed. */
export interface LimitAnswer {
  readonly acts: readonly Act[];
  /** One text per failure, with the next step. */
  readonly failures: readonly string[];
  /**
   * True if the event was refused. The failure says why.
   *
   * @default false
   */
  readonly refused?: true;
}

export function joined(answers: readonly LimitAnswer[]): LimitAnswer {
  return { acts: answers.flatMap(({ acts }) => acts), failures: answers.flatMap(({ failures }) => failures) };
}
