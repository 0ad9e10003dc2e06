import { POD_IDENTITY, POD_TAG_PATTERNS } from '../../../catalog/pod-identity';
import type { Place } from '../../names/names';
import { clusterArn } from '../../parts/pod-association';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';

/**
 * Lets the pods of one service account assume the role.
 *
 * EKS tags every session with the names of the cluster and the pod, and refuses a role that does not trust it with both
 * actions (EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity", 2026-11-30). They are in one
 * statement, as AWS writes it. It compares the tags, so that no other pod gets the role, even if somebody associates it
 * with one.
 */
export function podsTrust(
  place: Place,
  { cluster, namespace, serviceAccount }: Extract<RolePrincipal, { readonly kind: 'pods' }>['pods'],
): readonly TrustStatement[] {
  const StringEquals = {
    'aws:RequestTag/eks-cluster-arn': clusterArn(place, cluster),
    'aws:RequestTag/kubernetes-namespace': namespace,
    'aws:RequestTag/kubernetes-service-account': serviceAccount,
  };
  return [
    {
      Sid: 'Pods',
      Effect: 'Allow',
      Principal: { Service: POD_IDENTITY },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals, 'ForAllValues:StringLike': { 'aws:TagKeys': POD_TAG_PATTERNS } },
    },
  ];
}
