import type { WordPattern } from './word-pattern';

/** Thrown when the patterns distinguish more classes of requests than can be enumerated. Nothing is decided then. */
export class TooManyClasses extends Error {
  override readonly name = 'TooManyClasses';
}

const MAX_STATES = 20_000;

interface State {
  /** Positions in all patterns that a word may have reached, in ascending order. */
  readonly positions: readonly number[];
  /** Numbers of the patterns that match a word which ends in this state, joined by commas. */
  readonly signature: string;
  /** Characters that some pattern distinguishes from the others. */
  readonly distinguished: readonly string[];
  /** Following state by character; '' stands for every character that is not distinguished. */
  readonly next: Map<string, State>;
}

/** Characters to write in place of those that no pattern distinguishes. */
const FILLERS = [...'xyzabcdefghijklmnopqrstuvw0123456789-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * Runs all patterns over a word at once, as a deterministic automaton whose states are created when a word reaches
 * them.
 *
 * Pattern 0 is the universe. A word that can no longer match it is not followed.
 */
export class WordAutomaton {
  private readonly steps: (WordPattern[number] | undefined)[] = [];
  /** Number of the pattern that ends at a position. */
  private readonly ends = new Map<number, number>();
  private readonly states = new Map<string, State>();
  private readonly start: State;
  private readonly universeEnd: number;

  constructor(universe: WordPattern, patterns: readonly WordPattern[]) {
    const starts: number[] = [];
    this.universeEnd = universe.length;
    for (const [i, pattern] of [universe, ...patterns].entries()) {
      starts.push(this.steps.length);
      this.steps.push(...pattern);
      this.ends.set(this.steps.length, i);
      this.steps.push(undefined);
    }
    this.start = this.state(starts);
  }

  /** Returns the numbers of the patterns that the word matches, or `undefined` for a word outside the universe. */
  signature(word: string): string | undefined {
    let state = this.start;
    for (const character of word) {
      state = this.step(state, state.distinguished.includes(character) ? character : '');
    }
    return this.isInUniverse(state) ? state.signature : undefined;
  }

  /**
   * Finds, for every set of patterns that some word of the universe outside `taken` matches, the shortest such word.
   *
   * The first search visits each state with one word. If that word is taken, a second search visits each state with one
   * word more than there are taken words, so that at least one of them is free.
   */
  shortestWords(taken: ReadonlySet<string>): ReadonlyMap<string, string> {
    return this.search(1, taken) ?? this.search(taken.size + 1, taken) ?? new Map();
  }

  /**
   * Searches breadth first and visits every state with at most `maxVisits` words.
   *
   * Returns `undefined` if `maxVisits` is 1 and a word is taken.
   */
  private search(maxVisits: number, taken: ReadonlySet<string>): ReadonlyMap<string, string> | undefined {
    const words = new Map<string, string>();
    const visits = new Map<State, number>();
    let front: readonly (readonly [State, string])[] = [[this.start, '']];
    while (front.length > 0) {
      const following: [State, string][] = [];
      for (const [state, word] of front) {
        if (this.isInUniverse(state) && taken.has(word) && maxVisits === 1) {
          return undefined;
        }
        if (this.isInUniverse(state) && !words.has(state.signature) && !taken.has(word)) {
          words.set(state.signature, word);
        }
        const { distinguished } = state;
        const steps = [
          ...fillers(maxVisits, distinguished).map((f) => ['', f] as const),
          ...distinguished.map((c) => [c, c] as const),
        ];
        for (const [character, written] of steps) {
          const next = this.step(state, character);
          const before = visits.get(next) ?? 0;
          if (before < maxVisits && (next.positions[0] ?? Number.POSITIVE_INFINITY) <= this.universeEnd) {
            visits.set(next, before + 1);
            following.push([next, word + written]);
          }
        }
      }
      front = following;
    }
    return words;
  }

  private isInUniverse({ positions }: State): boolean {
    return positions.includes(this.universeEnd);
  }

  private step(state: State, character: string): State {
    const known = state.next.get(character);
    if (known !== undefined) {
      return known;
    }
    const positions: number[] = [];
    for (const p of state.positions) {
      const step = this.steps[p];
      if (step === undefined) {
        continue;
      }
      const accepts = step.characters?.includes(character) ?? (character !== ':' || step.colon);
      if (accepts) {
        positions.push(step.many ? p : p + 1);
      }
    }
    const next = this.state(positions);
    state.next.set(character, next);
    return next;
  }

  private distinguishedAt(positions: readonly number[]): readonly string[] {
    const distinguished = new Set<string>();
    for (const p of positions) {
      const step = this.steps[p];
      for (const character of step?.characters ?? []) {
        distinguished.add(character);
      }
      if (step !== undefined && !step.colon) {
        distinguished.add(':');
      }
    }
    return [...distinguished];
  }

  /** Returns the state of these positions and of all positions that follow them without reading a character. */
  private state(reached: readonly number[]): State {
    const all = new Set<number>();
    for (const from of reached) {
      let p = from;
      all.add(p);
      while (this.steps[p]?.many) {
        p += 1;
        all.add(p);
      }
    }
    const positions = [...all].sort((a, b) => a - b);
    const key = positions.join();
    const known = this.states.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.states.size >= MAX_STATES) {
      throw new TooManyClasses(`the patterns need more than ${MAX_STATES} states; use fewer wildcards`);
    }
    // The signature leaves out the universe, because all words that are looked for match it.
    const matched = positions.flatMap((p) => this.ends.get(p) ?? []).filter((pattern) => pattern > 0);
    const state: State = {
      positions,
      signature: matched.join(),
      distinguished: this.distinguishedAt(positions),
      next: new Map(),
    };
    this.states.set(key, state);
    return state;
  }
}

/** Returns `count` characters that no pattern distinguishes. */
function fillers(count: number, distinguished: readonly string[]): readonly string[] {
  const characters: string[] = [];
  for (let i = 0; characters.length < count; i += 1) {
    const character = FILLERS[i] ?? String.fromCodePoint(0x100 + i);
    if (!distinguished.includes(character)) {
      characters.push(character);
    }
  }
  return characters;
}
