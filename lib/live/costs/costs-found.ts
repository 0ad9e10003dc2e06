/**
 * Billed, forecast and estimated costs, as far as AWS answered. Billed dollars are never added to estimated dollars.
 */
export interface CostsFound {
  /** Month of the costs, as `YYYY-MM`. */
  readonly month: string;
  /** Last day of the costs, as `YYYY-MM-DD`, UTC. This day and the day before are not yet billed in full. */
  readonly until: string;
  /**
   * Billed dollars.
   *
   * @default - AWS gave no answer
   */
  readonly billed?: Billed;
  /**
   * Billed dollars of the month by application and model.
   *
   * @default - AWS gave no answer
   */
  readonly models?: readonly BilledModel[];
  /**
   * Billed dollars of the month by the tags of the calling principal.
   *
   * @default - AWS gave no answer
   */
  readonly principals?: readonly BilledPrincipal[];
  /**
   * Cost Explorer's forecast for the whole month, in US dollars, by application. Applications without a forecast are
   * left out.
   */
  readonly forecasts: ReadonlyMap<string, number>;
  /**
   * Cost Explorer's forecast for the whole month and the whole environment, in US dollars.
   *
   * @default - it was not asked for, or AWS gave no answer
   */
  readonly forecastUsd?: number;
  /**
   * Estimate for the day `until`, by application.
   *
   * @default - AWS gave no answer
   */
  readonly estimates?: ReadonlyMap<string, Estimate>;
  /** Parts of the costs that are not known. */
  readonly notLookedAt: readonly NotLookedAt[];
  /** Number of requests to Cost Explorer. */
  readonly requests: number;
}

/**
 * Billed dollars by application. The empty name stands for the costs that the applications of the environment share.
 */
export interface Billed {
  /** Dollars of the month. */
  readonly month: ReadonlyMap<string, number>;
  /** Dollars of each of the last 30 days, oldest first. */
  readonly days: readonly { readonly day: string; readonly applications: ReadonlyMap<string, number> }[];
}

/** Billed dollars of one application for one model. */
export interface BilledModel {
  readonly application: string;
  /** Name of the model on the bill, such as `Claude Sonnet 5`. Empty for costs of no model. */
  readonly model: string;
  readonly usd: number;
}

/** Billed dollars of the principals that have the same tags. */
export interface BilledPrincipal {
  /** Tags of the principals, in the order of the keys that were asked for. An empty value stands for a missing tag. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly usd: number;
}

/** Estimate for a day since 00:00 UTC: the tokens of calls times their list prices. */
export interface Estimate {
  /** US dollars. 0 when there was no call. */
  readonly usd: number;
  /** Number of tokens that are not in the estimate, because their price is not known. */
  readonly unpricedTokens: number;
}

/** Steps that lead to a figure. One of them is missing when a part of the costs is not known. */
export const COST_STEPS = [
  'permission',
  'enablement',
  'use',
  'activation',
  'data',
  'history',
  'deployment',
  'limit',
  'answer',
] as const;

/** Part of the costs that is not known. */
export interface NotLookedAt {
  readonly part: 'billed' | 'by model' | 'by principal' | 'forecast' | 'estimated today';
  /** The missing step. */
  readonly step: (typeof COST_STEPS)[number];
  readonly why: string;
  /** The change that mends it. */
  readonly next: string;
}
