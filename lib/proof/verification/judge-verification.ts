import { isWrong } from '../../../lambda/verify/probes/is-wrong';
import type { Account } from '../../account/account';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type MissingStatement, missingStatement } from '../finding/missing-statement';
import type { ProbeResult, VerificationResult } from './verification-result';

/** A probe that did not come out as intended. */
export interface ProbeFinding {
  readonly probe: ProbeResult;
  /**
   * What would have allowed the call.
   *
   * @default - the call was not denied for want of a statement
   */
  readonly missing?: MissingStatement;
}

/** What a run of the verification function says about a plan. */
export interface VerificationVerdict {
  /** `found`: access is not what the plan intends. `unfinished`: something could not tell, or did not run. */
  readonly verdict: 'as intended' | 'found' | 'unfinished';
  readonly findings: readonly ProbeFinding[];
  /** Probes of the plan that have no result, results that no plan asked for, and what could not be verified, and why. */
  readonly mismatches: readonly string[];
}

/** An application whose results are not all there, through no fault of its own. */
export interface Unverified {
  readonly application: string;
  /** A sentence that names the application. */
  readonly why: string;
}

/** The verdict when the function itself failed: its own role cannot do its work, and no probe was made. */
export function functionFailed(message: string): VerificationVerdict {
  return { verdict: 'found', findings: [], mismatches: [message] };
}

const idOf = (p: {
  readonly application: string;
  readonly alias: string;
  readonly generation: string;
  readonly probe: string;
}): string => `${p.application}/${p.alias} ${p.probe} (generation ${p.generation})`;

/**
 * Holds the results of a verification against the plan: every planned probe has one result and no other has, and each
 * came out as intended. A verification of nothing is a finding. What is left out of an answer that would be too long is as
 * unknown as what was not verified.
 */
export function judgeVerification(
  plan: AccessPlan,
  account: Account,
  result: VerificationResult,
  unverified: readonly Unverified[] = [],
): VerificationVerdict {
  const open = [...(result.shortened === undefined ? [] : [result.shortened]), ...unverified.map(({ why }) => why)];
  const idsOf = (applications: readonly ApplicationPlan[]): readonly string[] =>
    applications.flatMap((a) => a.probes.map((p) => idOf({ application: a.name, ...p })));
  const planned = idsOf(plan.applications);
  const isUnverified = ({ name }: ApplicationPlan): boolean =>
    result.shortened !== undefined || unverified.some(({ application }) => application === name);
  const due = idsOf(plan.applications.filter((application) => !isUnverified(application)));
  const made = result.probes.map(idOf);
  const mismatches = [
    ...(result.probes.length === 0 && open.length === 0 ? ['no probe was made'] : []),
    ...due.filter((id) => !made.includes(id)).map((id) => `${id}: planned, and has no result`),
    ...made.filter((id) => !planned.includes(id)).map((id) => `${id}: has a result, and was not planned`),
    ...made.filter((id, i) => made.indexOf(id) !== i).map((id) => `${id}: has more than one result`),
  ];
  const findings = result.probes
    .filter((probe) => !probe.asIntended || probe.outcome !== probe.expected)
    .map((probe) => ({ probe, ...missingOf(plan, account, probe) }));
  // What the function calls intended is not believed where its outcome is another.
  const wrong = findings.some(({ probe }) => isWrong({ ...probe, asIntended: false }));
  const unfinished = findings.length > 0 || open.length > 0;
  const verdict = wrong || mismatches.length > 0 ? 'found' : unfinished ? 'unfinished' : 'as intended';
  return { verdict, findings, mismatches: [...open, ...mismatches] };
}

function missingOf(plan: AccessPlan, account: Account, probe: ProbeResult): { readonly missing?: MissingStatement } {
  const { application, deniedAction: action, deniedArn: arn, outcome, expected, error } = probe;
  // A statement is missing only where nothing allowed the call: a deny or an unreadable policy is mended otherwise.
  if (!error?.message.includes(' because no ')) {
    return {};
  }
  if (outcome !== 'denied' || expected !== 'allowed' || action === undefined || arn === undefined) {
    return {};
  }
  const missing = missingStatement(plan, account, { application, action, arn });
  return missing === undefined ? {} : { missing };
}
