import type { Clock } from '../../aws/clock';
import type { ReadError } from '../../aws/errors/read-error';
import { type Attempts, retry } from '../../aws/retry/retry';

/** Time in which IAM spreads a new role or policy, in milliseconds. A refusal that lasts longer has another cause. */
const SPREADING_MILLISECONDS = 60_000;

/** Does `work`. Repeats it for up to a minute while an error may only mean that IAM is still spreading a change. */
export function untilSpread<T>(
  clock: Clock,
  maySpread: (error: ReadError) => boolean,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Attempts<T>> {
  const until = clock.now() + SPREADING_MILLISECONDS;
  return retry(clock, work, (ended) => 'failure' in ended && clock.now() < until && maySpread(ended.failure.error));
}
