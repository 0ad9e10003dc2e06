import type { Account } from '../../account/account';
import { evaluateTrust } from '../../iam/evaluate/evaluate-trust';
import type { RolePlan } from '../../plan/parts/role-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import type { TrustCase } from './trust-cases';

/** Whether a role's trust policy answers each case as it must. `owner` is what messages begin with. */
export function judgeTrust(
  owner: string,
  role: Pick<RolePlan, 'name' | 'arn'> & Partial<Pick<RolePlan, 'trust' | 'tagging'>>,
  account: Account,
  cases: readonly TrustCase[],
): readonly PrincipalFinding[] {
  const trust = account.principals.find((p) => p.arn === role.arn)?.trust;
  if (trust === undefined) {
    return [finding(role.arn, `${owner}: the templates have no role ${role.name}`)];
  }
  return cases.flatMap(({ who, caller, action, context, expected }) => {
    const { decision } = evaluateTrust(trust, caller, action, context);
    if ((decision === 'allowed') === (expected === 'allowed') && decision !== 'refused') {
      return [];
    }
    const statement = action === 'sts:TagSession' ? role.tagging : role.trust;
    const message = `${owner}: ${who} ${expected === 'allowed' ? 'cannot assume' : 'can assume'} ${role.name}`;
    // Who can and must not is told by the statement that is too much, not by one that is missing.
    const missing = expected === 'allowed' &&
      statement !== undefined && { policy: `the trust policy of ${role.name}`, statement };
    return [finding(role.arn, message, action, missing || undefined)];
  });
}
