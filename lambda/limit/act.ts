/** Who or what had the function act. */
export type Cause =
  | { readonly alarm: string }
  | { readonly schedule: 'daily' }
  | { readonly release: string }
  | { readonly stack: string };

/**
 * One thing done to one application, as it is logged, in one line of JSON.
 *
 * `denied`: its principals carry the denial. `released`: nobody carries it any more. `kept`: it stays, and why.
 * `followed`: its principals changed, and the denial with them.
 */
export interface Act {
  readonly act: 'denied' | 'released' | 'kept' | 'followed';
  readonly application: string;
  readonly by: Cause;
  /** In UTC, as ISO 8601 writes it. */
  readonly at: string;
  /** Whom the denial was attached to or detached from, such as `role dev_shop_lambda`. Empty: nothing had to be done. */
  readonly principals: readonly string[];
  /**
   * What else has to be said, such as what became of the budget's own action.
   *
   * @default - nothing
   */
  readonly note?: string;
}

/** What one call of the function came to. What failed stands beside what was done: one failure stops no other act. */
export interface LimitAnswer {
  readonly acts: readonly Act[];
  /** What could not be done, each with the next step. */
  readonly failures: readonly string[];
}
