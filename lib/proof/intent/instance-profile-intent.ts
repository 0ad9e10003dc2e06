import type { WholeResource } from '../../account/account';
import { EC2 } from '../../catalog/service-principals';
import { servicesOf } from '../../config/principals/service';
import type { AccessPlan } from '../../plan/environment/access-plan';

/** States that each role of EC2 instances is in an instance profile with the role's name, and no other role is. */
export function intendedInstanceProfiles({ environment, applications }: AccessPlan): readonly WholeResource[] {
  return applications
    .flatMap((application) => application.roles)
    .flatMap(({ name, principal }) =>
      principal.kind === 'service' && servicesOf(principal).includes(EC2)
        ? [
            {
              type: 'AWS::IAM::InstanceProfile',
              name,
              properties: { InstanceProfileName: name, Path: `/bedrock-access/${environment}/`, Roles: [name] },
            },
          ]
        : [],
    );
}
