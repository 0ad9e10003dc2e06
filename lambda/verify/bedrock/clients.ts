import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ONE_ATTEMPT } from '../../../aws/services/one-attempt';
import type { SessionCredentials } from '../../../aws/services/session-credentials';
import { bearerToken } from './bearer-token';

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
