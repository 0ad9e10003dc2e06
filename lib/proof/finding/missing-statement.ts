import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { Statement, TrustStatement } from '../../plan/parts/statement';
import { accountArns } from './account-arns';

/** The statement that would have allowed a call, and the policy in which the plan has it. */
export interface MissingStatement {
  readonly policy: string;
  readonly statement: Statement | TrustStatement;
}

/** A request that IAM denied. */
export interface DeniedCall {
  readonly application: string;
  readonly action: string;
  readonly arn: string;
}

const anyRegion = (arn: string): string => arn.replace(/^(arn:[^:]+:bedrock:)[^:]*(::)/, '$1*$2');

/**
 * Finds the statement of the plan that would allow a denied call, and reduces it to this call.
 *
 * Returns `undefined` when the plan has no such statement, so that none is missing.
 */
export function missingStatement(plan: AccessPlan, account: Account, denied: DeniedCall): MissingStatement | undefined {
  const application = plan.applications.find((a) => a.name === denied.application);
  if (application === undefined) {
    return undefined;
  }
  if (denied.action === 'sts:AssumeRole') {
    const role = application.roles.find((r) => r.arn === denied.arn);
    const statement = role?.trust.find((s) => s.Action.includes(denied.action));
    return role && statement && { policy: `the trust policy of ${role.name}`, statement };
  }
  const withArns = accountArns(account);
  for (const { name, statements } of application.policies) {
    const statement = withArns(statements).find(
      (s) =>
        s.Action.includes(denied.action) && s.Resource?.some((r) => r === denied.arn || r === anyRegion(denied.arn)),
    );
    if (statement !== undefined) {
      return { policy: name, statement: { ...statement, Action: [denied.action], Resource: [denied.arn] } };
    }
  }
  return undefined;
}
