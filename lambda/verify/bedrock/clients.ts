import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ONE_ATTEMPT } from '../../../aws/services/one-attempt';
import type { SessionCredentials } from '../../../aws/services/session-credentials';
import { bearerToken } from './bearer-token';

/**
 * Returns the HTTP connections for calls of models. All sessions of a run share them, so most calls need no handshake.
 *
 * They use HTTP/1.1, because the SDK's HTTP/2 either shares one connection among all calls, which then fail together,
 * or opens one for each call. The timeouts measure silence only, because a model may think before it answers.
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
 * Returns a client that calls Bedrock as a session: with signed requests, or with a new bearer token for every call.
 *
 * It uses the connections of `requestHandler`. The client must not be destroyed, because that would close them.
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
          // The token counts as expired at once, so the SDK requests another one for the next call.
          token: async () => ({ token: await bearerToken(credentials, region), expiration: new Date() }),
          authSchemePreference: ['httpBearerAuth'],
        }
      : { authSchemePreference: ['sigv4'] }),
  });
}
