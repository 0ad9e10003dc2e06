import type { Alias, Generation } from '../../aliases/alias';

/** One generation that may show a fact. */
export interface Candidate {
  readonly alias: Alias;
  readonly generation: Generation;
}

/** Every generation of the aliases. */
export function candidatesOf(aliases: readonly Alias[]): readonly Candidate[] {
  return aliases.flatMap((alias) => alias.generations.map((generation) => ({ alias, generation })));
}
