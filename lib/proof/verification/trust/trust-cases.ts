import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import { githubSubjects } from '../../intent/trust/github-trust-intent';
import { accountCases } from './account-cases';
import { githubCases } from './github-cases';
import { probeCases } from './probe-cases';
import { serviceCases } from './service-cases';
import { sessionTagCases } from './session-tag-cases';
import type { TrustCase } from './trust-case';

/**
 * Lists callers that must, and callers that must not, be able to assume a role of the plan: one case for each way in
 * which its trust policy could be wrong.
 */
export function trustCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  const cases = assumeCases(place, principal);
  return [...cases, ...sessionTagCases(principal, cases)];
}

function assumeCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  switch (principal.kind) {
    case 'service':
      return serviceCases(principal.service);
    case 'github':
      return githubCases(place, githubSubjects(principal.github));
    case 'account':
      return accountCases(place, principal.account, principal.externalId);
    case 'probe':
      return probeCases(place);
    default:
      return principal satisfies never;
  }
}
