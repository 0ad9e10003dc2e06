import type { ApplicationConfig } from '../config/environment-schema';
import type { GenerationPlan } from './generation-plan';

/** What the verification function tries. The last three must be denied; `control` shows that they could have failed. */
export type ProbeName = 'text' | 'stream' | 'embed' | 'control' | 'foreign-profile' | 'bare-model' | 'system-profile';

/** One call that the verification function makes, and what IAM has to answer. */
export interface ProbePlan {
  readonly alias: string;
  readonly generation: string;
  readonly probe: ProbeName;
  readonly expected: 'allowed' | 'denied';
}

/** A probe that the environment file asks for and that does not run, with the reason. */
export interface SkippedProbe {
  readonly alias: string;
  readonly probe: string;
  readonly reason: string;
}

/** Probes that must be allowed for a generation, out of those the file asks for. */
export function allowedProbes(
  generation: GenerationPlan,
  verify: ApplicationConfig['verify'],
): readonly ('text' | 'stream' | 'embed')[] {
  if (generation.kind === 'embedding') {
    return ['embed'];
  }
  // Text always runs: a call that is allowed is what gives a denied one its meaning.
  return verify === undefined || verify.includes('stream') ? ['text', 'stream'] : ['text'];
}

/** Everything one application is verified by, in the order in which results are reported. */
export function planProbes(
  generations: readonly GenerationPlan[],
  verify: ApplicationConfig['verify'],
): readonly ProbePlan[] {
  const allowed = generations.flatMap((g) =>
    allowedProbes(g, verify).map((probe) => ({
      alias: g.alias,
      generation: g.generation,
      probe,
      expected: 'allowed' as const,
    })),
  );
  const first = generations.find((g) => g.served);
  if (first === undefined) {
    return [];
  }
  const once = { alias: first.alias, generation: first.generation };
  const denied = generations.flatMap((g) => {
    const probes: readonly ProbeName[] =
      g.systemProfileId === undefined ? ['bare-model'] : ['bare-model', 'system-profile'];
    return probes.map((probe) => ({ alias: g.alias, generation: g.generation, probe, expected: 'denied' as const }));
  });
  return [
    ...allowed,
    { ...once, probe: 'control', expected: 'allowed' },
    ...denied,
    { ...once, probe: 'foreign-profile', expected: 'denied' },
  ];
}

/** Probes of the contract that this version does not run. */
export function skippedProbes(
  generations: readonly GenerationPlan[],
  verify: ApplicationConfig['verify'],
): readonly SkippedProbe[] {
  const reason = 'this version of the verification function has no such probe';
  return (verify ?? [])
    .filter((probe) => probe !== 'text' && probe !== 'stream')
    .flatMap((probe) =>
      generations.filter((g) => g.served && g.kind === 'chat').map(({ alias }) => ({ alias, probe, reason })),
    );
}
