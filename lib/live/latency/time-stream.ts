import type { BedrockRuntimeClient, ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { withinTime } from '../../../aws/retry/within-time';
import { withoutSentTexts } from '../../../lambda/verify/bedrock/without-sent-texts';
import type { LatencySample } from './routing-latency';

/** Times of a complete answer, and the number of tokens that are charged for it. */
export interface TimedAnswer extends LatencySample {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * Maximum duration of a call, in milliseconds. The client's own limits count silence alone, and an answer can trickle.
 */
const MAX_MILLISECONDS = 60_000;

/**
 * Calls a model once through ConverseStream, for an answer of a few tokens, and times the first token and the end.
 *
 * @throws the error of the SDK, or an Error when the stream ended early, which the SDK does not report
 */
export function timeStream(client: BedrockRuntimeClient, target: string): Promise<TimedAnswer> {
  // The request sets no temperature because some models refuse it. It asks for few tokens because each is charged.
  const request: ConverseStreamCommandInput = {
    modelId: target,
    messages: [{ role: 'user', content: [{ text: 'Reply with the word ok.' }] }],
    inferenceConfig: { maxTokens: 16 },
  };
  return withinTime(MAX_MILLISECONDS, (signal) => withoutSentTexts(request, () => answer(client, request, signal)));
}

async function answer(
  client: BedrockRuntimeClient,
  request: ConverseStreamCommandInput,
  abortSignal: AbortSignal,
): Promise<TimedAnswer> {
  const { ConverseStreamCommand } =
    require('@aws-sdk/client-bedrock-runtime') as typeof import('@aws-sdk/client-bedrock-runtime');
  const command = new ConverseStreamCommand(request);
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
    throw new Error(
      `the stream ended early; of messageStart, messageStop and metadata, it contained ${order.join(', ') || 'none'}`,
    );
  }
  if (firstTokenMilliseconds === undefined) {
    throw new Error('the answer contained no token');
  }
  return { firstTokenMilliseconds, milliseconds, ...tokens };
}
