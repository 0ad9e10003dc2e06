import type { Prices } from '../../../lambda/dollars/prices';
import { findModel, MODEL_IDS, priceOf, routingsFrom } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';

/**
 * Returns the prices of every model in a Region. Models without a price in the catalog are omitted.
 *
 * They are bundled with the code of the functions that count dollars, so that a changed price is deployed like every
 * other change. With only the models of the file, every upgrade of an alias would change the Foundation stack.
 */
export function regionPrices(region: string): Prices {
  return Object.fromEntries(
    MODEL_IDS.flatMap((modelId) => {
      const model = findModel(modelId);
      return model === undefined
        ? []
        : routingsFrom(model, region).flatMap((routing) => {
            const price = priceOf(model, routing, region);
            return price === undefined ? [] : [[`${modelId} ${routing}`, withCache(price)] as const];
          });
    }),
  );
}

/** Price of a cache write, as a multiple of the price of the input. It is the same for every model that has one. */
const CACHE_WRITE_RATIO = 1.25;

/**
 * Completes the prices of the cache. AWS names no price for the cache writes of Nova. If they were not counted, an
 * application could spend on them without reaching its limit, so they count like those of all other models. A cache read
 * without a price counts like input, the most that it can cost.
 */
function withCache(price: Price): Price {
  const { input, cacheRead = input, cacheWrite5m = Math.round(input * CACHE_WRITE_RATIO * 1e6) / 1e6 } = price;
  return { ...price, cacheRead, cacheWrite5m };
}
