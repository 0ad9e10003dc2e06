import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { endpointUrl } from '../../../aws/services/endpoint-url';
import type { SessionCredentials } from '../../../aws/services/session-credentials';
import { signedPost } from '../../../aws/services/signed-post';
import { bedrockCalls } from './bedrock-calls';
import type { Call, Session } from './call';
import { bedrockClient } from './clients';
import { CHAT_COMPLETIONS, createInference } from './create-inference';

/**
 * Returns the session of a role. It creates the client of a Region when that Region is first called. All clients share
 * the connections of `requests`, which are closed at the end of the run.
 */
export function bedrockSession(
  credentials: SessionCredentials,
  ownRegion: string,
  now: () => number,
  requests: NodeHttpHandler,
): Session {
  const clients = new Map<string, BedrockRuntimeClient>();
  const clientFor = ({ region = ownRegion, bearer }: Call): BedrockRuntimeClient => {
    const key = `${region} ${bearer}`;
    const client = clients.get(key) ?? bedrockClient(region, credentials, requests, bearer === true);
    clients.set(key, client);
    return client;
  };
  const mantle = ({ region = ownRegion }: Call) => {
    const host = endpointUrl('BEDROCK_MANTLE')?.replace(/\/+$/, '') ?? `https://bedrock-mantle.${region}.api.aws`;
    const url = `${host}${CHAT_COMPLETIONS}`;
    return createInference(signedPost({ service: 'bedrock-mantle', region, url, handler: requests, credentials }));
  };
  return {
    send: (call, signal) =>
      (call.operation === 'CreateInference' ? mantle(call) : bedrockCalls(clientFor(call), now))(call, signal),
  };
}
