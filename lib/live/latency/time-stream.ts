import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { withinTime } from '../../../aws/retry/within-time';
import type { LatencySample } from './routing-latency';

/** A whole answer, timed, and the tokens that it is charged for. */
export interface TimedAnswer extends LatencySample {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** In milliseconds. Time limits of the client count silence, and an answer can trickle. */
const LIMIT = 60_000;

/**
 * Has a model answer a few tokens through ConverseStream, once, and times its first token and its end.
 *
 * @throws what the SDK throws, or an Error when the stream was cut: the SDK ends it without one
 */
export function timeStream(client: BedrockRuntimeClient, target: string): Promise<TimedAnswer> {
  return withinTime(LIMIT, (signal) => answer(client, target, signal));
}

async function answer(client: BedrockRuntimeClient, target: string, abortSignal: AbortSignal): Promise<TimedAnswer> {
  const { ConverseStreamCommand } =
    require('@aws-sdk/client-bedrock-runtime') as typeof import('@aws-sdk/client-bedrock-runtime');
  // No temperature, because some models refuse it, and few tokens, because each is paid for.
  const command = new ConverseStreamCommand({
    modelId: target,
    messages: [{ role: 'user', content: [{ text: 'Reply with the word ok.' }] }],
    inferenceConfig: { maxTokens: 16 },
  });
  const started = performance.now();
  const { stream = [] } = await client.send(command, { abortSignal });
  const order: string[] = [];
  let firstTokenMilliseconds: number | undefined;
  let tokens = { inputTokens: 0, outputTokens: 0 };
  for await (const { messageStart, contentBlockDelta, messageStop, metadata } of stream) {
    if (contentBlockDelta !== undefined) {
      firstTokenMilliseconds ??= performance.now() - started;
    }
    if (metadata !== undefined) {
      tokens = { inputTokens: metadata.usage?.inputTokens ?? 0, outputTokens: metadata.usage?.outputTokens ?? 0 };
    }
    order.push(...Object.entries({ messageStart, messageStop, metadata }).flatMap(([name, e]) => (e ? [name] : [])));
  }
  const milliseconds = performance.now() - started;
  if (order.join() !== 'messageStart,messageStop,metadata') {
    throw new Error(`the stream was cut: it had ${order.join(', ') || 'none'} of messageStart, messageStop, metadata`);
  }
  if (firstTokenMilliseconds === undefined) {
    throw new Error('the answer held no token');
  }
  return { firstTokenMilliseconds, milliseconds, ...tokens };
}
