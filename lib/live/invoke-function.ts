import type { LambdaClient } from '@aws-sdk/client-lambda';
import { askingAws } from './aws-failure';

/** What a deployed function answered, or, beside it, the error that it ended with. */
export interface FunctionReply {
  readonly answer: unknown;
  readonly error?: string;
}

/**
 * Calls a deployed function and waits for its answer.
 *
 * @throws AwsFailure when it could not be invoked
 */
export async function invokeFunction(
  FunctionName: string,
  event: unknown,
  lambda: LambdaClient,
): Promise<FunctionReply> {
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
