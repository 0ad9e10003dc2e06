/**
 * Returns the cost of tokens in pico-dollars (10^-12 US dollars). In this unit the list price of one token is a whole
 * number, so the sum of a month has no rounding error. Returns `undefined` if the price is unknown and there are
 * tokens.
 *
 * @param usdPerMillion list price of 1,000,000 tokens, in US dollars
 */
export function dollarsOf(tokens: number, usdPerMillion: number | undefined): bigint | undefined {
  const counted = BigInt(Math.round(tokens));
  if (usdPerMillion === undefined) {
    return counted === 0n ? 0n : undefined;
  }
  return counted * BigInt(Math.round(usdPerMillion * 1_000_000));
}

/** Converts pico-dollars to US dollars. */
export function inUsd(picoUsd: bigint): number {
  return Number(`${picoUsd}e-12`);
}

/** Converts US dollars, as a metric holds them, to pico-dollars. */
export function fromUsd(usd: number): bigint {
  return BigInt(Math.round(usd * 1e12));
}
