import { type BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import type { Call, Reply } from './call';
import { embeddingRequest, readEmbeddingReply } from './embedding';
import { requestPart, tokenParts } from './reply-parts';
import { withoutSentTexts } from './without-sent-texts';

/** Requests the embedding of a short text. */
export async function invokeEmbedding(
  client: BedrockRuntimeClient,
  call: Call,
  abortSignal: AbortSignal,
): Promise<Reply> {
  const { body, vectorLength: expectedLength = call.vectorLength } = embeddingRequest(call.modelId);
  const command = new InvokeModelCommand({
    modelId: call.target,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify(body),
    ...(call.guardrail !== undefined && {
      guardrailIdentifier: call.guardrail.id,
      guardrailVersion: call.guardrail.version,
    }),
  });
  let counted: string | undefined;
  // InvokeModel returns the token count in a response header that the SDK does not expose.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      counted = headers?.['x-amzn-bedrock-input-token-count'];
      return result;
    },
    { step: 'deserialize', priority: 'high', name: 'readInputTokenCount' },
  );
  const reply = await withoutSentTexts({ body, guardrail: call.guardrail?.id }, () =>
    client.send(command, { abortSignal }),
  );
  const { vectorLength, inputTokens } = readEmbeddingReply(reply.body?.transformToString() ?? '');
  const tokens = /^\d+$/.test(counted ?? '') ? Number(counted) : inputTokens;
  return {
    ...requestPart(reply.$metadata.requestId),
    ...tokenParts(tokens === undefined ? {} : { inputTokens: tokens }),
    ...(vectorLength === undefined
      ? { flaw: 'the answer contains no vector of finite numbers', nothing: true as const }
      : { vectorLength }),
    ...(vectorLength !== undefined &&
      expectedLength !== undefined &&
      vectorLength !== expectedLength && {
        flaw: `the vector has ${vectorLength} numbers instead of ${expectedLength}`,
        remedy: 'check that the profile is based on the model that the alias names',
      }),
  };
}
