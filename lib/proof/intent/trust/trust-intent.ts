import type { AccessPlan } from '../../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../../plan/environment/principals';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { accountTrustIntent } from './account-trust-intent';
import { githubTrustIntent } from './github-trust-intent';
import { podsTrustIntent } from './pods-trust-intent';
import { serviceRoleTrust } from './service-role-trust';
import { serviceTrustIntent } from './service-trust-intent';
import { tokenTrustIntent } from './token-trust-intent';
import { assumedBy } from './trust-statements';

type MadeRole = Exclude<PlannedPrincipal, { readonly origin: 'existing' }>;

/**
 * States a second time who may assume a role, from the principal of the environment file and from names and services
 * alone. The planned trust policy is not read, so that a mistake in it does not become part of the intent.
 */
export function trustIntent(plan: AccessPlan, planned: MadeRole): readonly TrustStatement[] {
  return planned.origin === 'service' ? serviceRoleTrust(plan, planned.name) : roleTrust(plan, planned.role.principal);
}

function roleTrust(place: Place, principal: RolePrincipal): readonly TrustStatement[] {
  switch (principal.kind) {
    case 'service':
      return serviceTrustIntent(place, principal);
    case 'pods':
      return podsTrustIntent(place, principal.pods);
    case 'github':
      return githubTrustIntent(place, principal.github);
    case 'irsa':
    case 'gitlab':
    case 'oidc':
      return tokenTrustIntent(place, principal);
    case 'account':
      return accountTrustIntent(place, principal);
    case 'probe':
      return [assumedBy(place, 'VerificationAlone', 'verification')];
    default:
      return principal satisfies never;
  }
}
