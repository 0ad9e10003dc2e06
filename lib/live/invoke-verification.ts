import type { LambdaClient } from '@aws-sdk/client-lambda';
import { atMost } from '../../aws/at-most';
import type { AccessPlan } from '../plan/environment/access-plan';
import type { Unverified } from '../proof/verification/judge-verification';
import { mergeSettled } from '../proof/verification/merge-settled';
import { readVerificationResult, type VerificationResult } from '../proof/verification/verification-result';
import { AwsFailure } from './aws-failure';
import { invokeFunction } from './invoke-function';

/** Results of the deployed verification function for the applications of a plan. */
export interface DeployedVerification {
  readonly result: VerificationResult;
  /** One sentence for each application that the function failed to verify, for example because it does not know it. */
  readonly failures: readonly string[];
  /** Applications that the function could not be invoked for, or whose results its answer holds only in part. */
  readonly unverified: readonly Unverified[];
}

/**
 * Maximum number of concurrent invocations. Four of them are four times as fast as one after the other. They leave
 * most of the 1,000 concurrent executions free that an account has in a Region by default, and more than half of the 10
 * that a new account may have (Lambda quotas, November 2026).
 */
const CONCURRENT_INVOCATIONS = 4;

/** Outcome of one invocation. */
type Outcome = { readonly result: VerificationResult } | { readonly failure: string } | { readonly thrown: unknown };

/**
 * Has the deployed verification function verify every application of a plan, and returns the results in the plan's
 * order. Each application has an invocation of its own. Thus no invocation comes near the time limit of a function,
 * fifteen minutes.
 *
 * @param onDone is called with the name of an application as soon as its invocation has ended
 * @throws AwsFailure when the function could not be invoked for any application
 */
export async function invokeVerification(
  { functions: [verification], applications, environment, region }: AccessPlan,
  lambda: LambdaClient,
  onDone: (application: string) => void,
): Promise<DeployedVerification> {
  const limit = atMost(CONCURRENT_INVOCATIONS);
  const outcomes = await Promise.all(
    applications.map(({ name }) =>
      limit(async () => {
        const outcome = await verifyApplication(verification.functionName, name, lambda);
        onDone(name);
        return outcome;
      }),
    ),
  );
  const [first] = outcomes;
  if (first !== undefined && 'thrown' in first && outcomes.every((outcome) => 'thrown' in outcome)) {
    throw first.thrown;
  }
  const failures: string[] = [];
  const unverified: Unverified[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    const application = applications[i]?.name ?? '';
    if (!('result' in outcome)) {
      const why = `${application} could not be verified: ${reasonOf(outcome)}`;
      if (couldNotBeInvoked(outcome)) {
        unverified.push({ application, why });
      } else {
        failures.push(why);
      }
    } else if (outcome.result.shortened !== undefined) {
      unverified.push({ application, why: `${application}: ${outcome.result.shortened}` });
    }
  }
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
  const milliseconds = results.reduce((sum, result) => sum + result.milliseconds, 0);
  const probes = results.flatMap((result) => result.probes);
  const settled = mergeSettled(results.flatMap((result) => result.settled ?? []));
  return {
    result: { schemaVersion: 1, environment, region, milliseconds, probes, settled },
    failures,
    unverified,
  };
}

async function verifyApplication(functionName: string, application: string, lambda: LambdaClient): Promise<Outcome> {
  try {
    const { answer, error } = await invokeFunction(functionName, { applications: [application] }, lambda);
    return error === undefined ? { result: readVerificationResult(answer) } : { failure: error };
  } catch (thrown) {
    return { thrown };
  }
}

/** True when the function could not be invoked, for example because of a throttle. This says nothing about access. */
function couldNotBeInvoked(outcome: Outcome): boolean {
  return 'thrown' in outcome && outcome.thrown instanceof AwsFailure;
}

function reasonOf(outcome: Exclude<Outcome, { readonly result: unknown }>): string {
  if ('failure' in outcome) {
    return outcome.failure;
  }
  return outcome.thrown instanceof Error ? outcome.thrown.message : String(outcome.thrown);
}
