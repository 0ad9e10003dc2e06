import { regionalArn } from '../../catalog/arn';
import { destinationRegions, findModel, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Routing } from '../../catalog/routing';
import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import { profileReference } from './profile-reference';

/** One model that an alias stands for: an application inference profile of its own. */
export interface GenerationPlan {
  readonly alias: string;
  /** Tells the generations of an alias apart, and stays the same while model and routing do. */
  readonly generation: string;
  /** Whether the alias points to it: one generation of each alias is. */
  readonly served: boolean;
  readonly modelId: string;
  readonly kind: FoundationModel['kind'];
  readonly routing: Routing;
  readonly profileName: string;
  /** Stands for the ARN that Bedrock gives the profile. */
  readonly profileArn: string;
  /** ARN to copy from: a foundation model, or a system-defined inference profile. */
  readonly copyFrom: string;
  /** Foundation models a call may reach, one ARN for each Region. */
  readonly modelArns: readonly string[];
  /**
   * ARN of the system-defined inference profile that the profile copies from.
   *
   * @default - the model is called on demand
   */
  readonly systemProfileArn?: string;
  /**
   * Id of a system-defined inference profile of this model, which must not be callable directly.
   *
   * @default - the model has none in this Region
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
    throw new Error(`'${modelId}' is not in the catalog: an environment must be checked before it is planned`);
  }
  const generation = shortHash([application, alias, modelId, routing].join());
  const system = (prefix: Routing): string => `${prefix}.${modelId}`;
  const systemProfileArn = regionalArn(place, 'bedrock', `inference-profile/${system(routing)}`);
  const direct = routing === 'regional' ? routingsFrom(model, region).find((r) => r !== 'regional') : routing;
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
    ...(direct !== undefined && { systemProfileId: system(direct) }),
  };
}
