import { isWrong } from '../../../lambda/verify/probes/is-wrong';
import type { Account } from '../../account/account';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type MissingStatement, missingStatement } from '../finding/missing-statement';
import type { ProbeResult, VerificationResult } from './verification-result';

/** A probe whose outcome is not the intended one. */
export interface ProbeFinding {
  readonly probe: ProbeResult;
  /**
   * The statement that would have allowed the call.
   *
   * @default - the call was not denied because of a missing statement
   */
  readonly missing?: MissingStatement;
}

/** The verdict on a plan from a run of the verification function. */
export interface VerificationVerdict {
  /**
   * `found`: access differs from the plan. `unfinished`: a probe did not run or did not show whether access is right.
   */
  readonly verdict: 'as intended' | 'found' | 'unfinished';
  readonly findings: readonly ProbeFinding[];
  /** A sentence for each planned probe without a result, each unplanned result, and each gap, with the reason. */
  readonly mismatches: readonly string[];
}

/** An application whose results are incomplete for a reason that lies outside the application. */
export interface Unverified {
  readonly application: string;
  /** A sentence that names the application. */
  readonly why: string;
}

/** Returns the verdict when the function itself failed: its role cannot do its work, so no probe ran. */
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
 * Compares the results of a verification with the plan. Every planned probe must have exactly one result, no other
 * result may exist, and every outcome must be the intended one. A verification without any probe is a finding. Results
 * that are left out of a shortened answer count as not verified.
 */
export function judgeVerification(
  plan: AccessPlan,
  account: Account,
  result: VerificationResult,
  unverified: readonly Unverified[] = [],
): VerificationVerdict {
  const gaps = [...(result.shortened === undefined ? [] : [result.shortened]), ...unverified.map(({ why }) => why)];
  const idsOf = (applications: readonly ApplicationPlan[]): readonly string[] =>
    applications.flatMap((a) => a.probes.map((p) => idOf({ application: a.name, ...p })));
  const planned = idsOf(plan.applications);
  const isUnverified = ({ name }: ApplicationPlan): boolean =>
    result.shortened !== undefined || unverified.some(({ application }) => application === name);
  const expected = idsOf(plan.applications.filter((application) => !isUnverified(application)));
  const reported = result.probes.map(idOf);
  const mismatches = [
    ...(result.probes.length === 0 && gaps.length === 0 ? ['no probe ran'] : []),
    ...expected.filter((id) => !reported.includes(id)).map((id) => `${id}: is planned but has no result`),
    ...reported.filter((id) => !planned.includes(id)).map((id) => `${id}: has a result but is not planned`),
    ...reported.filter((id, i) => reported.indexOf(id) !== i).map((id) => `${id}: has more than one result`),
  ];
  const findings = result.probes
    .filter((probe) => !probe.asIntended || probe.outcome !== probe.expected)
    .map((probe) => ({ probe, ...missingOf(plan, account, probe) }));
  // The outcome decides, even when the function says that the result is as intended.
  const wrong = findings.some(({ probe }) => isWrong({ ...probe, asIntended: false }));
  const unfinished = findings.length > 0 || gaps.length > 0;
  const verdict = wrong || mismatches.length > 0 ? 'found' : unfinished ? 'unfinished' : 'as intended';
  return { verdict, findings, mismatches: [...gaps, ...mismatches] };
}

function missingOf(plan: AccessPlan, account: Account, probe: ProbeResult): { readonly missing?: MissingStatement } {
  const { application, generation, deniedAction: action, deniedArn: arn, outcome, expected, error } = probe;
  // A statement is missing only if nothing allowed the call. Adding one does not help against a deny or an unreadable
  // policy.
  if (!error?.message.includes(' because no ')) {
    return {};
  }
  if (outcome !== 'denied' || expected !== 'allowed' || action === undefined || arn === undefined) {
    return {};
  }
  const missing = missingStatement(plan, account, { application, generation, action, arn });
  return missing === undefined ? {} : { missing };
}
