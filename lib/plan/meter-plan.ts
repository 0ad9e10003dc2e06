import { findModel, priceOf } from '../catalog/catalog';
import type { Price } from '../catalog/foundation-model';
import type { ApplicationPlan } from './application-plan';
import { type FunctionPlan, planFunction } from './function-plan';
import type { GenerationPlan } from './generation-plan';
import type { Place } from './names';
import { READ_METRICS, readAliases } from './verification-plan';

/**
 * Decides the meter: the function that counts calls, tokens and estimated dollars every five minutes.
 *
 * Prices go beside its code, so that a price that changes is deployed like everything else; those alone that the profiles need.
 */
export function planMeter(place: Place, everyHours: number, applications: readonly ApplicationPlan[]): FunctionPlan {
  return planFunction(place, {
    source: 'meter',
    description: 'Counts calls, tokens and estimated dollars by application',
    memoryMegabytes: 512,
    // Less than the time between two runs.
    timeoutSeconds: 240,
    variables: { ENVIRONMENT: place.environment, EVERY_HOURS: String(everyHours) },
    statements: [readAliases(place), READ_METRICS],
    expression: 'rate(5 minutes)',
    files: { 'prices.json': prices(place.region, applications) },
  });
}

/** By `MODEL ROUTING`, sorted. A price that the catalog does not know is absent. */
function prices(region: string, applications: readonly ApplicationPlan[]): Readonly<Record<string, Price>> {
  const all = applications.flatMap(({ generations }) => generations.map((g) => priceOfGeneration(g, region)));
  return Object.fromEntries(all.flat().sort(([a], [b]) => (a < b ? -1 : 1)));
}

function priceOfGeneration(
  { modelId, routing }: GenerationPlan,
  region: string,
): readonly (readonly [string, Price])[] {
  const model = findModel(modelId);
  const price = model && priceOf(model, routing, region);
  return price === undefined ? [] : [[`${modelId} ${routing}`, price]];
}
