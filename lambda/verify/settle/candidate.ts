import type { Alias, Generation } from '../../aliases/alias';

/** A generation by which a fact may be settled. */
export interface Candidate {
  readonly alias: Alias;
  readonly generation: Generation;
}

/** Lists every generation of the aliases. */
export function candidatesOf(aliases: readonly Alias[]): readonly Candidate[] {
  return aliases.flatMap((alias) => alias.generations.map((generation) => ({ alias, generation })));
}
