import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { withSessionTags } from './session-tags';
import { tokenStatement } from './token-statement';

/**
 * Lets callers with a token of another issuer assume the role. Subjects are compared as patterns only if one of them has
 * a wildcard. An issuer can put session tags into its tokens, so those for people and jobs are allowed.
 */
export function oidcTrust(
  place: Place,
  token: Extract<RolePrincipal, { readonly kind: 'oidc' }>['oidc'],
): readonly TrustStatement[] {
  const operator = token.subjects.some((subject) => subject.includes('*')) ? 'StringLike' : 'StringEquals';
  return withSessionTags(tokenStatement(place, 'Token', token, operator));
}
