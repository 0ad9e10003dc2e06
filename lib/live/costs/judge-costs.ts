import type { CostsFound } from './costs-found';

/** Limits that the environment file sets on the costs of an application, in US dollars. */
export interface CostLimits {
  readonly application: string;
  /**
   * Monthly budget.
   *
   * @default - none
   */
  readonly monthlyUsd?: number;
  /**
   * Daily limit.
   *
   * @default - none
   */
  readonly dailyUsd?: number;
}

/**
 * Costs of an application with their limits, in US dollars. An absent cost is not known; an absent limit is not set.
 */
export interface ApplicationCosts {
  readonly application: string;
  /** Billed dollars of the month so far. */
  readonly billedUsd?: number;
  /** Cost Explorer's forecast for the whole month. */
  readonly forecastUsd?: number;
  readonly budgetUsd?: number;
  /** Estimate for today. */
  readonly estimatedTodayUsd?: number;
  /** Number of today's tokens that are not in the estimate, because their price is not known. */
  readonly unpricedTokens: number;
  readonly dailyLimitUsd?: number;
  /** Position of the costs against the budget. `above` depends on billed dollars alone. */
  readonly state: 'above' | 'forecast above' | 'within' | 'no budget' | 'not known';
}

/** Compares the costs of each application with its budget. */
export function judgeCosts(limits: readonly CostLimits[], found: CostsFound): readonly ApplicationCosts[] {
  const { billed, forecasts, estimates } = found;
  return limits.map(({ application, monthlyUsd, dailyUsd }) => {
    const billedUsd = billed === undefined ? undefined : (billed.month.get(application) ?? 0);
    const forecastUsd = forecasts.get(application);
    const estimate = estimates?.get(application);
    return {
      application,
      ...(billedUsd !== undefined && { billedUsd }),
      ...(forecastUsd !== undefined && { forecastUsd }),
      ...(monthlyUsd !== undefined && { budgetUsd: monthlyUsd }),
      ...(estimate !== undefined && { estimatedTodayUsd: estimate.usd }),
      unpricedTokens: estimate?.unpricedTokens ?? 0,
      ...(dailyUsd !== undefined && { dailyLimitUsd: dailyUsd }),
      state: stateOf(billedUsd, forecastUsd, monthlyUsd),
    };
  });
}

/** Costs of all applications together, with the budget of the environment. */
export type TotalCosts = Pick<ApplicationCosts, 'billedUsd' | 'forecastUsd' | 'budgetUsd' | 'state'>;

/** Compares the sum of all applications with the environment's budget. Shared costs belong to neither. */
export function judgeTotal(
  monthlyUsd: number | undefined,
  applications: readonly ApplicationCosts[],
  { billed, forecastUsd }: CostsFound,
): TotalCosts {
  const billedUsd = billed && applications.reduce((sum, a) => sum + (a.billedUsd ?? 0), 0);
  const costly = applications.filter((a) => (a.billedUsd ?? 0) > 0);
  const known = costly.length > 0 && costly.every((a) => a.forecastUsd !== undefined);
  const forecast = forecastUsd ?? (known ? costly.reduce((sum, a) => sum + (a.forecastUsd ?? 0), 0) : undefined);
  return {
    ...(billedUsd !== undefined && { billedUsd }),
    ...(forecast !== undefined && { forecastUsd: forecast }),
    ...(monthlyUsd !== undefined && { budgetUsd: monthlyUsd }),
    state: stateOf(billedUsd, forecast, monthlyUsd),
  };
}

function stateOf(
  billed: number | undefined,
  forecast: number | undefined,
  budget: number | undefined,
): ApplicationCosts['state'] {
  if (budget === undefined) {
    return 'no budget';
  }
  if (billed === undefined) {
    return 'not known';
  }
  return billed > budget ? 'above' : (forecast ?? 0) > budget ? 'forecast above' : 'within';
}

/**
 * Forecasts a part of an application's costs for the whole month, such as those of a model, by its share so far. Cost
 * Explorer itself forecasts neither models nor principals.
 */
export function forecastShare(
  usd: number,
  whole: number | undefined,
  forecast: number | undefined,
): number | undefined {
  return whole === undefined || forecast === undefined || whole <= 0 ? undefined : (usd / whole) * forecast;
}

/**
 * True when AWS refused a part of the costs, or when the billed dollars, which are compared with budgets, are not
 * known.
 */
export function isUnfinished({ billed, notLookedAt }: CostsFound): boolean {
  const refused = ['permission', 'enablement', 'limit', 'answer'];
  return billed === undefined || notLookedAt.some(({ step }) => refused.includes(step));
}
