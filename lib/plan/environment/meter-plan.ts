import { findModel, MODEL_IDS, priceOf, routingsFrom } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';
import type { Place } from '../names/names';
import { type FunctionPlan, planFunction } from '../parts/function-plan';
import { READ_METRICS, readAliases } from './verification-plan';

/**
 * Decides the meter: the function that counts calls, tokens and estimated dollars every five minutes.
 *
 * The prices are bundled with its code, so that a changed price is deployed like every other change. They include every
 * model that the Region offers. With only the models of the file, every upgrade of an alias would change the Foundation
 * stack.
 */
export function planMeter(place: Place, everyHours: number): FunctionPlan {
  return planFunction(place, {
    source: 'meter',
    description: 'Counts calls, tokens and estimated dollars by application',
    memoryMegabytes: 512,
    // The timeout is shorter than the time between two runs.
    timeoutSeconds: 240,
    variables: { ENVIRONMENT: place.environment, EVERY_HOURS: String(everyHours) },
    statements: [readAliases(place), READ_METRICS],
    expression: 'rate(5 minutes)',
    files: { 'prices.json': prices(place.region) },
  });
}

/** Returns the prices in a Region, by `MODEL ROUTING`. Models without a price in the catalog are omitted. */
function prices(region: string): Readonly<Record<string, Price>> {
  return Object.fromEntries(
    MODEL_IDS.flatMap((modelId) => {
      const model = findModel(modelId);
      return model === undefined
        ? []
        : routingsFrom(model, region).flatMap((routing) => {
            const price = priceOf(model, routing, region);
            return price === undefined ? [] : [[`${modelId} ${routing}`, price] as const];
          });
    }),
  );
}
