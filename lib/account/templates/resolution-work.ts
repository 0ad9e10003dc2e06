/** Work that is allowed for any assembly, however small: values that are visited, and characters that are made. */
const BASE = { values: 200_000, characters: 4_000_000 } as const;
/**
 * Further work for each character of a template, several times what an environment needs: reading every property of 300
 * applications twice visits 0.06 values and makes 4 characters for each (2026-11-30).
 */
const PER_CHARACTER = { values: 1 / 2, characters: 16 } as const;

/**
 * Counts the work of resolving the templates of an assembly, because a short template can ask for an endless amount: 30
 * parameters, each of which contains the one before it twice, make a billion texts of the first one.
 */
export class ResolutionWork {
  private values: number = BASE.values;
  private characters: number = BASE.characters;

  /** Allows the work for one more template. */
  allow(templateCharacters: number): void {
    this.values += templateCharacters * PER_CHARACTER.values;
    this.characters += templateCharacters * PER_CHARACTER.characters;
  }

  /** Returns false when more values were visited than allowed. */
  visit(values = 1): boolean {
    this.values -= values;
    return this.values >= 0;
  }

  /** Returns false when more characters were made than allowed. */
  make(characters: number): boolean {
    this.characters -= characters;
    return this.characters >= 0;
  }
}
