import { type BedrockRuntimeClient, ConverseCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { answerFlaw, isBlank } from './answer-flaw';
import type { Call, Reply } from './call';
import { converseRequest, type Said } from './converse-request';
import { requestPart, tokenParts } from './reply-parts';

/** What a model answered to one request of Converse. */
export interface Answer {
  readonly reply: Reply;
  /** Absent where `reply` has a flaw. */
  readonly said?: { readonly message: Message; readonly stopReason: string };
}

/** Sends one request of Converse. */
export type Ask = (said?: Said) => Promise<Answer>;

/** Sends requests for `call`. */
export function askWith(client: BedrockRuntimeClient, call: Call, abortSignal: AbortSignal): Ask {
  return async (said) => {
    const { output, stopReason, usage, $metadata } = await client.send(
      new ConverseCommand(converseRequest(call, said)),
      { abortSignal },
    );
    const message = output?.message;
    const measured = { ...requestPart($metadata.requestId), ...tokenParts(usage) };
    if (message === undefined || stopReason === undefined) {
      const nothing = message === undefined && usage === undefined;
      return { reply: { ...measured, flaw: 'the answer holds no message', ...(nothing && { nothing }) } };
    }
    const blank = (message.content ?? []).every(isBlank);
    const flaw = answerFlaw({ role: message.role, blank, stopReason, usage });
    return flaw === undefined ? { reply: measured, said: { message, stopReason } } : { reply: { ...measured, flaw } };
  };
}
