import { ANY, type Glob } from '../policy/glob';

/** One step of a pattern over the characters of a word. */
export interface Step {
  /**
   * The characters it takes.
   *
   * @default - every character, but for a colon where `colon` is false
   */
  readonly characters?: readonly string[];
  /** Whether it takes a colon; a wildcard within a part of an ARN does not. */
  readonly colon: boolean;
  /** Takes any number of characters, also none. */
  readonly many: boolean;
}

/** A pattern as an automaton reads it. */
export type WordPattern = readonly Step[];

/** The steps of a glob that is compared as a whole. */
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

/** The steps of a glob that is compared part by part, as the six parts of an ARN are: wildcards stay within their part. */
export function arnWordPattern(parts: readonly Glob[]): WordPattern {
  return parts.flatMap((part, index) => {
    const last = index === parts.length - 1;
    const steps = wordPattern(part, { colon: last });
    return last ? steps : [...steps, { characters: [':'], colon: true, many: false }];
  });
}

/** Only ASCII letters have a case. */
function bothCases(character: string): readonly string[] {
  return /[a-z]/i.test(character) ? [character.toLowerCase(), character.toUpperCase()] : [character];
}

/** The one word a pattern stands for, or `undefined` where it stands for several. */
export function onlyWord(pattern: WordPattern): string | undefined {
  return pattern.every((step) => step.characters?.length === 1)
    ? pattern.map((step) => step.characters?.[0]).join('')
    : undefined;
}
