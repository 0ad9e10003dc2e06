import { type Clock, RESERVED_MILLISECONDS } from '../clock';
import { type ClassifiedError, classifyError } from '../errors/classify-error';
import { ATTEMPT_MILLISECONDS, ATTEMPTS, LONGEST_WAIT_MILLISECONDS, RETRY_RULES } from './retry-limits';
import { withinTime } from './within-time';

/** The end of a piece of work: a value, or the error of its last attempt. */
export type Ended<T> = { readonly value: T } | { readonly failure: ClassifiedError };

/** The end of a piece of work and the number of its attempts. */
export interface Attempts<T> {
  readonly ended: Ended<T>;
  readonly attempts: number;
  /** Duration of the last attempt, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Does `work` until it succeeds or fails with an error that a retry cannot change.
 *
 * This is the only layer that retries: the SDK's clients make one attempt. Each wait is the time that `Retry-After`
 * asks for plus full jitter, a random time from 0 to a limit that doubles. No wait is longer than 5 s. Neither a wait
 * nor an attempt extends into the time reserved for the result.
 *
 * All calls of a run share the retry budget of its clock. Once it is used up, throttles and failures are final.
 *
 * @param mayChange true if another attempt may end differently, although the end is neither a throttle, a failure nor a
 * lost connection. An example is a denial while a change of policies spreads. It is called after each attempt, and
 * `false` stops the retries. Such an end is remembered: a later throttle or lost connection neither stops the retries
 * nor replaces it.
 */
export async function retry<T>(
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
  mayChange: (ended: Ended<T>) => boolean = () => false,
): Promise<Attempts<T>> {
  let failures = 0;
  let spent = 0;
  let known: Ended<T> | undefined;
  for (let attempts = 1; ; attempts++) {
    const started = clock.now();
    const ended = await attempt(clock, work);
    const milliseconds = clock.now() - started;
    const failure = 'failure' in ended ? ended.failure : undefined;
    const rule = failure && RETRY_RULES[failure.kind];
    if (rule === undefined) {
      known = ended;
    } else {
      failures += 1;
    }
    if (failure === undefined) {
      clock.retryBudget?.succeeded(spent);
    }
    const mayRetry = rule !== undefined && failures < (failure?.attempts ?? ATTEMPTS);
    const affordable = mayRetry && (clock.retryBudget?.spend(rule.cost) ?? true);
    if (affordable) {
      spent += rule.cost;
    }
    const limit = affordable
      ? rule.baseMilliseconds * 2 ** (failures - 1)
      : known !== undefined && mayChange(known)
        ? LONGEST_WAIT_MILLISECONDS
        : undefined;
    const last = { ended: known ?? (mayRetry && !affordable ? withoutBudget(ended) : ended), attempts, milliseconds };
    if (limit === undefined) {
      return last;
    }
    const retryAfter = failure?.error.retryAfterMilliseconds ?? 0;
    const jitter = clock.random() * Math.min(LONGEST_WAIT_MILLISECONDS, limit);
    const wait = Math.min(LONGEST_WAIT_MILLISECONDS, retryAfter + jitter);
    if (wait + RESERVED_MILLISECONDS >= clock.timeLeft()) {
      return last;
    }
    await clock.sleep(wait);
  }
}

/** Adds to the cause of a failure that it was not retried because the budget of the run is used up. */
function withoutBudget<T>(ended: Ended<T>): Ended<T> {
  return 'failure' in ended
    ? {
        failure: {
          ...ended.failure,
          cause: `${ended.failure.cause}; not retried, because the retry budget of the run is used up`,
        },
      }
    : ended;
}

async function attempt<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<Ended<T>> {
  const longest = clock.attemptMilliseconds ?? ATTEMPT_MILLISECONDS;
  const limit = Math.min(longest, Math.max(1, clock.timeLeft() - RESERVED_MILLISECONDS));
  try {
    return { value: await withinTime(limit, work) };
  } catch (error) {
    return { failure: classifyError(error) };
  }
}
