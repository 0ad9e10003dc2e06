import { nearest } from './nearest';

/** Returns the end of a message about an unknown word: the nearest of the known words, or `otherwise` if none is near. */
export function didYouMean(word: string, known: Iterable<string>, otherwise = ''): string {
  return meantHint(nearest(word, known)[0], otherwise);
}

/** Returns the end of a message that suggests the word `meant`, or `otherwise` if there is none. */
export function meantHint(meant: string | undefined, otherwise = ''): string {
  return meant === undefined ? otherwise : `; did you mean '${meant}'?`;
}
