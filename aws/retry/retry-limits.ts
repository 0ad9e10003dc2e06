import type { ErrorKind } from '../errors/known-error';

/** Maximum number of attempts at one call, the first included. An error may set its own (aws/errors/errors-by-name.ts). */
export const ATTEMPTS = 3;

export const LONGEST_WAIT_MILLISECONDS = 5_000;

/** Maximum duration of one attempt, unless the clock of the run sets another. */
export const ATTEMPT_MILLISECONDS = 60_000;

export interface RetryRule {
  /** Longest jitter before the first retry. It doubles with each further retry. */
  readonly baseMilliseconds: number;
  /** Cost of one retry, which is paid from the retry budget of the run (`aws/retry-budget.ts`). */
  readonly cost: number;
}

const TRANSIENT: RetryRule = { baseMilliseconds: 100, cost: 14 };

/**
 * Kinds of errors after which a call is tried again. A throttle costs less, because it shows that the service works
 * (costs of the AWS SDK's token bucket since November 2026, smithy-typescript 6815d3e).
 */
export const RETRY_RULES: Readonly<Partial<Record<ErrorKind, RetryRule>>> = {
  throttled: { baseMilliseconds: 1_000, cost: 5 },
  failing: TRANSIENT,
  connection: TRANSIENT,
};
