import { WordAutomaton } from './word-automaton';
import { onlyWord, type WordPattern } from './word-pattern';

export { TooManyClasses } from './word-automaton';

export interface Universe {
  /** What every word of it matches. */
  readonly within: WordPattern;
  /** Words that belong to it besides. */
  readonly words?: readonly string[];
}

/**
 * One word for every way in which words of the universe can match the patterns: the first example that does so, else the
 * shortest word.
 *
 * Complete for words of any length: a subset construction over all patterns together finds every set of patterns that
 * some word matches, and in each state one character stands for all that no pattern tells apart there. Patterns that
 * stand for one word only are not run; a word that equals none of them is looked for in each remaining set.
 *
 * @throws TooManyClasses when the automaton passes its limit
 */
export function partition(
  patterns: readonly WordPattern[],
  universe: Universe,
  examples: readonly string[] = [],
): readonly string[] {
  const literals = new Set(patterns.flatMap((p) => onlyWord(p) ?? []));
  const automaton = new WordAutomaton(
    universe.within,
    patterns.filter((p) => onlyWord(p) === undefined),
  );
  const words = new Map<string, string>();
  const add = (key: string | undefined, word: string): void => {
    if (key !== undefined && !words.has(key)) {
      words.set(key, word);
    }
  };
  for (const word of [...examples, ...literals]) {
    const signature = automaton.signature(word);
    add(literals.has(word) && signature !== undefined ? `=${word}` : signature, word);
  }
  for (const [signature, word] of automaton.shortestWords(literals)) {
    add(signature, word);
  }
  return [...words.values(), ...(universe.words ?? []).filter((word) => automaton.signature(word) === undefined)];
}
