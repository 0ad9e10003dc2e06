import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Returns the HTTP connections for all services but Bedrock's models. They answer within seconds or not at all. */
export function shortCalls(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true });
}
