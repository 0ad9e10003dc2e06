import type { LambdaClient } from '@aws-sdk/client-lambda';
import { atMost } from '../../aws/at-most';
import type { AccessPlan } from '../plan/environment/access-plan';
import type { Unverified } from '../proof/verification/judge-verification';
import { mergeSettled } from '../proof/verification/merge-settled';
import { readVerificationResult, type VerificationResult } from '../proof/verification/verification-result';
import { AwsFailure } from './aws-failure';
import { invokeFunction } from './invoke-function';

/** What the deployed function answered about the applications of a plan. */
export interface DeployedVerification {
  readonly result: VerificationResult;
  /** Of the applications that it could not verify, why: its own doing, such as an application that it does not know. */
  readonly failures: readonly string[];
  /** Applications whose invocation was lost on its way, or of which results are left out of its answer. */
  readonly unverified: readonly Unverified[];
}

/**
 * Invocations under way at once: four times as fast as one after the other, and still few beside the 1,000 executions that
 * an account and Region have at a time by default, or the 10 that a new account may have (Lambda quotas, November 2026).
 */
const AT_A_TIME = 4;

/** What one invocation came to. */
type Invoked = { readonly result: VerificationResult } | { readonly failure: string } | { readonly thrown: unknown };

/**
 * Has the deployed verification function verify every application of a plan, one invocation each: none of them is near
 * the fifteen minutes of a function, and each that is done can be told. Results stand in the order of the plan.
 *
 * @throws AwsFailure when the function could not be invoked for any of them
 */
export async function invokeVerification(
  { functions: [verification], applications, environment, region }: AccessPlan,
  lambda: LambdaClient,
  done: (application: string) => void,
): Promise<DeployedVerification> {
  const limit = atMost(AT_A_TIME);
  const invoked = await Promise.all(
    applications.map(({ name }) =>
      limit(async () => {
        const one = await verifyOne(verification.functionName, name, lambda);
        done(name);
        return one;
      }),
    ),
  );
  const [first] = invoked;
  if (first !== undefined && 'thrown' in first && invoked.every((one) => 'thrown' in one)) {
    throw first.thrown;
  }
  const failures: string[] = [];
  const unverified: Unverified[] = [];
  for (const [i, one] of invoked.entries()) {
    const application = applications[i]?.name ?? '';
    if (!('result' in one)) {
      const why = `${application} could not be verified: ${whyOf(one)}`;
      if (isLost(one)) {
        unverified.push({ application, why });
      } else {
        failures.push(why);
      }
    } else if (one.result.shortened !== undefined) {
      unverified.push({ application, why: `${application}: ${one.result.shortened}` });
    }
  }
  const results = invoked.flatMap((one) => ('result' in one ? [one.result] : []));
  const milliseconds = results.reduce((sum, result) => sum + result.milliseconds, 0);
  const probes = results.flatMap((result) => result.probes);
  const settled = mergeSettled(results.flatMap((result) => result.settled ?? []));
  return {
    result: { schemaVersion: 1, environment, region, milliseconds, probes, settled },
    failures,
    unverified,
  };
}

async function verifyOne(functionName: string, application: string, lambda: LambdaClient): Promise<Invoked> {
  try {
    const { answer, error } = await invokeFunction(functionName, { applications: [application] }, lambda);
    return error === undefined ? { result: readVerificationResult(answer) } : { failure: error };
  } catch (thrown) {
    return { thrown };
  }
}

/** Whether an invocation was lost on its way, such as by a throttle: that says nothing about access. */
function isLost(one: Invoked): boolean {
  return 'thrown' in one && one.thrown instanceof AwsFailure;
}

function whyOf(one: Exclude<Invoked, { readonly result: unknown }>): string {
  if ('failure' in one) {
    return one.failure;
  }
  return one.thrown instanceof Error ? one.thrown.message : String(one.thrown);
}
