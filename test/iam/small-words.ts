import { ANY, type Glob, ONE } from '../../lib/iam/policy/glob';
import { arnWordPattern, type WordPattern, wordPattern } from '../../lib/iam/space/word-pattern';
import type { Random } from './random';

/** A pattern for the partition, and an equivalent regular expression that shares no code with it. */
export interface SmallPattern {
  readonly text: string;
  readonly steps: WordPattern;
  readonly matches: RegExp;
}

const LETTERS = ['a', 'b', 'A'];
const MAX_LENGTH = 5;

/**
 * Every word of at most `MAX_LENGTH` characters: the letters, the colon between parts, and one letter of no pattern.
 */
export const SMALL_WORDS = words([...LETTERS, ':', 'z']);

function words(alphabet: readonly string[]): readonly string[] {
  const all = [''];
  for (let from = 0, length = 1; length <= MAX_LENGTH; length += 1) {
    for (const to = all.length; from < to; from += 1) {
      all.push(...alphabet.map((character) => all[from] + character));
    }
  }
  return all;
}

function glob(text: string): Glob {
  return [...text].map((character) => (character === '*' ? ANY : character === '?' ? ONE : character));
}

function source(text: string, anyCharacter: string): string {
  return text.replaceAll('*', `${anyCharacter}*`).replaceAll('?', anyCharacter);
}

export function whole(text: string): SmallPattern {
  return { text, steps: wordPattern(glob(text)), matches: new RegExp(`^${source(text, '[^]')}$`, 'u') };
}

export function ignoringCase(text: string): SmallPattern {
  return {
    text: `${text} in any case`,
    steps: wordPattern(glob(text), { ignoreCase: true }),
    matches: new RegExp(`^${source(text, '[^]')}$`, 'i'),
  };
}

/** Makes a pattern whose wildcards match a colon only in the last part. */
export function inParts(...parts: readonly string[]): SmallPattern {
  const sources = parts.map((part, i) => source(part, i === parts.length - 1 ? '[^]' : '[^:]'));
  return {
    text: `${parts.join(':')} part by part`,
    steps: arnWordPattern(parts.map(glob)),
    matches: new RegExp(`^${sources.join(':')}$`),
  };
}

export function randomPattern(random: Random): SmallPattern {
  const kind = random.below(10);
  if (kind < 2) {
    return whole(random.some([...LETTERS, ':'], 3).join(''));
  }
  if (kind < 4) {
    return ignoringCase(part(random, 3));
  }
  return kind < 7
    ? inParts(...Array.from({ length: 2 + random.below(2) }, () => part(random, 2)))
    : whole(part(random, 4));
}

function part(random: Random, longest: number): string {
  return Array.from({ length: random.below(longest + 1) }, () => random.one([...LETTERS, '*', '?'])).join('');
}

/** Returns one digit for each pattern: 1 if it matches the word, otherwise 0. */
export function signature(patterns: readonly SmallPattern[], word: string): string {
  return patterns.map(({ matches }) => (matches.test(word) ? 1 : 0)).join('');
}

/** Returns the length of the shortest word for every signature that a small word of the universe has. */
export function shortestLengths(
  patterns: readonly SmallPattern[],
  universe: SmallPattern,
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const word of SMALL_WORDS.filter((w) => universe.matches.test(w))) {
    const key = signature(patterns, word);
    lengths.set(key, lengths.get(key) ?? word.length);
  }
  return lengths;
}

/** True if `SMALL_WORDS` has words of this length. */
export function isSmall(length: number): boolean {
  return length <= MAX_LENGTH;
}
