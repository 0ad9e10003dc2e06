import type { Clock } from '../../../aws/clock';
import type { ClassifiedError } from '../../../aws/errors/classify-error';
import { type Ended, retry } from '../../../aws/retry/retry';

/** IAM's error names for a concurrent change of the same entity. */
const BUSY = /^(ConcurrentModification|EntityTemporarilyUnmodifiable|ResourceLocked)/;

/** Time in which a new or changed role may still be denied, in milliseconds. IAM spreads changes within seconds. */
const SPREADING_MILLISECONDS = 30_000;

/** An error of AWS after the last attempt. The message names the action that failed. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  constructor(
    what: string,
    readonly failure: ClassifiedError,
  ) {
    super(`could not ${what}: ${failure.error.name}: ${failure.error.message}${remedy(failure)}`);
  }

  /** True when the entity that the call names does not exist. */
  get isMissing(): boolean {
    return /^(NoSuchEntity|NotFound)/.test(this.failure.error.name);
  }
}

function remedy({ error, kind }: ClassifiedError): string {
  if (error.name.startsWith('LimitExceeded')) {
    return '; detach another managed policy from it, or ask for a higher quota in Service Quotas';
  }
  return kind === 'throttled' ? '; try again in a minute' : '';
}

/** Makes a call to AWS and retries errors that may pass. `what` completes the sentence "could not …". */
export type AskAws = <T>(what: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Returns a function that makes calls to AWS. It throws an `AwsRefusal` if the last attempt fails.
 *
 * @param spreading true if IAM may still be spreading a role, so that a denial may pass
 */
export function askAws(clock: Clock, spreading: boolean): AskAws {
  return async (what, work) => {
    const since = clock.now();
    const mayChange = (ended: Ended<unknown>): boolean =>
      'failure' in ended &&
      clock.now() - since < SPREADING_MILLISECONDS &&
      (BUSY.test(ended.failure.error.name) || (spreading && ended.failure.kind === 'denied'));
    const { ended } = await retry(clock, work, mayChange);
    if ('failure' in ended) {
      throw new AwsRefusal(what, ended.failure);
    }
    return ended.value;
  };
}
