import type { Account } from '../../../lib/account/account';
import type { Violation } from '../../../lib/proof/finding/proof';
import type { Random } from '../../iam/random';
import { differentAccess } from '../matrix/different-access';
import { isConfirmed, isConfirmedByEngine } from './confirm-witness';

/** Number of mutants by outcome. */
export interface MutantCounts {
  mutants: number;
  /** Mutants with violations whose witnesses are confirmed. */
  found: number;
  /** Mutants that the proof refuses because it cannot decide about them, or because they allow no real action. */
  undecided: number;
  /** Mutants without a violation, for which the evaluators found no change of access. */
  equal: number;
  /** Mutants among those found that the engine confirms too. */
  confirmedByEngine: number;
}

export function noMutants(): MutantCounts {
  return { mutants: 0, found: 0, undecided: 0, equal: 0, confirmedByEngine: 0 };
}

/** Counts a mutant by outcome. Returns the mistake in the answer of the proof, or `undefined` when there is none. */
export async function judgeMutant(
  violations: readonly Violation[],
  before: Account,
  after: Account,
  random: Random,
  counts: MutantCounts,
): Promise<string | undefined> {
  counts.mutants += 1;
  if (violations.length === 0) {
    const difference = differentAccess(before, after, random);
    counts.equal += difference === undefined ? 1 : 0;
    return difference === undefined ? undefined : `not found: ${JSON.stringify(difference)}`;
  }
  const witnessed = violations.filter((v) => v.witness !== undefined && v.kind !== 'undecided');
  const wrong = witnessed.find((v) => !isConfirmed(v, before, after));
  if (wrong !== undefined) {
    return `not confirmed: ${wrong.message}`;
  }
  if (witnessed.length === 0) {
    const refused = violations.find(
      (v) => v.kind === 'undecided' || /cannot be decided|is no action of IAM/.test(v.message),
    );
    counts.undecided += refused === undefined ? 0 : 1;
    return refused === undefined ? `without a witness: ${violations[0]?.message}` : undefined;
  }
  counts.found += 1;
  for (const violation of witnessed) {
    const confirmed = await isConfirmedByEngine(violation, before, after);
    if (confirmed !== undefined) {
      counts.confirmedByEngine += confirmed ? 1 : 0;
      return confirmed ? undefined : `the engine does not confirm: ${violation.message}`;
    }
  }
  return undefined;
}
