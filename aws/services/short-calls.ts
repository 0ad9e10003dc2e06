import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What sends the calls to every service but Bedrock's models: these answer at once or not at all. */
export function shortCalls(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true });
}
