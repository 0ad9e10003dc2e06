import type { AccessMatrix } from './access-matrix';

/** Returns the names of the applications that have a profile or a call in a matrix. */
export function applicationsIn({
  profiles,
  principals,
}: Pick<AccessMatrix, 'profiles' | 'principals'>): ReadonlySet<string> {
  return new Set([...profiles, ...principals.flatMap((p) => p.calls)].map((of) => of.application));
}
