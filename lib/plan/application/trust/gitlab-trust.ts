import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { tokenStatement } from './token-statement';

/**
 * Lets jobs of one project assume the role, from its branches alone. The audience is the address of the GitLab, as its
 * documentation of AWS has it, and the whole subject is compared (GitLab Docs, "OpenID Connect (OIDC) Authentication
 * Using ID Tokens", 2026-12-01). GitLab's tokens carry no session tags, so none are allowed.
 */
export function gitlabTrust(
  place: Place,
  { host, project, branches }: Extract<RolePrincipal, { readonly kind: 'gitlab' }>['gitlab'],
): readonly TrustStatement[] {
  const subjects = branches.map((branch) => `project_path:${project}:ref_type:branch:ref:${branch}`);
  return [tokenStatement(place, 'GitLab', { provider: host, audience: `https://${host}`, subjects })];
}
