import { WordAutomaton } from './word-automaton';
import { onlyWord, type WordPattern } from './word-pattern';

export { TooManyClasses } from './word-automaton';

/** The set of words that are divided into classes. */
export interface Universe {
  /** Pattern of the words that belong to the universe. */
  readonly within: WordPattern;
  /**
   * Further words that belong to the universe.
   *
   * @default - none
   */
  readonly words?: readonly string[];
}

/**
 * Returns one word for every set of patterns that some word of the universe matches: the first example that matches
 * this set or, without one, the shortest word.
 *
 * The result is complete for words of any length. A subset construction over all patterns finds every set of patterns
 * that some word matches. In each state, one character stands for all characters that no pattern distinguishes there.
 * Patterns that match a single word are left out of the automaton, and the shortest words are chosen to equal none of
 * these.
 *
 * @throws TooManyClasses when the automaton exceeds its limit of states
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
