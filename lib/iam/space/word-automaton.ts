import type { WordPattern } from './word-pattern';

/** Thrown when the patterns distinguish more classes of requests than can be enumerated. Nothing is decided then. */
export class TooManyClasses extends Error {
  override readonly name = 'TooManyClasses';
}

const MAX_STATES = 20_000;
/** Most positions in all states together, which decide the memory that an automaton takes. */
const MAX_POSITIONS = 1_000_000;

interface State {
  /** Positions in all patterns that a word may have reached, in ascending order. */
  readonly positions: readonly number[];
  /** True if a word that ends in this state belongs to the universe. */
  readonly inUniverse: boolean;
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
  private positionCount = 0;
  private readonly start: State;
  private readonly universeEnd: number;

  constructor(universe: WordPattern, patterns: readonly WordPattern[]) {
    const starts: number[] = [];
    this.universeEnd = universe.length;
    for (const [i, pattern] of [universe, ...patterns].entries()) {
      starts.push(this.steps.length);
      for (const step of pattern) {
        this.steps.push(step);
      }
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
    return state.inUniverse ? state.signature : undefined;
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
   * Returns `undefined` if `maxVisits` is 1 and the first word of a set of patterns is taken.
   */
  private search(maxVisits: number, taken: ReadonlySet<string>): ReadonlyMap<string, string> | undefined {
    const words = new Map<string, string>();
    const visits = new Map<State, number>();
    let front: readonly (readonly [State, string])[] = [[this.start, '']];
    while (front.length > 0) {
      const following: [State, string][] = [];
      for (const [state, word] of front) {
        if (state.inUniverse && !words.has(state.signature)) {
          if (!taken.has(word)) {
            words.set(state.signature, word);
          } else if (maxVisits === 1) {
            return undefined;
          }
        }
        const written = [...fillers(maxVisits, state.distinguished), ...state.distinguished];
        for (const [i, character] of written.entries()) {
          const next = this.step(state, i < maxVisits ? '' : character);
          const before = visits.get(next) ?? 0;
          if (before < maxVisits && (next.positions[0] ?? Number.POSITIVE_INFINITY) <= this.universeEnd) {
            visits.set(next, before + 1);
            following.push([next, word + character]);
          }
        }
      }
      front = following;
    }
    return words;
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

  /**
   * Returns the state of these positions, in ascending order, and of all positions that follow them without reading a
   * character.
   */
  private state(reached: readonly number[]): State {
    const positions: number[] = [];
    let last = -1;
    for (const from of reached) {
      // The positions that follow one that is already there are there too.
      let p = from;
      while (p > last) {
        positions.push(p);
        last = p;
        p += this.steps[p]?.many ? 1 : 0;
      }
    }
    const key = positions.join();
    const known = this.states.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.states.size >= MAX_STATES) {
      throw new TooManyClasses(`the patterns need more than ${MAX_STATES} states; use fewer wildcards`);
    }
    this.positionCount += positions.length;
    if (this.positionCount > MAX_POSITIONS) {
      throw new TooManyClasses(`the patterns need more than ${MAX_POSITIONS} positions; use fewer wildcards`);
    }
    // The signature leaves out the universe, because all words that are looked for match it.
    const matched = positions.flatMap((p) => this.ends.get(p) ?? []).filter((pattern) => pattern > 0);
    const state: State = {
      positions,
      inUniverse: positions.includes(this.universeEnd),
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
