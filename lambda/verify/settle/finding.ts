import type { SettledFact } from '../result';
import type { Tried } from './try-narrowed';

/** What was found about a fact. */
export type Finding = Pick<SettledFact, 'settled' | 'answer' | 'requestId' | 'deniedArn' | 'metrics'>;

/** A fact that stays open, and why. */
export function open(answer: string): Finding {
  return { settled: false, answer };
}

/** A fact that a call decided. */
export function decidedBy(tried: Exclude<Tried, { outcome: 'unknown' }>, answer: string): Finding {
  const { requestId } = tried;
  return {
    settled: true,
    answer,
    ...(requestId !== undefined && { requestId }),
    ...(tried.outcome === 'denied' && { deniedArn: tried.deniedArn }),
  };
}

/** A fact that a call should have decided, and did not. */
export function undecidedBy(tried: Exclude<Tried, { outcome: 'allowed' }>): Finding {
  return open(tried.outcome === 'unknown' ? tried.why : `the call was refused on something else: ${tried.why}`);
}
