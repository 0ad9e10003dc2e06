import type { WholeResource } from '../../account/account';
import { EC2 } from '../../catalog/service-principals';
import { servicesOf } from '../../config/principals/service';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { ownRole } from './arns';

/**
 * States which resources give a role to those who use it: each role of EC2 instances is in an instance profile with the
 * role's name, each role of pods is associated with their service account, and no other role is.
 */
export function intendedRoleCarriers(plan: AccessPlan): readonly WholeResource[] {
  return plan.applications
    .flatMap((application) => application.roles)
    .flatMap(({ name, principal }): readonly WholeResource[] => {
      if (principal.kind === 'service' && servicesOf(principal).includes(EC2)) {
        const Path = `/bedrock-access/${plan.environment}/`;
        const properties = { InstanceProfileName: name, Path, Roles: [name] };
        return [{ type: 'AWS::IAM::InstanceProfile', name, properties }];
      }
      if (principal.kind === 'pods') {
        const { cluster, namespace, serviceAccount } = principal.pods;
        const properties = {
          ClusterName: cluster,
          Namespace: namespace,
          ServiceAccount: serviceAccount,
          RoleArn: ownRole(plan, name),
        };
        return [{ type: 'AWS::EKS::PodIdentityAssociation', name, properties }];
      }
      return [];
    });
}
