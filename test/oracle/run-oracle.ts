import type { Order } from './compare';
import { compareInParallel } from './compare-in-parallel';
import { describeRun } from './describe-run';
import { KNOWN_DIFFERENCES } from './known-differences';
import { missingVariety } from './random/variety';
import { sum, type Tally } from './tally';

/** Maximum share of all requests that lib/iam may refuse. */
const MAX_REFUSED = 0.12;

/** Returns `ORACLE_SEED`, which repeats a run, or a seed from the current time. */
function oracleSeed(): number {
  return Number(process.env['ORACLE_SEED'] ?? Date.now() % 2 ** 31);
}

/** Compares, prints the numbers and the seed, and returns the objections. There should be none. */
export async function runOracle(order: Omit<Order, 'first' | 'step'>): Promise<string[]> {
  const seed = oracleSeed();
  const started = performance.now();
  const tally = await compareInParallel({ ...order, first: seed });
  const seconds = (performance.now() - started) / 1_000;
  process.stdout.write(describeRun(order.engine, seed, tally, `${seconds.toFixed(1)} s`));
  const known = KNOWN_DIFFERENCES.filter(({ engines }) => engines.includes(order.engine));
  const untried = known.filter(({ construct }) => tally.excluded[construct] === undefined);
  return [
    ...objections(tally, order.wanted, []),
    ...untried.map(({ construct }) => `no longer tried, or now refused by lib/iam: ${construct}`),
  ];
}

/**
 * Lists every disagreement, and every reason to distrust their absence. `rare` names constructs that may be missing.
 */
export function objections(tally: Tally, wanted: number, rare: readonly string[]): string[] {
  const { disagreements, variety } = tally;
  const refused = sum(tally.refused);
  const all = refused + sum(tally.excluded) + sum(tally.skipped) + variety.compared;
  return [
    ...disagreements.map((disagreement) => JSON.stringify(disagreement)),
    ...missingVariety(variety, rare),
    ...(variety.compared < wanted ? [`only ${variety.compared} of ${wanted} decisions were compared`] : []),
    ...(refused > all * MAX_REFUSED ? [`${refused} of ${all} requests were refused`] : []),
  ];
}
