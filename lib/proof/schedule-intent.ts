import type { Policy } from '../iam/policy';
import type { AccessPlan } from '../plan/access-plan';
import type { ScheduleRolePlan } from '../plan/split-plan';
import { intentPolicy } from './intent-policy';

/** What a role of the schedule may do: start the batches, or run and follow them. Its boundary lets it do the same. */
export function scheduleIntent(plan: AccessPlan, { service }: ScheduleRolePlan): Policy {
  const { partition, region, account, environment } = plan;
  const here = (name: string, rest: string): string => `arn:${partition}:${name}:${region}:${account}:${rest}`;
  const batches = `${environment}_verification-batches`;
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) =>
    ({ Sid, Effect: 'Allow', Action, Resource }) as const;
  const start = allow(
    'batches of the verification are started',
    ['states:StartExecution'],
    [here('states', `stateMachine:${batches}`)],
  );
  return intentPolicy(
    `the plan of the schedule for ${service}`,
    service === 'events.amazonaws.com'
      ? [start]
      : [
          start,
          allow(
            'a batch calls the verification',
            ['lambda:InvokeFunction'],
            [here('lambda', `function:${environment}_verification`)],
          ),
          allow(
            'batches are followed',
            ['states:DescribeExecution', 'states:StopExecution'],
            [':*', '/*'].map((end) => here('states', `execution:${batches}${end}`)),
          ),
        ],
  );
}
