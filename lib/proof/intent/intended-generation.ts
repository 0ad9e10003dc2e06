import { destinationRegions, findModel } from '../../catalog/catalog';
import type { Place } from '../../plan/names/names';
import type { GenerationPlan } from '../../plan/parts/generation-plan';
import { inRegion } from './arns';

/** The source of a generation's profile, and the models that its calls may reach. */
export interface IntendedGeneration {
  /** ARN that its profile copies from: a foundation model, or a system-defined inference profile. */
  readonly copyFrom: string;
  /** Foundation models that a call may reach, one ARN for each Region. */
  readonly modelArns: readonly string[];
  /**
   * ARN of the system-defined inference profile that a call goes through.
   *
   * @default - the model is called on demand
   */
  readonly systemProfileArn?: string;
}

/** States a second time, from the model and the routing alone, which models the calls of a generation may reach. */
export function intendedGeneration(
  place: Place,
  { modelId, routing }: Pick<GenerationPlan, 'modelId' | 'routing'>,
): IntendedGeneration {
  const model = findModel(modelId);
  const modelIn = (destination: string): string =>
    inRegion({ ...place, region: destination, account: '' }, 'bedrock', `foundation-model/${modelId}`);
  const modelArns = model === undefined ? [] : destinationRegions(model, routing, place.region).map(modelIn);
  if (routing === 'regional') {
    return { copyFrom: modelIn(place.region), modelArns };
  }
  const systemProfileArn = inRegion(place, 'bedrock', `inference-profile/${routing}.${modelId}`);
  return { copyFrom: systemProfileArn, modelArns, systemProfileArn };
}
