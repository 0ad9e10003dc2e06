import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SessionCredentials } from '../../services/session-credentials';
import { bearerToken } from './bearer-token';

/**
 * One attempt: the function has its own retry, and a second layer would multiply its calls. Both are said here, because
 * AWS_MAX_ATTEMPTS and AWS_RETRY_MODE count otherwise, and the mode `adaptive` holds even first attempts back.
 */
const ONE_ATTEMPT = { maxAttempts: 1, retryMode: 'standard' } as const;

/**
 * What sends the calls of models, for all sessions of a run: connections are kept, and a call begins with no handshake.
 *
 * HTTP/1.1, since the SDK's HTTP/2 either shares one connection among calls, which then fail together, or opens one for
 * each. The timeouts count silence: a model may think before it answers.
 */
export function modelCalls(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 3_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    socketTimeout: 60_000,
  });
}

/**
 * A client that calls Bedrock as a session: signed, or with a bearer token of its own for every call.
 *
 * Its connections are those of `requestHandler`: it must not be destroyed, or they are.
 */
export function bedrockClient(
  region: string,
  credentials: SessionCredentials,
  requestHandler: NodeHttpHandler,
  bearer: boolean,
): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    credentials,
    ...ONE_ATTEMPT,
    requestHandler,
    ...(bearer
      ? {
          // Expired as soon as it is made: the SDK then asks for another one for the next call.
          token: async () => ({ token: await bearerToken(credentials, region), expiration: new Date() }),
          authSchemePreference: ['httpBearerAuth'],
        }
      : { authSchemePreference: ['sigv4'] }),
  });
}
