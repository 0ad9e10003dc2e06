import type { Generation } from '../../aliases/alias';
import type { Candidate } from './candidate';
import { systemProfileArn } from './session-policy';

/** What the calls of a generation may be counted under beside its profile: its model, its system-defined profile. */
export function countedUnder(generation: Generation): readonly string[] {
  const { modelId, systemProfileId = '' } = generation;
  return systemProfileArn(generation) === undefined ? [modelId] : [modelId, systemProfileId];
}

/**
 * The generations of an environment by what their calls may be counted under. What is counted under a model that several
 * call is the sum of all, which says nothing about one of them.
 */
export function byCountedUnder(environment: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const candidate of environment) {
    for (const id of countedUnder(candidate.generation)) {
      const together = found.get(id) ?? [];
      together.push(candidate);
      found.set(id, together);
    }
  }
  return found;
}
