import { emptyVariety, type Variety } from './random/variety';
import type { SingleCase } from './shrink';

export type Counts = Record<string, number>;

/** The result of a comparison. It is plain data, because it comes from a child process. */
export interface Tally {
  cases: number;
  /** Number of decisions that were not compared, by known construct. */
  readonly excluded: Counts;
  /** Number of requests that the engine did not decide, by its reason. */
  readonly skipped: Counts;
  /** Number of requests that lib/iam refused to decide, by its reason. */
  readonly refused: Counts;
  readonly variety: Variety;
  disagreed: number;
  /** The first disagreements, shrunk. */
  readonly disagreements: Disagreement[];
}

export interface Disagreement {
  readonly seed: number;
  readonly smallest: SingleCase;
  readonly ours: string;
  readonly theirs: string;
}

export function emptyTally(): Tally {
  return { cases: 0, excluded: {}, skipped: {}, refused: {}, variety: emptyVariety(), disagreed: 0, disagreements: [] };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    cases: a.cases + b.cases,
    excluded: addCounts(a.excluded, b.excluded),
    skipped: addCounts(a.skipped, b.skipped),
    refused: addCounts(a.refused, b.refused),
    disagreed: a.disagreed + b.disagreed,
    disagreements: [...a.disagreements, ...b.disagreements],
    variety: {
      compared: a.variety.compared + b.variety.compared,
      had: addCounts(a.variety.had, b.variety.had),
      sampled: a.variety.sampled + b.variety.sampled,
      decisive: addCounts(a.variety.decisive, b.variety.decisive),
    },
  };
}

export function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, one) => total + one, 0);
}

function addCounts(a: Counts, b: Counts): Counts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
