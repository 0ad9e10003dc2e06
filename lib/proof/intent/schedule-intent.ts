import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion, ownFunction } from './arns';
import type { IntendedStatement } from './intent-policy';

/** States what the schedule's role may do: start the state machine that runs the batches of a verification. */
export function batchStarterIntent(plan: AccessPlan): readonly IntendedStatement[] {
  return [
    {
      Sid: 'batches of the verification are started',
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [inRegion(plan, 'states', `stateMachine:${batches(plan)}`)],
    },
  ];
}

/** States what the state machine's role may do: start batches, call the verification, and follow the batches. */
export function batchRunnerIntent(plan: AccessPlan): readonly IntendedStatement[] {
  return [
    ...batchStarterIntent(plan),
    {
      Sid: 'a batch calls the verification',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [ownFunction(plan, 'verification')],
    },
    {
      Sid: 'batches are followed',
      Effect: 'Allow',
      Action: ['states:DescribeExecution', 'states:StopExecution'],
      Resource: [':*', '/*'].map((end) => inRegion(plan, 'states', `execution:${batches(plan)}${end}`)),
    },
  ];
}

function batches({ environment }: AccessPlan): string {
  return `${environment}_verification-batches`;
}
