import { findModel, priceOf } from '../../catalog/catalog';
import type { Routing } from '../../catalog/routing';
import type { ProbeResult } from '../../proof/verification/verification-result';

/** Calls of a model, as they are charged. */
type Charged = Pick<ProbeResult, 'modelId' | 'routing' | 'inputTokens' | 'outputTokens'> &
  Partial<Pick<ProbeResult, 'cacheReadTokens' | 'cacheWriteTokens'>>;

/** What a probe cost at list price in US dollars, or `undefined` where no price or no tokens are known. */
export function estimatedUsd(probe: Charged, region: string): number | undefined {
  const model = findModel(probe.modelId);
  const price = model && priceOf(model, probe.routing as Routing, region);
  if (price === undefined || probe.inputTokens === undefined) {
    return undefined;
  }
  const costs = [
    probe.inputTokens * price.input,
    costOf(probe.outputTokens, price.output),
    costOf(probe.cacheReadTokens, price.cacheRead),
    costOf(probe.cacheWriteTokens, price.cacheWrite5m),
  ];
  return costs.reduce<number | undefined>(
    (sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost / 1_000_000),
    0,
  );
}

/** In millionths of a dollar; no tokens cost nothing, whether their price is known or not. */
function costOf(tokens: number | undefined, price: number | undefined): number | undefined {
  return tokens === undefined || tokens === 0 ? 0 : price === undefined ? undefined : tokens * price;
}

/** US dollars to the millionth, as a report shows them. */
export function dollars(usd: number | undefined): string {
  if (usd === undefined) {
    return 'unknown';
  }
  return usd > 0 && usd < 0.000001 ? '<$0.000001' : `$${usd.toFixed(6)}`;
}

/** The sum of what several probes cost: more than what is known, where a price is not. */
export function totalDollars(amounts: readonly (number | undefined)[]): string {
  const known = amounts.filter((amount) => amount !== undefined);
  const total = known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
  return known.length === amounts.length || total === undefined ? dollars(total) : `>$${total.toFixed(6)}`;
}
