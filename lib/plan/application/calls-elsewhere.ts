import { findModel, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { DEFAULT_REGIONS } from '../../catalog/region';
import type { Place } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';

/** A call of the model in another Region than the environment's. */
export interface CallElsewhere {
  readonly region: string;
  /** A model's id, or a system-defined profile's. */
  readonly target: string;
}

/** Calls of a generation's model in other Regions, all of which must be denied. */
export interface CallsElsewhere {
  /**
   * The model itself where a call through the profile may land.
   *
   * @default - a call lands in the environment's Region alone
   */
  readonly destination?: CallElsewhere;
  /**
   * The model where no call through the profile lands.
   *
   * @default - there is no such Region in which it can be called
   */
  readonly outside?: CallElsewhere;
}

/** Decides them among the Regions that no account has to open first: in another one, credentials would be refused. */
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

/** What a client of that Region would call: on demand if it can, or the first system-defined profile. */
function targetIn(model: FoundationModel, region: string): string {
  const [routing] = routingsFrom(model, region);
  return routing === 'regional' ? model.modelId : `${routing}.${model.modelId}`;
}
