import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Credentials, TestAccount } from './emulator/start-account';

/** Calls Converse. Returns `answered`, or status, name and message of the error. */
export async function converse(
  account: TestAccount,
  credentials: Credentials,
  modelId: string,
  input: Partial<ConverseCommandInput> = {},
): Promise<string> {
  const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
  return account
    .connect(BedrockRuntimeClient, credentials)
    .send(new ConverseCommand({ modelId, messages, ...input }))
    .then(() => 'answered')
    .catch((error) => `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`);
}

/** Returns the message of a denial by IAM, in AWS's words. */
export function refusal(
  role: string,
  resource: string,
  because = 'no identity-based policy allows',
  action = 'InvokeModel',
  service = 'bedrock',
) {
  const user = `arn:aws:sts::111122223333:assumed-role/${role}/e2e`;
  const reason = because.startsWith('no ') ? `because ${because} the ${service}:${action} action` : because;
  return `403 AccessDeniedException: User: ${user} is not authorized to perform: ${service}:${action} on resource: ${resource} ${reason}`;
}
