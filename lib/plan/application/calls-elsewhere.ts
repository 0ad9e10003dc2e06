import { findModel, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { DEFAULT_REGIONS } from '../../catalog/region';
import type { Place } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';

/** A call of the model in a Region that is not the environment's. */
export interface CallElsewhere {
  readonly region: string;
  /** Id of the model or of a system-defined profile. */
  readonly target: string;
}

/** Calls of a generation's model in other Regions. All of them must be denied. */
export interface CallsElsewhere {
  /**
   * Call of the model itself, in a Region where a call through the profile may land.
   *
   * @default - none: a call lands only in the environment's Region
   */
  readonly destination?: CallElsewhere;
  /**
   * Call of the model in a Region where no call through the profile lands.
   *
   * @default - none: the model can be called in no such Region
   */
  readonly outside?: CallElsewhere;
}

/**
 * Decides the calls in other Regions. It chooses only Regions that are enabled in every account, because any other
 * Region may refuse the credentials.
 */
export function callsElsewhere(
  { region: source, partition }: Place,
  { modelId, routing, modelArns }: GenerationPlan,
): CallsElsewhere {
  const model = findModel(modelId);
  if (model === undefined || partition !== 'aws') {
    return {};
  }
  const others = DEFAULT_REGIONS.filter((region) => region !== source);
  const destinations = modelArns.map((arn) => arn.split(':')[3] ?? '');
  const mayLand = (region: string): boolean =>
    routing === 'global' ? routingsFrom(model, region).includes('global') : destinations.includes(region);
  const destination = others.find(mayLand);
  const outside = others.find((region) => !mayLand(region) && routingsFrom(model, region).length > 0);
  return {
    ...(destination !== undefined && { destination: { region: destination, target: modelId } }),
    ...(outside !== undefined && { outside: { region: outside, target: targetIn(model, outside) } }),
  };
}

/**
 * Returns the id that a client in this Region would call: the model if it can be called on demand, or its first
 * system-defined profile.
 */
function targetIn(model: FoundationModel, region: string): string {
  const [routing] = routingsFrom(model, region);
  return routing === 'regional' ? model.modelId : `${routing}.${model.modelId}`;
}
