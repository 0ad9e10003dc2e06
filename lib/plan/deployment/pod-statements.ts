import { regionalArn } from '../../catalog/arn';
import { POD_IDENTITY } from '../../catalog/pod-identity';
import type { AccessPlan } from '../environment/access-plan';
import { clusterArn } from '../parts/pod-association';
import type { Statement } from '../parts/statement';

/** Allows the deployment of EKS Pod Identity associations, and to pass the roles of pods to EKS. */
export function podStatements(plan: AccessPlan): readonly Statement[] {
  const roles = plan.applications
    .flatMap((application) => application.roles)
    .flatMap(({ arn, principal }) => (principal.kind === 'pods' ? [{ arn, cluster: principal.pods.cluster }] : []));
  const clusters = [...new Set(roles.map(({ cluster }) => cluster))].sort();
  return roles.length === 0
    ? []
    : [
        {
          Sid: 'AssociatePods',
          Effect: 'Allow',
          Action: ['eks:CreatePodIdentityAssociation'],
          Resource: clusters.map((cluster) => clusterArn(plan, cluster)),
        },
        {
          Sid: 'PodAssociations',
          Effect: 'Allow',
          Action: [
            'eks:DescribePodIdentityAssociation',
            'eks:UpdatePodIdentityAssociation',
            'eks:DeletePodIdentityAssociation',
            'eks:TagResource',
            'eks:UntagResource',
          ],
          Resource: clusters.map((cluster) => regionalArn(plan, 'eks', `podidentityassociation/${cluster}/*`)),
        },
        {
          Sid: 'RunPodsAs',
          Effect: 'Allow',
          Action: ['iam:PassRole'],
          Resource: roles.map(({ arn }) => arn),
          Condition: { StringEquals: { 'iam:PassedToService': POD_IDENTITY } },
        },
      ];
}
