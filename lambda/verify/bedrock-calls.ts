import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import type { Call, Reply, Send } from './call';
import { embeddingRequest, readEmbeddingReply } from './embedding';
import { readStream } from './read-stream';

/** What every model takes: no temperature, because some models refuse it, and few tokens, because each is paid for. */
function conversation({ target, guardrail }: Call) {
  return {
    modelId: target,
    messages: [{ role: 'user' as const, content: [{ text: 'Reply with the word ok.' }] }],
    inferenceConfig: { maxTokens: 16 },
    ...(guardrail !== undefined && {
      guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version },
    }),
  };
}

function tokens(usage: { readonly inputTokens?: number | undefined; readonly outputTokens?: number | undefined } = {}) {
  return {
    ...(usage.inputTokens !== undefined && { inputTokens: usage.inputTokens }),
    ...(usage.outputTokens !== undefined && { outputTokens: usage.outputTokens }),
  };
}

function request(requestId: string | undefined) {
  return requestId === undefined ? {} : { requestId };
}

async function converse(client: BedrockRuntimeClient, call: Call, abortSignal: AbortSignal): Promise<Reply> {
  const reply = await client.send(new ConverseCommand(conversation(call)), { abortSignal });
  const whole = reply.output?.message !== undefined && reply.stopReason !== undefined;
  return {
    ...request(reply.$metadata.requestId),
    ...tokens(reply.usage),
    ...(!whole && { flaw: 'the answer holds no message' }),
  };
}

async function converseStream(
  client: BedrockRuntimeClient,
  call: Call,
  abortSignal: AbortSignal,
  now: () => number,
): Promise<Reply> {
  const started = now();
  const reply = await client.send(new ConverseStreamCommand(conversation(call)), { abortSignal });
  return {
    ...request(reply.$metadata.requestId),
    ...(reply.stream === undefined
      ? { flaw: 'the answer holds no stream' }
      : await readStream(reply.stream, () => now() - started)),
  };
}

async function invokeEmbedding(client: BedrockRuntimeClient, call: Call, abortSignal: AbortSignal): Promise<Reply> {
  const command = new InvokeModelCommand({
    modelId: call.target,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify(embeddingRequest(call.modelId)),
    ...(call.guardrail !== undefined && {
      guardrailIdentifier: call.guardrail.id,
      guardrailVersion: call.guardrail.version,
    }),
  });
  let counted: string | undefined;
  // The token count of InvokeModel is a response header that the SDK's model does not name.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      counted = headers?.['x-amzn-bedrock-input-token-count'];
      return result;
    },
    { step: 'deserialize', priority: 'high', name: 'readInputTokenCount' },
  );
  const reply = await client.send(command, { abortSignal });
  const { hasVector, inputTokens } = readEmbeddingReply(reply.body.transformToString());
  return {
    ...request(reply.$metadata.requestId),
    ...tokens({ inputTokens: /^\d+$/.test(counted ?? '') ? Number(counted) : inputTokens }),
    ...(!hasVector && { flaw: 'the answer holds no vector of finite numbers' }),
  };
}

/** The calls of the probes, made with `client`. */
export function bedrockCalls(client: BedrockRuntimeClient, now: () => number): Send {
  return (call, signal) => {
    switch (call.operation) {
      case 'Converse':
        return converse(client, call, signal);
      case 'ConverseStream':
        return converseStream(client, call, signal, now);
      case 'InvokeModel':
        return invokeEmbedding(client, call, signal);
      case 'CreateInference':
        throw new Error('to be made');
    }
  };
}
