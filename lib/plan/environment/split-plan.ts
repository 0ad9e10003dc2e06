import { regionalArn } from '../../catalog/arn';
import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';

/**
 * Generations that one run of the verification function carries: each is called up to 21 times, 32 calls are under way at
 * a time, and at a second a call that is 663 of the 900 seconds of a Lambda function (docs/decisions/scale.md).
 *
 * An application is never split. It has at most 30 generations, which `check` holds to, so that each fits many times over.
 */
export const GENERATIONS_PER_RUN = 1_000;

/** What verifies an environment that one run does not carry: a state machine that runs the function for each batch. */
export interface SplitPlan {
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  /** Names of applications, in order; each batch is one run. */
  readonly batches: readonly (readonly string[])[];
  /** What the rule starts the state machine as. */
  readonly starter: ServiceRolePlan;
  /** What the state machine calls the function as. */
  readonly runner: ServiceRolePlan;
}

/**
 * Decides how an environment is verified in several runs, or `undefined` where one run carries it.
 *
 * @param most generations that one run carries
 */
export function planSplit(
  place: Place,
  applications: readonly ApplicationPlan[],
  functionArn: string,
  ruleArn: string,
  most = GENERATIONS_PER_RUN,
): SplitPlan | undefined {
  const batches = batchesOf(applications, most);
  if (batches.length < 2) {
    return undefined;
  }
  const states = (rest: string): string => regionalArn(place, 'states', rest);
  const stateMachineName = physicalName([place.environment, 'verification-batches']);
  const stateMachineArn = states(`stateMachine:${stateMachineName}`);
  return {
    stateMachineName,
    stateMachineArn,
    batches,
    starter: planServiceRole(place, {
      parts: ['verification-starter'],
      service: 'events.amazonaws.com',
      sourceArn: ruleArn,
      statements: [
        { Sid: 'StartBatches', Effect: 'Allow', Action: ['states:StartExecution'], Resource: [stateMachineArn] },
      ],
    }),
    // Step Functions documents the source only as any of the account and Region.
    runner: planServiceRole(place, {
      parts: ['verification-runner'],
      service: 'states.amazonaws.com',
      sourceArn: states('*'),
      statements: [
        { Sid: 'CallVerification', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [functionArn] },
        // Each batch is an execution of its own, which a Distributed Map starts and looks after.
        { Sid: 'StartBatch', Effect: 'Allow', Action: ['states:StartExecution'], Resource: [stateMachineArn] },
        {
          Sid: 'FollowBatch',
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:StopExecution'],
          Resource: [states(`execution:${stateMachineName}:*`), states(`execution:${stateMachineName}/*`)],
        },
      ],
    }),
  };
}

/** Fills one batch after the other, in the order of the applications. */
function batchesOf(applications: readonly ApplicationPlan[], most: number): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let room = 0;
  for (const { name, generations } of applications) {
    const last = batches.at(-1);
    if (last === undefined || generations.length > room) {
      batches.push([name]);
      room = most;
    } else {
      last.push(name);
    }
    room -= generations.length;
  }
  return batches;
}
