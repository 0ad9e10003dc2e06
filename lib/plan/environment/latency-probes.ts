import { findModel, routingsFrom } from '../../catalog/catalog';
import type { Routing } from '../../catalog/routing';
import type { Environment } from '../../config/environment';

/** One way to call a model from the environment's Region, whose latency is measured. */
export interface LatencyProbe {
  readonly modelId: string;
  readonly routing: Routing;
  /** Value of `modelId`: the id of the model, or of its system-defined inference profile. */
  readonly target: string;
}

/**
 * Decides the probes: every routing of every chat model of an environment that exists in its Region and that
 * `limits.routing` allows. They include routings that no alias uses now, because the results serve to choose a routing.
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
