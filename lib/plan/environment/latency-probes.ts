import { findModel, routingsFrom } from '../../catalog/catalog';
import type { Routing } from '../../catalog/routing';
import type { Environment } from '../../config/environment';

/** One way to call a model from the environment's Region, to be timed. */
export interface LatencyProbe {
  readonly modelId: string;
  readonly routing: Routing;
  /** What is passed as `modelId`: the model's id, or that of its system-defined inference profile. */
  readonly target: string;
}

/**
 * Every routing of every chat model of an environment that the catalog knows from its Region and `limits.routing` allows,
 * whichever of them the aliases have now: that is what there is to choose from.
 */
export function planLatencyProbes({ applications, region, limits }: Environment): readonly LatencyProbe[] {
  const generations = Object.values(applications)
    .flatMap(({ models }) => Object.values(models))
    .flatMap(({ model, previous }) => [model, ...(previous === undefined ? [] : [previous.model])]);
  return [...new Set(generations)].sort().flatMap((modelId) => {
    const model = findModel(modelId);
    return model?.kind !== 'chat'
      ? []
      : routingsFrom(model, region)
          .filter((routing) => limits.routing?.includes(routing) ?? true)
          .map((routing) => ({ modelId, routing, target: routing === 'regional' ? modelId : `${routing}.${modelId}` }));
  });
}
