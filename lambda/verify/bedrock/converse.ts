import { type BedrockRuntimeClient, ConverseCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { answerFlaw, isBlank } from './answer-flaw';
import type { Call, Reply } from './call';
import { converseRequest, type RequestFields } from './converse-request';
import { requestPart, tokenParts } from './reply-parts';
import { withoutSentTexts } from './without-sent-texts';

/** A model's answer to one request to Converse. */
export interface Answer {
  readonly reply: Reply;
  /** Absent if `reply` has a flaw. */
  readonly output?: { readonly message: Message; readonly stopReason: string };
}

/** Sends one request to Converse. */
export type Ask = (fields?: RequestFields) => Promise<Answer>;

/** Returns a function that sends requests for `call`. */
export function askWith(client: BedrockRuntimeClient, call: Call, abortSignal: AbortSignal): Ask {
  return async (fields) => {
    const request = converseRequest(call, fields);
    const { output, stopReason, usage, $metadata } = await withoutSentTexts(request, () =>
      client.send(new ConverseCommand(request), { abortSignal }),
    );
    const message = output?.message;
    const measured = { ...requestPart($metadata.requestId), ...tokenParts(usage) };
    if (message === undefined || stopReason === undefined) {
      const nothing = message === undefined && usage === undefined;
      return { reply: { ...measured, flaw: 'the answer contains no message', ...(nothing && { nothing }) } };
    }
    const blank = (message.content ?? []).every(isBlank);
    const flaw = answerFlaw({ role: message.role, blank, stopReason, usage });
    return flaw === undefined ? { reply: measured, output: { message, stopReason } } : { reply: { ...measured, flaw } };
  };
}
