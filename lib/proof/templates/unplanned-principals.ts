import type { Account, Principal } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { findPrincipals } from '../finding/find-principals';

/** A principal of the templates that is not in the plan, and the message about it. */
export interface UnplannedPrincipal {
  readonly principal: Principal;
  readonly message: string;
}

/** Lists the principals of the templates that are not in the plan. */
export function unplannedPrincipals(plan: AccessPlan, account: Account): readonly UnplannedPrincipal[] {
  const known = new Set(findPrincipals(account, principals(plan)).map(([, found]) => found));
  return account.principals
    .filter((principal) => !known.has(principal))
    .map((principal) => ({ principal, message: `the templates have a ${principal.kind} that is not in the plan` }));
}
