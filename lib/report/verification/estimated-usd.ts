import { findModel, priceOf } from '../../catalog/catalog';
import { listPriceUsd } from '../../catalog/list-price-usd';
import type { Routing } from '../../catalog/routing';
import type { ProbeResult } from '../../proof/verification/verification-result';

/** The model, routing and tokens that decide what a call costs. */
type Charged = Pick<ProbeResult, 'modelId' | 'routing' | 'inputTokens' | 'outputTokens'> &
  Partial<Pick<ProbeResult, 'cacheReadTokens' | 'cacheWriteTokens'>>;

/** Returns the cost of a probe at list price in US dollars, or `undefined` when its price or its tokens are not known. */
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

/** Formats US dollars to the millionth. */
export function dollars(usd: number | undefined): string {
  if (usd === undefined) {
    return 'unknown';
  }
  return usd > 0 && usd < 0.000001 ? '<$0.000001' : `$${usd.toFixed(6)}`;
}

/** Adds up the costs of several probes. A sum that begins with `>` lacks a cost that is not known. */
export function totalDollars(amounts: readonly (number | undefined)[]): string {
  const known = amounts.filter((amount) => amount !== undefined);
  const total = known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
  return known.length === amounts.length || total === undefined ? dollars(total) : `>$${total.toFixed(6)}`;
}
