import { type BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { Call, Reply } from './call';
import { converseRequest } from './converse-request';
import { readStream } from './read-stream';
import { requestPart } from './reply-parts';
import { withoutSentTexts } from './without-sent-texts';

/** Requests a short text as a stream. */
export async function converseStream(
  client: BedrockRuntimeClient,
  call: Call,
  abortSignal: AbortSignal,
  now: () => number,
): Promise<Reply> {
  const started = now();
  const request = converseRequest(call);
  // A stream that has begun may still end with an error.
  return withoutSentTexts(request, async () => {
    const { stream, $metadata } = await client.send(new ConverseStreamCommand(request), { abortSignal });
    return {
      ...requestPart($metadata.requestId),
      ...(stream === undefined
        ? { flaw: 'the answer contains no stream', nothing: true as const }
        : await readStream(stream, () => now() - started)),
    };
  });
}
