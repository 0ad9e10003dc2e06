import { regionalArn } from '../../catalog/arn';
import { policyArn } from '../names/arns';
import { applicationLogName, type Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';

/** The log group of an application's functions. */
export interface ApplicationLogPlan {
  readonly logGroupName: string;
  readonly retentionDays: number;
  /** Policy of the roles that write to it. */
  readonly policy: PolicyPlan;
}

/** Days for which a log is kept, as those of this project's own functions. */
const RETENTION_DAYS = 90;

/** True for a role whose functions write to the application's log group. */
export function writesLogs({ principal }: Pick<RolePlan, 'principal'>): boolean {
  return principal.kind === 'service' && principal.logs === true;
}

/**
 * Decides the log group of an application with `logs: true`, and who may write to it.
 *
 * A function may name any log group in its `LoggingConfig`, so the project need not know the names of functions. The
 * template creates the log group, and so no role needs `logs:CreateLogGroup`.
 */
export function planApplicationLog(
  place: Place,
  application: string,
  roles: readonly RolePlan[],
): ApplicationLogPlan | undefined {
  if (!roles.some(writesLogs)) {
    return undefined;
  }
  const logGroupName = applicationLogName(place.environment, application);
  const name = physicalName([place.environment, application, 'logs']);
  return {
    logGroupName,
    retentionDays: RETENTION_DAYS,
    policy: {
      name,
      arn: policyArn(place, name),
      statements: [
        {
          Sid: 'WriteLogs',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [regionalArn(place, 'logs', `log-group:${logGroupName}:*`)],
        },
      ],
    },
  };
}
