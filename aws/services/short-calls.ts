import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Returns the HTTP connections for all services but Bedrock's models: these services answer within seconds or never. */
export function shortCalls(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true });
}
