import type { LambdaClient } from '@aws-sdk/client-lambda';
import { callAws } from './aws-failure';

/** Answer of a deployed function. */
export interface FunctionReply {
  readonly answer: unknown;
  /**
   * Message of the error that ended the function.
   *
   * @default - the function succeeded
   */
  readonly error?: string;
}

/**
 * Invokes a deployed function and waits for its answer.
 *
 * @throws AwsFailure when the function could not be invoked
 */
export async function invokeFunction(
  FunctionName: string,
  event: unknown,
  lambda: LambdaClient,
): Promise<FunctionReply> {
  const { InvokeCommand } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const task = `invoke the function ${FunctionName} (lambda:InvokeFunction)`;
  const { Payload, FunctionError } = await callAws(task, () =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) })),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  return FunctionError === undefined
    ? { answer }
    : { answer, error: (answer as { readonly errorMessage?: string } | null)?.errorMessage ?? FunctionError };
}
