import { KNOWN_DIFFERENCES } from './known-differences';
import type { Counts, Tally } from './tally';

/** Formats the numbers of a run and the seed that repeats it. */
export function describeRun(engine: string, seed: number, tally: Tally, time: string): string {
  const { cases, variety, disagreed } = tally;
  const { allowed, implicitDeny, explicitDeny } = variety.had;
  return [
    `${engine}, ORACLE_SEED=${seed}: ${variety.compared} decisions of ${cases} cases in ${time}, ${disagreed} disagreements`,
    `  ${allowed} allowed, ${implicitDeny} implicitly and ${explicitDeny} explicitly denied`,
    ...lines('refused', tally.refused),
    ...lines('not compared', tally.excluded),
    ...lines('skipped', tally.skipped),
    '',
  ].join('\n');
}

function lines(title: string, counts: Counts): string[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `  ${title} ${times}: ${name}${whoIsRight(name)}`);
}

function whoIsRight(name: string): string {
  const known = KNOWN_DIFFERENCES.find(({ construct }) => construct === name);
  return known === undefined ? '' : ` (right: ${known.right})`;
}
