/**
 * What tokens cost, in millionths of a millionth of a US dollar: a list price is a whole number of them for one token, so
 * that no sum of a month is off by a rounding. `undefined` where no price is known, unless there is nothing to pay for.
 *
 * @param usdPerMillion list price for 1,000,000 tokens
 */
export function dollarsOf(tokens: number, usdPerMillion: number | undefined): bigint | undefined {
  const counted = BigInt(Math.round(tokens));
  if (usdPerMillion === undefined) {
    return counted === 0n ? 0n : undefined;
  }
  return counted * BigInt(Math.round(usdPerMillion * 1_000_000));
}

/** US dollars, to be shown. */
export function inUsd(picoUsd: bigint): number {
  return Number(`${picoUsd}e-12`);
}

/** US dollars as they were written to a metric. */
export function fromUsd(usd: number): bigint {
  return BigInt(Math.round(usd * 1e12));
}
