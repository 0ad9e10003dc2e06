import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import type { RolePlan } from './role-plan';

/** An EKS Pod Identity association: pods of the service account get credentials of the role. */
export interface PodAssociation {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Returns the association that the pods of a role need, if pods use it. */
export function podAssociation({ principal }: RolePlan): PodAssociation | undefined {
  if (principal.kind !== 'pods') {
    return undefined;
  }
  const { cluster, namespace, serviceAccount } = principal.pods;
  return { clusterName: cluster, namespace, serviceAccount };
}

export function clusterArn(place: Place, cluster: string): string {
  return regionalArn(place, 'eks', `cluster/${cluster}`);
}
