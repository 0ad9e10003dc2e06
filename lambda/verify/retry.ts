import { type ClassifiedError, classifyError } from './classify-error';
import { type Clock, RESERVED_MILLISECONDS } from './clock';
import type { ErrorKind } from './known-error';
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
  readonly attempts: number;
  readonly baseMilliseconds: number;
}

const TRANSIENT: RetryRule = { attempts: 3, baseMilliseconds: 100 };
const RULES: Readonly<Partial<Record<ErrorKind, RetryRule>>> = {
  throttled: { attempts: 4, baseMilliseconds: 500 },
  failing: TRANSIENT,
  connection: TRANSIENT,
};
const LONGEST_WAIT_MILLISECONDS = 5_000;
const ATTEMPT_MILLISECONDS = 60_000;

/**
 * Does `work` until it succeeds or its error says that trying again is no use.
 *
 * This is the only layer that retries: the SDK's clients make one attempt. Waits have full jitter, from 0 to a limit
 * that doubles. Neither a wait nor an attempt reaches into the time reserved for the result.
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
  let known: Ended<T> | undefined;
  for (let attempts = 1; ; attempts++) {
    const started = clock.now();
    const ended = await attempt(clock, work);
    const milliseconds = clock.now() - started;
    const rule = 'failure' in ended ? RULES[ended.failure.kind] : undefined;
    if (rule === undefined) {
      known = ended;
    } else {
      failures += 1;
    }
    const limit =
      rule !== undefined && failures < rule.attempts
        ? rule.baseMilliseconds * 2 ** (failures - 1)
        : known !== undefined && mayChange(known)
          ? LONGEST_WAIT_MILLISECONDS
          : undefined;
    const last = { ended: known ?? ended, attempts, milliseconds };
    if (limit === undefined) {
      return last;
    }
    const wait = clock.random() * Math.min(LONGEST_WAIT_MILLISECONDS, limit);
    if (wait + RESERVED_MILLISECONDS >= clock.timeLeft()) {
      return last;
    }
    await clock.sleep(wait);
  }
}

async function attempt<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<Ended<T>> {
  const limit = Math.min(ATTEMPT_MILLISECONDS, Math.max(1, clock.timeLeft() - RESERVED_MILLISECONDS));
  try {
    return { value: await withinTime(limit, work) };
  } catch (error) {
    return { failure: classifyError(error) };
  }
}
