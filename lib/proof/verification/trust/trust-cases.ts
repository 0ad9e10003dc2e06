import { servicesOf } from '../../../config/principals/service';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import { githubSubjects } from '../../intent/trust/github-trust-intent';
import { acceptedToken } from '../../intent/trust/token-trust-intent';
import { accountCases } from './account-cases';
import { githubCases } from './github-cases';
import { gitlabCases } from './gitlab-cases';
import { irsaCases } from './irsa-cases';
import { oidcCases } from './oidc-cases';
import { podsCases } from './pods-cases';
import { probeCases } from './probe-cases';
import { serviceCases } from './service-cases';
import { sessionTagCases } from './session-tag-cases';
import { sourceIdentityCases } from './source-identity-cases';
import type { TrustCase } from './trust-case';

/**
 * Lists callers that must, and callers that must not, be able to assume a role of the plan: one case for each way in
 * which its trust policy could be wrong.
 */
export function trustCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  const cases = assumeCases(place, principal);
  return [...cases, ...sessionTagCases(principal, cases), ...sourceIdentityCases(principal, cases)];
}

function assumeCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  switch (principal.kind) {
    case 'service':
      return serviceCases(place, servicesOf(principal));
    case 'pods':
      return podsCases(place, principal.pods);
    case 'github':
      return githubCases(place, githubSubjects(principal.github));
    case 'irsa':
      return irsaCases(place, acceptedToken(principal));
    case 'gitlab':
      return gitlabCases(place, acceptedToken(principal));
    case 'oidc':
      return oidcCases(place, acceptedToken(principal));
    case 'account':
      return accountCases(place, principal);
    case 'probe':
      return probeCases(place);
    default:
      return principal satisfies never;
  }
}
