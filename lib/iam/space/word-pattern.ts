import { ANY, type Glob } from '../policy/glob';

/** One step of a pattern over the characters of a word. */
export interface Step {
  /**
   * Characters that the step accepts.
   *
   * @default - every character, except a colon if `colon` is false
   */
  readonly characters?: readonly string[];
  /** True if the step accepts a colon. A wildcard within a part of an ARN does not. */
  readonly colon: boolean;
  /** True if the step accepts any number of characters, including none. */
  readonly many: boolean;
}

/** A pattern in the form that the automaton reads. */
export type WordPattern = readonly Step[];

/** Returns the steps of a glob that is compared as a whole. */
export function wordPattern(glob: Glob, { ignoreCase = false, colon = true } = {}): WordPattern {
  return glob.flatMap((piece): readonly Step[] =>
    typeof piece === 'string'
      ? [...piece].map((character) => ({
          characters: ignoreCase ? bothCases(character) : [character],
          colon: true,
          many: false,
        }))
      : [{ colon, many: piece === ANY }],
  );
}

/** Returns the steps of an ARN pattern, which is compared part by part: a wildcard matches only within its part. */
export function arnWordPattern(parts: readonly Glob[]): WordPattern {
  return parts.flatMap((part, index) => {
    const last = index === parts.length - 1;
    const steps = wordPattern(part, { colon: last });
    return last ? steps : [...steps, { characters: [':'], colon: true, many: false }];
  });
}

/** Returns both cases of an ASCII letter. Other characters have no case here. */
function bothCases(character: string): readonly string[] {
  return /[a-z]/i.test(character) ? [character.toLowerCase(), character.toUpperCase()] : [character];
}

/** Returns the only word that the pattern matches, or `undefined` if it matches several. */
export function onlyWord(pattern: WordPattern): string | undefined {
  return pattern.every((step) => step.characters?.length === 1)
    ? pattern.map((step) => step.characters?.[0]).join('')
    : undefined;
}
