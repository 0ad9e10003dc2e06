import type { RetryBudget } from './retry/retry-budget';

/** Time, chance and what is left of the run, so that a test can stand in for them. */
export interface Clock {
  /** In milliseconds; only differences mean something. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
  /** Milliseconds until the run is ended from outside. */
  timeLeft(): number;
  /**
   * The longest attempt at one call, in milliseconds.
   *
   * @default 60000
   */
  readonly attemptMilliseconds?: number;
  /**
   * What the run may still spend on trying again after throttles and failures.
   *
   * @default - as much as each call may
   */
  readonly retryBudget?: RetryBudget;
}

/** Kept free at the end of a run to write and return the result. */
export const RESERVED_MILLISECONDS = 5_000;

/** With less than this left no new probe is begun. */
export const PROBE_MILLISECONDS = 10_000;
