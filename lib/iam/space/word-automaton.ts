import type { WordPattern } from './word-pattern';

/** The patterns tell more requests apart than can be gone through; nothing is decided then. */
export class TooManyClasses extends Error {
  override readonly name = 'TooManyClasses';
}

const MOST_STATES = 20_000;

interface State {
  /** Positions in all patterns that a word may be at, in order. */
  readonly positions: readonly number[];
  /** Numbers of the patterns that a word ending here matches, joined by commas. */
  readonly signature: string;
  /** Characters that lead elsewhere than the others do. */
  readonly told: readonly string[];
  /** By character; '' stands for every other character. */
  readonly next: Map<string, State>;
}

/** What a character that no pattern tells apart is written as. */
const FILLERS = [...'xyzabcdefghijklmnopqrstuvw0123456789-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * All patterns run together over a word: a deterministic automaton whose states are made as words reach them.
 *
 * The first pattern is the universe: words that cannot come to match it are not followed.
 */
export class WordAutomaton {
  private readonly steps: (WordPattern[number] | undefined)[] = [];
  /** Pattern that ends at a position. */
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

  /** Numbers of the patterns that the word matches, or `undefined` for a word outside the universe. */
  signature(word: string): string | undefined {
    let state = this.start;
    for (const character of word) {
      state = this.step(state, state.told.includes(character) ? character : '');
    }
    return this.inside(state) ? state.signature : undefined;
  }

  /**
   * For every set of patterns that some word of the universe outside `taken` matches, the shortest such word.
   *
   * Where the shortest is taken, others are looked for: among one word more than are taken one is free.
   */
  shortestWords(taken: ReadonlySet<string>): ReadonlyMap<string, string> {
    return this.search(1, taken) ?? this.search(taken.size + 1, taken) ?? new Map();
  }

  /** Breadth first, every state visited by at most `most` words; nothing where one word a state meets one that is taken. */
  private search(most: number, taken: ReadonlySet<string>): ReadonlyMap<string, string> | undefined {
    const found = new Map<string, string>();
    const visits = new Map<State, number>();
    let front: readonly (readonly [State, string])[] = [[this.start, '']];
    while (front.length > 0) {
      const following: [State, string][] = [];
      for (const [state, word] of front) {
        if (this.inside(state) && taken.has(word) && most === 1) {
          return undefined;
        }
        if (this.inside(state) && !found.has(state.signature) && !taken.has(word)) {
          found.set(state.signature, word);
        }
        const { told } = state;
        const steps = [...fillers(most, told).map((f) => ['', f] as const), ...told.map((c) => [c, c] as const)];
        for (const [character, written] of steps) {
          const next = this.step(state, character);
          const before = visits.get(next) ?? 0;
          if (before < most && (next.positions[0] ?? Number.POSITIVE_INFINITY) <= this.universeEnd) {
            visits.set(next, before + 1);
            following.push([next, word + written]);
          }
        }
      }
      front = following;
    }
    return found;
  }

  private inside({ positions }: State): boolean {
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
      const takes = step.characters?.includes(character) ?? (character !== ':' || step.colon);
      if (takes) {
        positions.push(step.many ? p : p + 1);
      }
    }
    const next = this.state(positions);
    state.next.set(character, next);
    return next;
  }

  private told(positions: readonly number[]): readonly string[] {
    const told = new Set<string>();
    for (const p of positions) {
      const step = this.steps[p];
      for (const character of step?.characters ?? []) {
        told.add(character);
      }
      if (step !== undefined && !step.colon) {
        told.add(':');
      }
    }
    return [...told];
  }

  /** The state of these positions and of those that follow without a character. */
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
    if (this.states.size >= MOST_STATES) {
      throw new TooManyClasses(`the patterns need more than ${MOST_STATES} states; use fewer wildcards`);
    }
    // The universe is no part of it: every word that counts matches it.
    const matched = positions.flatMap((p) => this.ends.get(p) ?? []).filter((pattern) => pattern > 0);
    const state: State = { positions, signature: matched.join(), told: this.told(positions), next: new Map() };
    this.states.set(key, state);
    return state;
  }
}

/** As many characters as asked for that are none of those told apart. */
function fillers(most: number, told: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let i = 0; found.length < most; i += 1) {
    const character = FILLERS[i] ?? String.fromCodePoint(0x100 + i);
    if (!told.includes(character)) {
      found.push(character);
    }
  }
  return found;
}
