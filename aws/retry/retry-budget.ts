/** What a run may spend on trying again: where everything fails, more calls make it worse and settle nothing. */
export interface RetryBudget {
  /** Pays for one more attempt; false where it cannot. */
  spend(cost: number): boolean;
  /** A call succeeded after retries that cost so much. */
  succeeded(spent: number): void;
}

/** Figures of the AWS SDK's token bucket since November 2026 (smithy-typescript 6815d3e). */
const CAPACITY = 500;
const RETURNED = 1;

/** Throttles cost less: they say that the service is there. */
export const RETRY_COST = { throttled: 5, other: 14 } as const;

/** A budget that all calls of one run share; each success gives back what its retries cost, and one without any a little. */
export function retryBudget(): RetryBudget {
  let left = CAPACITY;
  return {
    spend(cost) {
      if (cost > left) {
        return false;
      }
      left -= cost;
      return true;
    },
    succeeded(spent) {
      left = Math.min(CAPACITY, left + (spent === 0 ? RETURNED : spent));
    },
  };
}
