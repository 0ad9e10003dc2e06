import type { CostsFound } from './costs-found';

/** What the environment file allows an application to cost, in US dollars. */
export interface CostLimits {
  readonly application: string;
  /** @default - it has no budget */
  readonly monthlyUsd?: number;
  /** @default - it has no daily limit */
  readonly dailyUsd?: number;
}

/** What an application costs beside what it may cost, in US dollars; what is absent is not known, or not set. */
export interface ApplicationCosts {
  readonly application: string;
  /** Of the month, as far as it is billed. */
  readonly billedUsd?: number;
  /** Of the month as a whole, as Cost Explorer expects it. */
  readonly forecastUsd?: number;
  readonly budgetUsd?: number;
  /** Today's, as the meter estimates it. */
  readonly estimatedTodayUsd?: number;
  /** Of today: tokens that are not in the estimate, because their price is not known. */
  readonly unpricedTokens: number;
  readonly dailyLimitUsd?: number;
  /** Billed dollars alone make it `above`. */
  readonly state: 'above' | 'forecast above' | 'within' | 'no budget' | 'not known';
}

/** Holds what was found against the budgets, application by application. */
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

/** What all applications together cost, beside the budget of the environment. */
export type TotalCosts = Pick<ApplicationCosts, 'billedUsd' | 'forecastUsd' | 'budgetUsd' | 'state'>;

/** Holds the sum of all applications against the environment's budget; what they share is in neither. */
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
 * What a part of an application's costs comes to by the end of the month if it keeps its share: Cost Explorer forecasts
 * neither models nor principals.
 */
export function forecastShare(
  usd: number,
  whole: number | undefined,
  forecast: number | undefined,
): number | undefined {
  return whole === undefined || forecast === undefined || whole <= 0 ? undefined : (usd / whole) * forecast;
}

/** Whether something that AWS was asked was refused, or is the very sum that budgets are held against. */
export function isUnfinished({ billed, notLookedAt }: CostsFound): boolean {
  const refused = ['permission', 'enablement', 'limit', 'answer'];
  return billed === undefined || notLookedAt.some(({ step }) => refused.includes(step));
}
