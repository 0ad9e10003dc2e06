/** The cause of an act: an alarm, the schedule, the person who releases a denial, or a stack. */
export type Cause =
  | { readonly alarm: string }
  | { readonly schedule: 'daily' }
  | { readonly release: string }
  | { readonly stack: string };

/**
 * One act on one application. The log holds each act as one line of JSON.
 *
 * `denied`: the denial was attached to the application's principals. `released`: it was detached from all of them.
 * `kept`: it stays attached for the reason in `note`. `followed`: it moved because the application's principals
 * changed.
 */
export interface Act {
  readonly act: 'denied' | 'released' | 'kept' | 'followed';
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
   * Further details, such as the new status of the budget's own action.
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
}
