import type { Clock } from '../../aws/clock';
import type { ClassifiedError } from '../../aws/errors/classify-error';
import { type Ended, retry } from '../../aws/retry/retry';

/** IAM's words for "somebody else is changing it just now". */
const BUSY = /^(ConcurrentModification|EntityTemporarilyUnmodifiable|ResourceLocked)/;

/** How long a role that a stack has just made or changed may still be refused: IAM spreads changes within seconds. */
const SPREADING_MILLISECONDS = 30_000;

/** A refusal of AWS, and what was asked. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  constructor(
    what: string,
    readonly failure: ClassifiedError,
  ) {
    super(`could not ${what}: ${failure.error.name}: ${failure.error.message}${remedy(failure)}`);
  }

  /** Whether what was named does not exist. */
  get nothingThere(): boolean {
    return /^(NoSuchEntity|NotFound)/.test(this.failure.error.name);
  }
}

function remedy({ error, kind }: ClassifiedError): string {
  if (error.name.startsWith('LimitExceeded')) {
    return '; detach another managed policy from it, or ask for a higher quota in Service Quotas, then try again';
  }
  return kind === 'throttled' ? '; try again in a minute' : '';
}

/** Asks AWS something and tries again what passes by itself. */
export type AskAws = <T>(what: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** @throws AwsRefusal (the function returned) where AWS refuses for good */
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
