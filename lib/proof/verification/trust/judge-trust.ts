import type { Account } from '../../../account/account';
import { evaluateTrust } from '../../../iam/evaluate/evaluate-trust';
import type { RolePlan } from '../../../plan/parts/role-plan';
import { finding, type PrincipalFinding } from '../../finding/principal-finding';
import type { TrustCase } from './trust-case';

/**
 * Reports the cases that a role's trust policy decides otherwise than expected.
 *
 * @param owner name with which each message begins
 */
export function judgeTrust(
  owner: string,
  { name, arn, trust: planned }: Pick<RolePlan, 'name' | 'arn' | 'trust'>,
  account: Account,
  cases: readonly TrustCase[],
): readonly PrincipalFinding[] {
  const trust = account.principals.find((p) => p.arn === arn)?.trust;
  if (trust === undefined) {
    return [finding(arn, `${owner}: the templates have no role ${name}`)];
  }
  return cases.flatMap(({ who, caller, action, context, expected }) => {
    const { decision } = evaluateTrust(trust, caller, action, context);
    if ((decision === 'allowed') === (expected === 'allowed') && decision !== 'refused') {
      return [];
    }
    const message = `${owner}: ${who} ${expected === 'allowed' ? 'cannot assume' : 'can assume'} ${name}`;
    // When a caller can assume the role but must not, no statement is missing.
    const statement = expected === 'allowed' ? planned.find((s) => s.Action.includes(action)) : undefined;
    return [finding(arn, message, action, statement && { policy: `the trust policy of ${name}`, statement })];
  });
}
