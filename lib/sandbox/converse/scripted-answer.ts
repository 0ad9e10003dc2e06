import { createHash } from 'node:crypto';
import type { Content } from './content';
import type { ConverseRequest } from './converse-request';
import { inputTokens, textTokens } from './count-tokens';
import { exampleOfSchema } from './example-of-schema';
import type { CacheUse } from './prompt-cache';
import type { Message } from './read-messages';

/** Content of a scripted answer: a text or a call of a tool. */
export type Output =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'toolUse'; readonly toolUseId: string; readonly name: string; readonly input: unknown };

export interface ScriptedAnswer {
  readonly output: Output;
  readonly stopReason: 'end_turn' | 'tool_use' | 'max_tokens' | 'stop_sequence';
  readonly usage: {
    /** Input tokens that were neither read from the cache nor written to it. */
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
    /** Absent when the request has no cache points. */
    readonly cacheReadInputTokens?: number;
    /** Absent when the request has no cache points. */
    readonly cacheWriteInputTokens?: number;
  };
  readonly metrics: { readonly latencyMs: number };
}

/** Describes the received content other than text, so that a client sees that it arrived. */
function mention(content: Content): readonly string[] {
  switch (content.kind) {
    case 'image':
      return [`image ${content.format} ${content.width}x${content.height}, ${content.bytes} bytes`];
    case 'document':
      return [`document ${content.format}, ${content.bytes} bytes`];
    case 'toolResult':
      return [`result of ${content.id}`, ...content.content.flatMap(mention)];
    default:
      return [];
  }
}

function text(modelId: string, messages: readonly Message[]): string {
  const received = messages.flatMap(({ content }) => content.flatMap(mention));
  const count = `${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`;
  return [`[bedrock-access sandbox] scripted answer of ${modelId} to ${count}`, ...received].join('; ');
}

function toolUse(modelId: string, { messages, tools }: ConverseRequest): Output | undefined {
  const answersTool = messages.at(-1)?.content.some(({ kind }) => kind === 'toolResult') ?? false;
  if (tools === undefined || answersTool) {
    return undefined;
  }
  const { name, schema } = tools.called;
  const hash = createHash('sha256')
    .update(JSON.stringify([modelId, name, messages]))
    .digest('base64url');
  return { kind: 'toolUse', toolUseId: `tooluse_${hash.slice(0, 22)}`, name, input: exampleOfSchema(schema) };
}

/** Cuts a text at the first stop sequence, then at the token limit. */
function truncate(
  whole: string,
  { stopSequences, maxTokens }: ConverseRequest,
): Pick<ScriptedAnswer, 'output' | 'stopReason'> {
  const ends = stopSequences.map((stop) => whole.indexOf(stop)).filter((at) => at !== -1);
  const beforeStop = whole.slice(0, Math.min(whole.length, ...ends));
  const limited = maxTokens === undefined ? beforeStop : beforeStop.slice(0, maxTokens * 4);
  const stopReason = limited !== beforeStop ? 'max_tokens' : beforeStop !== whole ? 'stop_sequence' : 'end_turn';
  return { output: { kind: 'text', text: limited }, stopReason };
}

function outputTokens(output: Output): number {
  return output.kind === 'text' ? textTokens(output.text) : textTokens(output.name + JSON.stringify(output.input));
}

/**
 * Answers a request. The same request always gets the same answer. The answer says that it is scripted.
 *
 * A request with tools gets a tool call, unless its last message holds a tool result. A call that does not fit into
 * `maxTokens` is left out, because a client could not use half of one.
 */
export function scriptedAnswer(modelId: string, request: ConverseRequest, cache?: CacheUse): ScriptedAnswer {
  const call = toolUse(modelId, request);
  const fits = call !== undefined && outputTokens(call) <= (request.maxTokens ?? Number.POSITIVE_INFINITY);
  const whole = text(modelId, request.messages);
  const answer = fits ? ({ output: call, stopReason: 'tool_use' } as const) : truncate(whole, request);
  const input = inputTokens(request);
  const output = outputTokens(answer.output);
  return {
    output: answer.output,
    stopReason: call !== undefined && !fits ? 'max_tokens' : answer.stopReason,
    usage: {
      inputTokens: input - (cache?.read ?? 0) - (cache?.write ?? 0),
      outputTokens: output,
      totalTokens: input + output,
      ...(cache !== undefined && { cacheReadInputTokens: cache.read, cacheWriteInputTokens: cache.write }),
    },
    metrics: { latencyMs: 100 + 10 * output },
  };
}
