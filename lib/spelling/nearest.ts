import { distance } from 'fastest-levenshtein';

/** Maximum length of a word that is compared. A longer one is not a misspelled name. */
const MAX_WORD_LENGTH = 256;

/**
 * Returns the candidates spelled similarly to `word`, nearest first.
 *
 * At most a third of the letters differ, and never all.
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  { most = 1 }: { readonly most?: number } = {},
): readonly string[] {
  const limit = Math.max(2, Math.floor(word.length / 3));
  return (
    [...candidates]
      // The distance is at least the difference in length, so most candidates need no comparison.
      .filter((candidate) => Math.abs(candidate.length - word.length) <= limit && word.length <= MAX_WORD_LENGTH)
      .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
      .filter(({ candidate, away }) => away <= limit && away < Math.min(word.length, candidate.length))
      .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, most)
      .map(({ candidate }) => candidate)
  );
}
