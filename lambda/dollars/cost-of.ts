import type { Price } from '../../lib/catalog/foundation-model';
import { dollarsOf } from './dollars-of';

/** Tokens of one profile in a period. A count that is absent is zero. The kinds do not overlap. */
export interface Tokens {
  /** Tokens of prompts, without those of the cache. */
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

/** The cost of tokens. */
export interface Cost {
  readonly picoUsd: bigint;
  /** Number of tokens without a known price. Their cost is not part of `picoUsd`. */
  readonly unpricedTokens: number;
}

export const NO_COST: Cost = { picoUsd: 0n, unpricedTokens: 0 };

/**
 * The price of each kind of tokens.
 *
 * Tokens written to the cache cost more if they are kept for an hour. The metrics do not show that, so the price for
 * the default of five minutes applies.
 */
export const PRICE_OF = {
  input: 'input',
  output: 'output',
  cacheRead: 'cacheRead',
  cacheWrite: 'cacheWrite5m',
} as const satisfies Readonly<Record<keyof Tokens, keyof Price>>;

export const TOKEN_KINDS = Object.keys(PRICE_OF) as readonly (keyof Tokens)[];

/** Prices tokens. */
export function costOf(tokens: Tokens, price: Price | undefined): Cost {
  return TOKEN_KINDS.map((kind): Cost => {
    const count = tokens[kind] ?? 0;
    const picoUsd = dollarsOf(count, price?.[PRICE_OF[kind]]);
    return picoUsd === undefined ? { picoUsd: 0n, unpricedTokens: count } : { picoUsd, unpricedTokens: 0 };
  }).reduce(addCosts, NO_COST);
}

export function addCosts(a: Cost, b: Cost): Cost {
  return { picoUsd: a.picoUsd + b.picoUsd, unpricedTokens: a.unpricedTokens + b.unpricedTokens };
}
