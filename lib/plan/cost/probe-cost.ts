import type { AllowedProbe } from '../../../lambda/aliases/alias';
import { findModel, priceOf } from '../../catalog/catalog';
import { listPriceUsd } from '../../catalog/list-price-usd';
import type { ApplicationPlan } from '../application/application-plan';
import { CACHE_TOKENS } from '../application/probe-settings';
import type { GenerationPlan } from '../parts/generation-plan';

/** Cost of the probes in one run of the verification. */
export interface ProbeCost {
  /** Number of calls that a model answers. A denied call costs nothing. */
  readonly calls: number;
  /** Cost of the calls with a known price, in US dollars at list price. */
  readonly usd: number;
  /** Number of calls whose model has no known price. */
  readonly unpriced: number;
}

/** Token counts of each probe in the sandbox. Real models differ, for images and documents by several times. */
const TOKENS: Readonly<Record<AllowedProbe | 'control', readonly [input: number, output: number]>> = {
  text: [6, 16],
  system: [13, 16],
  turns: [9, 16],
  sampling: [6, 16],
  stream: [6, 16],
  tools: [127, 39],
  image: [30, 16],
  document: [1591, 32],
  cache: [12, 32],
  embed: [1, 0],
  control: [6, 16],
};

/**
 * Length of the prefix that the cache probe writes once and reads once, relative to the model's minimum length of a
 * cached prefix.
 */
const PREFIX_FACTOR = 1.47;

/** Calculates the cost of one run of the verification, for all given applications. */
export function planProbeCost(applications: readonly ApplicationPlan[], region: string): ProbeCost {
  const costs = applications.flatMap(({ probes, generations }) =>
    probes
      .filter(({ expected }) => expected === 'allowed')
      .map(({ alias, generation, probe }) => {
        const called = generations.find((g) => g.alias === alias && g.generation === generation);
        return called && probeUsd(called, probe, region);
      }),
  );
  const known = costs.filter((usd) => usd !== undefined);
  return {
    calls: costs.length,
    usd: known.reduce((sum, usd) => sum + usd, 0),
    unpriced: costs.length - known.length,
  };
}

function probeUsd({ modelId, routing }: GenerationPlan, probe: string, region: string): number | undefined {
  const model = findModel(modelId);
  const price = model && priceOf(model, routing, region);
  const [input, output] = TOKENS[probe as keyof typeof TOKENS] ?? [0, 0];
  const prefix = probe === 'cache' ? (model?.promptCacheMinTokens ?? CACHE_TOKENS) * PREFIX_FACTOR : 0;
  return listPriceUsd({ input, output, cacheWrite: prefix, cacheRead: prefix }, price);
}
