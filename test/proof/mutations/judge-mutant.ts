import type { Account } from '../../../lib/account/account';
import type { Violation } from '../../../lib/proof/finding/proof';
import type { Random } from '../../iam/random';
import { differentAccess } from '../matrix/different-access';
import { isConfirmed, isConfirmedByEngine } from './confirm-witness';

/** What became of some mutants. */
export interface MutantCounts {
  mutants: number;
  /** With violations whose witnesses are confirmed. */
  found: number;
  /** Not understood, and so refused. */
  undecided: number;
  /** Without a violation, and shown to be answered as before. */
  equal: number;
  /** Of those found. */
  confirmedByEngine: number;
}

export function noMutants(): MutantCounts {
  return { mutants: 0, found: 0, undecided: 0, equal: 0, confirmedByEngine: 0 };
}

/** What is wrong with the proof's answer to a mutant; nothing where it is right, which is counted. */
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
    const refused = violations.find((v) => v.kind === 'undecided' || v.message.includes('cannot be decided'));
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
