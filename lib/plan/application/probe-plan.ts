import { type ServiceTier, tierBeside } from '../../../lambda/aliases/service-tiers';
import { DENIED_EACH, DENIED_ONCE, type ProbeName } from '../../../lambda/verify/result';
import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';
import { allowedProbes } from './allowed-probes';
import { callsElsewhere } from './calls-elsewhere';
import type { GuardrailPlan } from './grant';

/** One call that the verification function makes, with the decision that IAM must make. */
export interface ProbePlan {
  readonly alias: string;
  readonly generation: string;
  readonly probe: ProbeName;
  readonly expected: 'allowed' | 'denied';
}

/** Returns the probes that call a model without the generation's profile. All of them must be denied. */
function deniedProbes(
  place: Place,
  generation: GenerationPlan,
  guardrail: GuardrailPlan | undefined,
  tiers: readonly ServiceTier[],
): readonly ProbeName[] {
  const { destination, outside } = callsElsewhere(place, generation);
  const isChat = generation.kind === 'chat';
  const canBeMade: Readonly<Record<(typeof DENIED_EACH)[number], boolean>> = {
    'bare-model': true,
    'destination-model': destination !== undefined,
    'system-profile': generation.systemProfileId !== undefined,
    'other-region': outside !== undefined,
    'no-guardrail': guardrail !== undefined && isChat,
    'other-tier': tierBeside(tiers) !== undefined && isChat,
  };
  return DENIED_EACH.filter((probe) => canBeMade[probe]);
}

/** Decides the probes of one application, in the order in which their results are reported. */
export function planProbes(
  place: Place,
  generations: readonly GenerationPlan[],
  guardrail: GuardrailPlan | undefined,
  { verify, tiers }: Pick<ApplicationConfig, 'verify' | 'tiers'>,
): readonly ProbePlan[] {
  const first = generations.find((g) => g.served);
  if (first === undefined) {
    return [];
  }
  const probesOf = (
    g: GenerationPlan,
    expected: ProbePlan['expected'],
    probes: readonly ProbeName[],
  ): readonly ProbePlan[] => probes.map((probe) => ({ alias: g.alias, generation: g.generation, probe, expected }));
  return [
    ...generations.flatMap((g) => probesOf(g, 'allowed', allowedProbes(g, verify))),
    ...probesOf(first, 'allowed', ['control']),
    ...generations.flatMap((g) => probesOf(g, 'denied', deniedProbes(place, g, guardrail, tiers))),
    ...probesOf(first, 'denied', DENIED_ONCE),
  ];
}
