import type { Clock } from '../../aws/clock';
import type { ReadError } from '../../aws/errors/read-error';
import { type Attempts, retry } from '../../aws/retry/retry';

/** IAM takes seconds to make a new role or policy known everywhere; a refusal that lasts longer has another cause. */
const SPREADING_MILLISECONDS = 60_000;

/** Does `work`, and again for up to a minute while it is refused in a way that may only mean that IAM is spreading. */
export function untilSpread<T>(
  clock: Clock,
  maySpread: (error: ReadError) => boolean,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Attempts<T>> {
  const until = clock.now() + SPREADING_MILLISECONDS;
  return retry(clock, work, (ended) => 'failure' in ended && clock.now() < until && maySpread(ended.failure.error));
}
