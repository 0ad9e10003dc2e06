import type { WholeResource } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import type { RolePrincipal } from '../../plan/parts/role-plan';
import { inRegion } from './arns';
import { intentPolicy } from './intent-policy';

/** True for a principal whose functions write to the application's log group, as the file says. */
function hasLogs(principal: RolePrincipal): boolean {
  return principal.kind === 'service' && principal.logs === true;
}

/** True for a planned role that may write logs. */
export function isToWriteLogs(planned: PlannedPrincipal): boolean {
  return planned.origin === 'application' && hasLogs(planned.role.principal);
}

/** States that a role with `logs: true` may write to the log group of its application, and to no other. */
export function logIntent(plan: AccessPlan, planned: PlannedPrincipal): readonly Policy[] {
  return isToWriteLogs(planned)
    ? planned.applications.map(({ name }) =>
        intentPolicy(`the log of ${name}`, [
          {
            Sid: `functions of ${name} write their log`,
            Effect: 'Allow',
            Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
            Resource: [inRegion(plan, 'logs', `log-group:/bedrock-applications/${plan.environment}/${name}:*`)],
          },
        ]),
      )
    : [];
}

/** States the log groups of applications, which are compared with all their properties. */
export function intendedLogs({ environment, applications }: AccessPlan): readonly WholeResource[] {
  return applications
    .filter(({ roles }) => roles.some(({ principal }) => hasLogs(principal)))
    .map(({ name }) => {
      const LogGroupName = `/bedrock-applications/${environment}/${name}`;
      return {
        type: 'AWS::Logs::LogGroup',
        name: LogGroupName,
        properties: { LogGroupName, RetentionInDays: 90 },
      };
    });
}
