import type { Generation } from '../../aliases/alias';
import type { Candidate } from './candidate';
import { systemProfileArn } from './session-policy';

/**
 * Lists the ids that a generation's calls may be counted under in addition to its profile: its model, its
 * system-defined profile.
 */
export function countedUnder(generation: Generation): readonly string[] {
  const { modelId, systemProfileId = '' } = generation;
  return systemProfileArn(generation) === undefined ? [modelId] : [modelId, systemProfileId];
}

/**
 * Groups the generations of an environment by the ids that their calls may be counted under. If several generations
 * share a model, its count is the sum of their calls and shows nothing about one of them.
 */
export function byCountedUnder(environment: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of environment) {
    for (const id of countedUnder(candidate.generation)) {
      const group = groups.get(id) ?? [];
      group.push(candidate);
      groups.set(id, group);
    }
  }
  return groups;
}
