import { fromUsd } from '../dollars/dollars-of';
import type { Limit } from './store/limit';
import { dayOf, type LimitState } from './store/limit-state';

/** What an application has spent since 00:00 UTC. */
export interface DayDollars {
  /** In pico-dollars (10^-12 US dollars). At least this was spent. */
  readonly picoUsd: bigint;
  /** One sentence for each part that the sum lacks, such as tokens without a price. */
  readonly missing: readonly string[];
}

/** What is known about an application. What could not be read is absent. */
export interface Evidence {
  readonly state?: LimitState;
  readonly dollars?: DayDollars;
  /** Words about the action of its budget, if that denies in this month; otherwise `idle`. */
  readonly budget?: { readonly denies: string } | 'idle';
}

/** What should be: denied with a cause in words, free, or unknown, so that nothing is changed. */
export type Decision = { readonly denied: true; readonly why: string } | { readonly denied: false } | 'unknown';

/**
 * Decides whether an application should be denied its profiles.
 *
 * One cause is enough to deny. To lift a denial, everything must have been read, and nothing of it may deny. A state
 * that cannot be read is no release.
 */
export function decide(limit: Limit, { state, dollars, budget }: Evidence, now: Date): Decision {
  const { dailyUsd } = limit;
  if (state?.held !== undefined) {
    return { denied: true, why: `${state.held.by} denied it: ${state.held.reason}` };
  }
  if (
    dailyUsd !== undefined &&
    dollars !== undefined &&
    dollars.picoUsd >= fromUsd(dailyUsd) &&
    state?.released?.day !== dayOf(now)
  ) {
    const why = `it spent an estimated ${inDollars(dollars.picoUsd)} of its ${inDollars(fromUsd(dailyUsd))} on ${dayOf(now)}`;
    return { denied: true, why };
  }
  if (budget !== undefined && budget !== 'idle') {
    return { denied: true, why: budget.denies };
  }
  const wasRead = dailyUsd === undefined || dollars?.missing.length === 0;
  return state !== undefined && budget !== undefined && wasRead ? { denied: false } : 'unknown';
}

/** Writes dollars with whole cents, rounded down, so that no sum looks like a limit that it has not reached. */
const inDollars = (picoUsd: bigint): string => `$${(Number(picoUsd / 10_000_000_000n) / 100).toFixed(2)}`;
