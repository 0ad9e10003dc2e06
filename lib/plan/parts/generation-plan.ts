import { regionalArn } from '../../catalog/arn';
import { destinationRegions, findModel, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Routing } from '../../catalog/routing';
import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import { profileReference } from './profile-reference';

/** One generation of an alias: a model with its own application inference profile. */
export interface GenerationPlan {
  readonly alias: string;
  /** Digest that identifies the generation. It changes only with the alias, the model and the routing. */
  readonly generation: string;
  /** True for the one generation that the alias points to. */
  readonly served: boolean;
  readonly modelId: string;
  readonly kind: FoundationModel['kind'];
  readonly routing: Routing;
  readonly profileName: string;
  /** Reference to the profile, used until Bedrock assigns its ARN. */
  readonly profileArn: string;
  /** ARN of the model source: a foundation model, or a system-defined inference profile. */
  readonly copyFrom: string;
  /** ARNs of the foundation model in each Region that a call may reach. */
  readonly modelArns: readonly string[];
  /**
   * ARN of the system-defined inference profile that the profile copies from.
   *
   * @default - none: the model is called on demand
   */
  readonly systemProfileArn?: string;
  /**
   * Id of a system-defined inference profile of this model. Direct calls of it must be denied.
   *
   * @default - none: the model has no such profile in this Region
   */
  readonly systemProfileId?: string;
}

/** Decides the profile of one generation. The same request always gives the same plan. */
export function planGeneration(
  place: Place,
  application: string,
  alias: string,
  { model: modelId, routing }: { readonly model: string; readonly routing: Routing },
  served = true,
): GenerationPlan {
  const { environment, region, partition } = place;
  const model = findModel(modelId);
  if (model === undefined) {
    throw new Error(`'${modelId}' is not in the catalog; check the environment before you plan it`);
  }
  const generation = shortHash([application, alias, modelId, routing].join());
  const systemIdOf = (prefix: Routing): string => `${prefix}.${modelId}`;
  const systemProfileArn = regionalArn(place, 'bedrock', `inference-profile/${systemIdOf(routing)}`);
  const directRouting = routing === 'regional' ? routingsFrom(model, region).find((r) => r !== 'regional') : routing;
  const shortModel = modelId.replace(/^[^.]+\./, '').replace(/-v\d+(:\d+)?$/, '');
  const profileName = physicalName([environment, application, alias, shortModel, generation]);
  return {
    alias,
    generation,
    served,
    modelId,
    kind: model.kind,
    routing,
    profileName,
    profileArn: profileReference(place, profileName),
    copyFrom: routing === 'regional' ? foundationModelArn(partition, region, modelId) : systemProfileArn,
    modelArns: destinationRegions(model, routing, region).map((r) => foundationModelArn(partition, r, modelId)),
    ...(routing !== 'regional' && { systemProfileArn }),
    ...(directRouting !== undefined && { systemProfileId: systemIdOf(directRouting) }),
  };
}
