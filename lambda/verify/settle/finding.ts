import type { SettledFact } from '../result';
import type { NarrowedResult } from './try-narrowed';

/** The answer about a fact, without the alias that showed it. */
export type Finding = Pick<SettledFact, 'settled' | 'answer' | 'requestId' | 'deniedArn' | 'metrics'>;

/** Returns the finding for a fact that stays open, with the reason. */
export function unsettled(answer: string): Finding {
  return { settled: false, answer };
}

/** Returns the finding for a fact that a call settled. */
export function decidedBy(result: Exclude<NarrowedResult, { outcome: 'unknown' }>, answer: string): Finding {
  const { requestId } = result;
  return {
    settled: true,
    answer,
    ...(requestId !== undefined && { requestId }),
    ...(result.outcome === 'denied' && { deniedArn: result.deniedArn }),
  };
}

/** Returns the finding for a fact that a call should have settled, but did not. */
export function undecidedBy(result: Exclude<NarrowedResult, { outcome: 'allowed' }>): Finding {
  return unsettled(
    result.outcome === 'unknown' ? result.why : `the call was denied on another resource: ${result.why}`,
  );
}
