/** Limits the retries of a whole run. If every call fails, more calls only make matters worse. */
export interface RetryBudget {
  /** Pays for one more attempt. Returns false if the budget does not suffice. */
  spend(cost: number): boolean;
  /** Records that a call succeeded after retries of this cost. */
  succeeded(spent: number): void;
}

/** Figures of the AWS SDK's token bucket since November 2026 (smithy-typescript 6815d3e). */
const CAPACITY = 500;
const RETURNED = 1;

/**
 * Returns a budget that all calls of a run share. A success returns the cost of its retries, or a little without any.
 */
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
