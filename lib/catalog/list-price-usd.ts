import type { Price } from './foundation-model';

/** Tokens of calls to one model. */
export interface ChargedTokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/**
 * Returns the cost of tokens at list price, in US dollars. Returns `undefined` when a kind of token that was used has
 * no known price.
 */
export function listPriceUsd(tokens: ChargedTokens, price: Partial<Price> = {}): number | undefined {
  const charged: readonly (readonly [tokens: number, price: number | undefined])[] = [
    [tokens.input, price.input],
    [tokens.output, price.output],
    [tokens.cacheWrite, price.cacheWrite5m],
    [tokens.cacheRead, price.cacheRead],
  ];
  let usd = 0;
  for (const [count, millionUsd] of charged.filter(([count]) => count > 0)) {
    if (millionUsd === undefined) {
      return undefined;
    }
    usd += (count * millionUsd) / 1_000_000;
  }
  return usd;
}
