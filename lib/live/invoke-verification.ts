import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { AccessPlan } from '../plan/access-plan';
import { mergeSettled } from '../proof/merge-settled';
import { readVerificationResult, type VerificationResult } from '../proof/verification-result';
import { askingAws } from './aws-failure';

/** What the deployed function answered about the applications of a plan. */
export interface DeployedVerification {
  readonly result: VerificationResult;
  /** Of the applications that it could not verify, why. */
  readonly failures: readonly string[];
}

/**
 * Has the deployed verification function verify every application of a plan, one invocation each: none of them is near
 * the fifteen minutes of a function, and each that is done can be told.
 *
 * @throws AwsFailure when the function could not be invoked
 */
export async function invokeVerification(
  { verification, applications, environment, region }: AccessPlan,
  lambda: LambdaClient,
  done: (application: string) => void,
): Promise<DeployedVerification> {
  const results: VerificationResult[] = [];
  const failures: string[] = [];
  for (const { name } of applications) {
    const { answer, error } = await invoke(verification.functionName, { applications: [name] }, lambda);
    if (error === undefined) {
      results.push(readVerificationResult(answer));
    } else {
      failures.push(`${name} could not be verified: ${error}`);
    }
    done(name);
  }
  const milliseconds = results.reduce((sum, result) => sum + result.milliseconds, 0);
  const probes = results.flatMap((result) => result.probes);
  const settled = mergeSettled(results.flatMap((result) => result.settled ?? []));
  return { result: { schemaVersion: 1, environment, region, milliseconds, probes, settled }, failures };
}

async function invoke(FunctionName: string, event: unknown, lambda: LambdaClient) {
  const { InvokeCommand } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const what = `invoke the function ${FunctionName} (lambda:InvokeFunction)`;
  const { Payload, FunctionError } = await askingAws(what, () =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) })),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  return FunctionError === undefined
    ? { answer }
    : { answer, error: (answer as { readonly errorMessage?: string } | null)?.errorMessage ?? FunctionError };
}
