import type { Account } from '../../account/account';
import { READINGS, type SystemProfileReading } from '../../account/system-profile-reading';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import { judgeCall } from '../calls/judge-call';
import { wholeCalls } from '../calls/whole-calls';
import { merged } from '../finding/principal-finding';
import type { Violation } from '../finding/proof';
import { principalWords } from '../finding/sentence';
import type { PrincipalGroup } from './principal-group';

export interface ProvenCalls {
  /** Number of calls, counted for every principal and every reading of the system profile. */
  readonly calls: number;
  readonly violations: readonly Violation[];
}

/**
 * Proves whole calls as Bedrock makes them, under every reading of the system profile. One call makes several requests.
 */
export function proveCalls(
  plan: AccessPlan,
  account: Account,
  { planned, applications, principal }: PrincipalGroup,
): ProvenCalls {
  const labels = planned.map(principalLabel);
  // One foreign application is enough: the request classes already prove that no other profile is granted.
  const foreign = plan.applications.filter((a) => !applications.includes(a)).slice(0, 1);
  const calls = applications.flatMap((own) => wholeCalls(own, [own, ...foreign], account));
  const findings = calls.flatMap((call) => {
    const judge = (reading: SystemProfileReading) => judgeCall(plan, account, reading, principal, call);
    // A call that passes all checks also passes with fewer. A call that fails with the fewest checks also fails with
    // more.
    const hardest = call.expected === 'allowed' ? 'every' : 'unasked';
    return judge(hardest).length === 0 ? [] : READINGS.flatMap(judge);
  });
  return {
    calls: calls.length * READINGS.length * planned.length,
    violations: merged(findings).map(({ message, missing }) => ({
      kind: 'call',
      message: `${principalWords(labels)}: ${message}`,
      principals: labels,
      about: principal.arn,
      classes: 1,
      ...(missing !== undefined && { missing }),
    })),
  };
}
