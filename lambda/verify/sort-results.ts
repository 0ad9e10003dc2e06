import type { ProbeResult } from './result';

/** Returns the rank of a probe: first those that must be allowed, then the control, then those that must be denied. */
function phase({ probe, expected }: ProbeResult): number {
  return probe === 'control' ? 1 : expected === 'allowed' ? 0 : 2;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Sorts by application, alias and generation, then by phase. Within a phase the order stays the same. */
export function sortResults(results: readonly ProbeResult[]): readonly ProbeResult[] {
  return [...results].sort(
    (a, b) =>
      compare(a.application, b.application) ||
      compare(a.alias, b.alias) ||
      compare(a.generation, b.generation) ||
      phase(a) - phase(b),
  );
}
