import { findModel, priceOf } from '../../catalog/catalog';
import { listPriceUsd } from '../../catalog/list-price-usd';
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
  return listPriceUsd(
    {
      input: probe.inputTokens,
      output: probe.outputTokens ?? 0,
      cacheRead: probe.cacheReadTokens ?? 0,
      cacheWrite: probe.cacheWriteTokens ?? 0,
    },
    price,
  );
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
