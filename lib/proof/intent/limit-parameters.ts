import type { AccessPlan } from '../../plan/environment/access-plan';
import { shortHash } from '../../plan/names/physical-name';
import { inRegion, ownPolicy } from './arns';

/**
 * States a second time what the limit function reads about the limits, by the name of the parameter. Who is missing here
 * is not denied, and a policy that is missing cannot be detached.
 */
export function limitParameters(plan: AccessPlan): readonly (readonly [name: string, value: string])[] {
  const { environment } = plan;
  return plan.applications.flatMap(
    ({ name, owner, alarms, limit, policies, roles, existingRoles, existingUsers }): [string, string][] => {
      if (limit === undefined) {
        return [];
      }
      const alarmArn = inRegion(plan, 'cloudwatch', `alarm:${environment}_${name}_daily-usd`);
      const text = JSON.stringify({
        ...(limit.alarmArn !== undefined && {
          dailyUsd: alarms.find((alarm) => alarm.arn === alarmArn)?.threshold,
          alarmArn,
        }),
        topicArn: inRegion(plan, 'sns', `${environment}_alerts-${shortHash(owner)}`),
        policyArns: policies.map((_, i) => ownPolicy(plan, `${environment}_${name}_access-${i + 1}`)),
        roles: [...roles.map((r) => r.name).filter((role) => !/_probe(-policies)?$/.test(role)), ...existingRoles],
        users: existingUsers,
      });
      const parts = text.match(/.{1,4000}/gs) ?? [];
      return parts.map((part, i) => [
        `/bedrock-access/${environment}.limits/${name}${i === 0 ? '' : `.${i + 1}`}`,
        part,
      ]);
    },
  );
}
