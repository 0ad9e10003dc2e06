import { findModel } from '../../catalog/catalog';
import type { Sampling } from '../../catalog/foundation-model';
import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';
import { allowedProbes } from './allowed-probes';
import { callsElsewhere } from './calls-elsewhere';

/** Where the catalog knows no least length: that of most models that cache (Bedrock User Guide, "Prompt caching"). */
export const CACHE_TOKENS = 1024;

/** What the verification function has to know of a generation, as the alias's JSON parameter carries it. */
export function probeSettings(
  place: Place,
  generation: GenerationPlan,
  verify: ApplicationConfig['verify'],
): Readonly<Record<string, unknown>> {
  const model = findModel(generation.modelId);
  const probes = allowedProbes(generation, verify);
  return {
    probes,
    ...(model?.sampling && probes.includes('sampling') && { sampling: samplingFields(model.sampling) }),
    ...(probes.includes('tools') && { forcedTool: model?.abilities?.includes('forcedTool') === true }),
    ...(probes.includes('cache') && { cacheTokens: model?.promptCacheMinTokens ?? CACHE_TOKENS }),
    ...(model?.embeddingDimensions !== undefined &&
      probes.includes('embed') && { vectorLength: model.embeddingDimensions }),
    ...callsElsewhere(place, generation),
  };
}

/** The fields of a Converse request that carry every sampling parameter that one request may. */
function samplingFields({ temperature, topP, together, topK }: Sampling): Readonly<Record<string, unknown>> {
  const both = together !== false || temperature === undefined;
  return {
    inferenceConfig: { ...(temperature && { temperature: 0.5 }), ...(topP && both && { topP: 0.9 }) },
    ...(topK === 'top_k' && { additionalModelRequestFields: { top_k: 20 } }),
    ...(topK === 'inferenceConfig.topK' && { additionalModelRequestFields: { inferenceConfig: { topK: 20 } } }),
  };
}
