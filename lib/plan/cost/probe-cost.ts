import type { AllowedProbe } from '../../../lambda/aliases/alias';
import { findModel, priceOf } from '../../catalog/catalog';
import { listPriceUsd } from '../../catalog/list-price-usd';
import type { ApplicationPlan } from '../application/application-plan';
import { CACHE_TOKENS } from '../application/probe-settings';
import type { GenerationPlan } from '../parts/generation-plan';

/** What the probes of one run of the verification cost. */
export interface ProbeCost {
  /** Calls that a model answers; what is denied costs nothing. */
  readonly calls: number;
  /** US dollars at list price, of those with a known price. */
  readonly usd: number;
  /** Calls whose model has no known price. */
  readonly unpriced: number;
}

/** Tokens of one probe as the sandbox counts them; models differ, for pictures and pages by several times. */
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

/** Tokens of the prefix that the probe of the cache writes once and reads once, for each that a model keeps at least. */
const PREFIX = 1.47;

/** What one run of the verification costs, application by application. */
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
  const prefix = probe === 'cache' ? (model?.promptCacheMinTokens ?? CACHE_TOKENS) * PREFIX : 0;
  return listPriceUsd({ input, output, cacheWrite: prefix, cacheRead: prefix }, price);
}
