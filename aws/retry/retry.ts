import { type Clock, RESERVED_MILLISECONDS } from '../clock';
import { type ClassifiedError, classifyError } from '../errors/classify-error';
import type { ErrorKind } from '../errors/known-error';
import { RETRY_COST } from './retry-budget';
import { withinTime } from './within-time';

/** How a piece of work ended: with a value, or with the error of its last attempt. */
export type Ended<T> = { readonly value: T } | { readonly failure: ClassifiedError };

/** All attempts at one piece of work. */
export interface Attempts<T> {
  readonly ended: Ended<T>;
  readonly attempts: number;
  /** Duration of the last attempt. */
  readonly milliseconds: number;
}

interface RetryRule {
  readonly baseMilliseconds: number;
  /** Of the run's retry budget. */
  readonly cost: number;
}

const TRANSIENT: RetryRule = { baseMilliseconds: 100, cost: RETRY_COST.other };
const RULES: Readonly<Partial<Record<ErrorKind, RetryRule>>> = {
  throttled: { baseMilliseconds: 1_000, cost: RETRY_COST.throttled },
  failing: TRANSIENT,
  connection: TRANSIENT,
};
const ATTEMPTS = 3;
const LONGEST_WAIT_MILLISECONDS = 5_000;
const ATTEMPT_MILLISECONDS = 60_000;

/**
 * Does `work` until it succeeds or its error says that trying again is no use.
 *
 * This is the only layer that retries: the SDK's clients make one attempt. Waits have full jitter, from 0 to a limit
 * that doubles, after what the service asks for by `Retry-After`; none is longer than 5 s. Neither a wait nor an attempt
 * reaches into the time reserved for the result.
 *
 * All calls of a run share the retry budget of its clock. Once it is used up, throttles and failures are final.
 *
 * @param mayChange whether an end that is none of those may be another in a moment, such as a denial while a change of
 * policies spreads; it is asked each time, and ends the trying by answering `false`. Of such an end it is known what it
 * means: a throttle or a lost connection that comes after it neither ends the trying nor takes its place.
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
    const rule = failure && RULES[failure.kind];
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
    const asked = failure?.error.retryAfterMilliseconds ?? 0;
    const jitter = clock.random() * Math.min(LONGEST_WAIT_MILLISECONDS, limit);
    const wait = Math.min(LONGEST_WAIT_MILLISECONDS, asked + jitter);
    if (wait + RESERVED_MILLISECONDS >= clock.timeLeft()) {
      return last;
    }
    await clock.sleep(wait);
  }
}

/** A failure that would have been tried again, had the run not spent its retries on others. */
function withoutBudget<T>(ended: Ended<T>): Ended<T> {
  return 'failure' in ended
    ? {
        failure: {
          ...ended.failure,
          cause: `${ended.failure.cause}; not tried again, because the run's retry budget is used up`,
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
