import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultProvider } from './environment-credentials';

/** The credentials of a session. */
interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One attempt: the function has its own retry, and a second layer would multiply its calls. */
const maxAttempts = 1;

/** What sends the calls to SSM and STS, which answer at once or not at all. */
export function shortCalls(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true });
}

export function stsClient(region: string, requestHandler: NodeHttpHandler): STSClient {
  return new STSClient({ region, maxAttempts, requestHandler, credentials: defaultProvider() });
}

/**
 * A client that calls Bedrock as a session, never with a bearer token.
 *
 * It speaks HTTP/2, as the SDK does by default, but to an `https:` endpoint that is given it speaks HTTP/1.1, which
 * every such endpoint understands. The timeouts count silence.
 */
export function bedrockClient(
  region: string,
  credentials: SessionCredentials,
  endpointUrl: string | undefined,
): BedrockRuntimeClient {
  const requestHandler = endpointUrl?.startsWith('https:')
    ? new NodeHttpHandler({
        connectionTimeout: 3_000,
        requestTimeout: 60_000,
        throwOnRequestTimeout: true,
        socketTimeout: 60_000,
      })
    : { requestTimeout: 60_000, sessionTimeout: 65_000, disableConcurrentStreams: true };
  return new BedrockRuntimeClient({
    region,
    credentials,
    maxAttempts,
    requestHandler,
    authSchemePreference: ['sigv4'],
  });
}
