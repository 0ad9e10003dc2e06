import { findModel } from '../../catalog/catalog';
import type { Sampling } from '../../catalog/foundation-model';
import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';
import { allowedProbes } from './allowed-probes';
import { callsElsewhere } from './calls-elsewhere';

/**
 * Minimum length of a cached prefix, in tokens, for a model whose minimum is not in the catalog. It is the minimum of
 * most models with prompt caching (Bedrock User Guide, "Prompt caching").
 */
export const CACHE_TOKENS = 1024;

/**
 * Returns the settings that the verification function needs for a generation. The JSON parameter of the alias holds
 * them.
 */
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

/** Returns the fields of a Converse request with all sampling parameters that the model accepts in one request. */
function samplingFields({ temperature, topP, together, topK }: Sampling): Readonly<Record<string, unknown>> {
  const allowsTopP = together !== false || temperature === undefined;
  return {
    inferenceConfig: { ...(temperature && { temperature: 0.5 }), ...(topP && allowsTopP && { topP: 0.9 }) },
    ...(topK === 'top_k' && { additionalModelRequestFields: { top_k: 20 } }),
    ...(topK === 'inferenceConfig.topK' && { additionalModelRequestFields: { inferenceConfig: { topK: 20 } } }),
  };
}
