import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';

/**
 * EKS Pod Identity tags every session with the names of the cluster and the pod. It refuses a role that does not trust it
 * with both actions (EKS User Guide, "Create an IAM role with the trust policy required by EKS Pod Identity",
 * 2026-11-30).
 */
const POD_IDENTITY = 'pods.eks.amazonaws.com';

/** Lets a service of AWS assume the role. */
export function serviceTrust({
  service,
}: Extract<RolePrincipal, { readonly kind: 'service' }>): readonly TrustStatement[] {
  const Action = ['sts:AssumeRole', ...(service === POD_IDENTITY ? ['sts:TagSession'] : [])];
  return [{ Sid: 'Service', Effect: 'Allow', Principal: { Service: service }, Action }];
}
