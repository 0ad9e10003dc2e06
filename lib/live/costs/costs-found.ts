/** What was billed and is expected, as far as AWS said it. Dollars that were billed are never added to estimated ones. */
export interface CostsFound {
  /** The month that is looked at, as `YYYY-MM`. */
  readonly month: string;
  /** The last day that is looked at, as `YYYY-MM-DD`, UTC. Of it and the day before, not everything is billed yet. */
  readonly until: string;
  /**
   * Billed dollars.
   *
   * @default - they could not be had
   */
  readonly billed?: Billed;
  /** Billed dollars of the month by application and model. */
  readonly models?: readonly BilledModel[];
  /** Billed dollars of the month by the tags of who called. */
  readonly principals?: readonly BilledPrincipal[];
  /** Dollars that Cost Explorer expects of the month as a whole, by application: of those that it forecasts. */
  readonly forecasts: ReadonlyMap<string, number>;
  /**
   * Dollars that it expects of the month for the environment as a whole.
   *
   * @default - they were not asked for, or could not be had
   */
  readonly forecastUsd?: number;
  /**
   * What the meter estimates of `until`, by application.
   *
   * @default - it could not be had
   */
  readonly estimates?: ReadonlyMap<string, Estimate>;
  readonly notLookedAt: readonly NotLookedAt[];
  /** Requests that Cost Explorer was sent. */
  readonly requests: number;
}

/** Billed dollars by application; the empty name stands for what the applications of the environment share. */
export interface Billed {
  /** Of the month. */
  readonly month: ReadonlyMap<string, number>;
  /** The last 30 days, oldest first. */
  readonly days: readonly { readonly day: string; readonly applications: ReadonlyMap<string, number> }[];
}

export interface BilledModel {
  readonly application: string;
  /** As AWS writes it on the bill, such as `Claude Sonnet 5`; empty for what is no model's. */
  readonly model: string;
  readonly usd: number;
}

export interface BilledPrincipal {
  /** Tags of the principal, in the order of the keys; an empty value where it has none. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly usd: number;
}

/** What the meter estimates of a day: list prices times the tokens of calls, since 00:00 UTC. */
export interface Estimate {
  /** US dollars; 0 where the meter ran and saw no call. */
  readonly usd: number;
  /** Tokens whose price is not known: their dollars are missing. */
  readonly unpricedTokens: number;
}

/** The steps that lead to a figure; one of them is missing. */
export const COST_STEPS = [
  'permission',
  'enablement',
  'use',
  'activation',
  'data',
  'history',
  'meter',
  'limit',
  'answer',
] as const;

/** A part of the costs that could not be had. */
export interface NotLookedAt {
  readonly part: 'billed' | 'by model' | 'by principal' | 'forecast' | 'estimated today';
  /** Which step is missing. */
  readonly step: (typeof COST_STEPS)[number];
  readonly why: string;
  /** What to do. */
  readonly next: string;
}
