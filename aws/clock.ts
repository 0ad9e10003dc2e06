import type { RetryBudget } from './retry-budget';

/** Time, random numbers and the time left in the run. Tests replace them with their own. */
export interface Clock {
  /** Current time in milliseconds, from an arbitrary start: only differences have a meaning. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Returns a random number from 0 up to, but not including, 1. */
  random(): number;
  /** Milliseconds until the run is ended from outside, for example by Lambda. */
  timeLeft(): number;
  /**
   * Maximum duration of one attempt at a call, in milliseconds.
   *
   * @default 60000
   */
  readonly attemptMilliseconds?: number;
  /**
   * The budget of the run for retries after throttles and failures.
   *
   * @default - no budget: only the limits of each call apply
   */
  readonly retryBudget?: RetryBudget;
}

/** Time reserved at the end of a run to write and return the result, in milliseconds. */
export const RESERVED_MILLISECONDS = 5_000;

/** Least time that must be left to begin another probe, in milliseconds. */
export const PROBE_MILLISECONDS = 10_000;
