import type { Account, Principal } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { findPrincipals } from '../finding/find-principals';

/** A principal of the templates that the plan does not have, and the sentence that says so. */
export interface ForeignPrincipal {
  readonly principal: Principal;
  readonly message: string;
}

/** Principals of the templates that the plan does not have. */
export function foreignPrincipals(plan: AccessPlan, account: Account): readonly ForeignPrincipal[] {
  const known = new Set(findPrincipals(account, principals(plan)).map(([, found]) => found));
  return account.principals
    .filter((principal) => !known.has(principal))
    .map((principal) => ({ principal, message: `the templates have a ${principal.kind} that is not in the plan` }));
}
