import { POD_IDENTITY } from '../../../catalog/pod-identity';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inRegion } from '../arns';

type Pods = Extract<RolePrincipal, { readonly kind: 'pods' }>['pods'];

/** States that EKS Pod Identity may assume the role for pods of one service account, with the tags that name the pod. */
export function podsTrustIntent(place: Place, pods: Pods): readonly TrustStatement[] {
  return [
    {
      Sid: 'Pods',
      Effect: 'Allow',
      Principal: { Service: POD_IDENTITY },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        StringEquals: podTags(place, pods),
        'ForAllValues:StringLike': { 'aws:TagKeys': ['eks-cluster-*', 'kubernetes-*'] },
      },
    },
  ];
}

/** Returns the tags that EKS gives a session of the pods, as condition keys. */
export function podTags(place: Place, { cluster, namespace, serviceAccount }: Pods): Readonly<Record<string, string>> {
  const tags = {
    'eks-cluster-arn': inRegion(place, 'eks', `cluster/${cluster}`),
    'kubernetes-namespace': namespace,
    'kubernetes-service-account': serviceAccount,
  };
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
}
