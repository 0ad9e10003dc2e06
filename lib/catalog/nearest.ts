import { distance } from 'fastest-levenshtein';

/** Nobody misspells a name by hundreds of characters. */
const LONGEST_WORD = 256;

/** The candidates that are spelled much like `word`, nearest first: at most a third of its letters differ, and never all. */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  { most = 1 }: { readonly most?: number } = {},
): readonly string[] {
  const limit = Math.max(2, Math.floor(word.length / 3));
  return (
    [...candidates]
      // As many letters differ as one word is longer: most candidates need no comparison, and a huge word meets none.
      .filter((candidate) => Math.abs(candidate.length - word.length) <= limit && word.length <= LONGEST_WORD)
      .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
      .filter(({ candidate, away }) => away <= limit && away < Math.min(word.length, candidate.length))
      .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, most)
      .map(({ candidate }) => candidate)
  );
}
