import { regionalArn } from '../../catalog/arn';
import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';

/**
 * Maximum number of generations in one run of the verification function. Each generation is called up to 21 times, and
 * 32 calls run at a time. At one second for each call, a run takes 663 of the 900 seconds that Lambda allows
 * (docs/decisions/scale.md).
 *
 * An application is never split. `check` allows it at most 30 generations, so a run has room for many applications.
 */
export const GENERATIONS_PER_RUN = 1_000;

/**
 * The state machine that verifies an environment too large for one run. It runs the verification function for each
 * batch.
 */
export interface SplitPlan {
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  /** Names of the applications in each batch, in order. Each batch is one run. */
  readonly batches: readonly (readonly string[])[];
  /** Role with which the rule starts the state machine. */
  readonly starter: ServiceRolePlan;
  /** Role with which the state machine invokes the function. */
  readonly runner: ServiceRolePlan;
}

/**
 * Decides how an environment is verified in several runs. Returns `undefined` when one run is enough.
 *
 * @param maxGenerations maximum number of generations in one run
 */
export function planSplit(
  place: Place,
  applications: readonly ApplicationPlan[],
  functionArn: string,
  ruleArn: string,
  maxGenerations = GENERATIONS_PER_RUN,
): SplitPlan | undefined {
  const batches = batchesOf(applications, maxGenerations);
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
    // Step Functions documents the source ARN only with a wildcard for the account and Region.
    runner: planServiceRole(place, {
      parts: ['verification-runner'],
      service: 'states.amazonaws.com',
      sourceArn: states('*'),
      statements: [
        { Sid: 'CallVerification', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [functionArn] },
        // A Distributed Map starts and monitors an execution of its own for each batch.
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

/** Fills one batch after another, in the order of the applications. */
function batchesOf(applications: readonly ApplicationPlan[], maxGenerations: number): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let room = 0;
  for (const { name, generations } of applications) {
    const last = batches.at(-1);
    if (last === undefined || generations.length > room) {
      batches.push([name]);
      room = maxGenerations;
    } else {
      last.push(name);
    }
    room -= generations.length;
  }
  return batches;
}
