import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { tokenStatement } from './token-statement';

/**
 * Lets pods with one service account assume the role (EKS User Guide, "Assign IAM roles to Kubernetes service accounts",
 * 2026-12-01). The tokens of a cluster carry no session tags, so none are allowed.
 */
export function irsaTrust(
  place: Place,
  { provider, namespace, serviceAccount }: Extract<RolePrincipal, { readonly kind: 'irsa' }>['irsa'],
): readonly TrustStatement[] {
  const subjects = [`system:serviceaccount:${namespace}:${serviceAccount}`];
  return [tokenStatement(place, 'Pods', { provider, audience: 'sts.amazonaws.com', subjects })];
}
