import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SandboxCredentials } from '../../lib/sandbox/credentials';

interface Settings {
  readonly endpoint: string;
  readonly credentials: SandboxCredentials;
  readonly region: string;
  readonly maxAttempts: number;
}

export const settings = (endpoint: string, credentials: SandboxCredentials): Settings => ({
  endpoint,
  credentials,
  region: 'us-east-1',
  maxAttempts: 1,
});

/** Clients of the real SDK, by the names that the test tables use. */
export const CLIENTS = {
  /** With the SDK's default: HTTP/2, here in clear text. */
  runtime: (s: Settings) => new BedrockRuntimeClient(s),
  /** Over HTTP/1.1. */
  runtime1: (s: Settings) => new BedrockRuntimeClient({ ...s, requestHandler: new NodeHttpHandler() }),
  bedrock: (s: Settings) => new BedrockClient(s),
  ssm: (s: Settings) => new SSMClient(s),
  sts: (s: Settings) => new STSClient(s),
};

/** Returns the error of a call as `status Name: message`. */
export async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no error';
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return `${$metadata?.httpStatusCode} ${name}: ${message}`;
  }
}
