import { accountArn } from '../../catalog/arn';
import { EC2 } from '../../catalog/service-principals';
import type { AccessPlan } from '../environment/access-plan';
import { iamPath } from '../names/names';
import type { Statement } from '../parts/statement';

/** Allows the deployment of instance profiles, and to put the roles of EC2 instances into them. */
export function instanceProfileStatements(plan: AccessPlan): readonly Statement[] {
  const roles = plan.applications
    .flatMap((application) => application.roles)
    .filter((role) => role.instanceProfileName !== undefined);
  return roles.length === 0
    ? []
    : [
        {
          Sid: 'InstanceProfiles',
          Effect: 'Allow',
          Action: [
            'iam:CreateInstanceProfile',
            'iam:GetInstanceProfile',
            'iam:DeleteInstanceProfile',
            'iam:AddRoleToInstanceProfile',
            'iam:RemoveRoleFromInstanceProfile',
          ],
          Resource: [accountArn(plan, 'iam', `instance-profile${iamPath(plan.environment)}*`)],
        },
        {
          Sid: 'RunInstancesAs',
          Effect: 'Allow',
          Action: ['iam:PassRole'],
          Resource: roles.map((role) => role.arn),
          Condition: { StringEquals: { 'iam:PassedToService': EC2 } },
        },
      ];
}
