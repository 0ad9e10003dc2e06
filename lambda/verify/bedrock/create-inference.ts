import { property } from '../../../aws/property';
import { readFields } from '../../../aws/services/json-answer';
import type { Answer, Post } from '../../../aws/services/post';
import { serviceError } from '../../../aws/services/service-error';
import type { Reply, Send } from './call';
import { PROMPT } from './converse-request';
import { requestPart, tokenParts } from './reply-parts';
import { withoutSentTexts } from './without-sent-texts';

/** Path of the OpenAI-compatible endpoint. */
export const CHAT_COMPLETIONS = '/v1/chat/completions';

/** Message of a denial by IAM, whatever the name of the error is. */
const IAM_DENIAL = /is not authorized to perform: bedrock-mantle:/;

/**
 * Calls a model at Bedrock's second endpoint, bedrock-mantle, which does not support application inference profiles.
 *
 * The form of that endpoint's errors is `unverified`, so AWS's form (`__type`, `message`) and OpenAI's form (`error`
 * with `message`, `type` and `code`) are both read. An error is a denial by IAM only if its status is 403 and its
 * message is IAM's.
 */
export function createInference(post: Post): Send {
  return async ({ target }, signal) => {
    const body = { model: target, messages: [{ role: 'user', content: PROMPT.text }], max_completion_tokens: 16 };
    return withoutSentTexts(body, async () => {
      const answer = await post({ 'content-type': 'application/json' }, JSON.stringify(body), signal);
      if (answer.statusCode >= 300) {
        throw failure(answer);
      }
      return replyOf(answer);
    });
  };
}

function replyOf({ body, headers }: Answer): Reply {
  const answer = readFields(body);
  const counted = (name: string) => property(answer['usage'], name) as number | undefined;
  return {
    ...requestPart(headers['x-amzn-requestid']),
    ...tokenParts({ inputTokens: counted('prompt_tokens'), outputTokens: counted('completion_tokens') }),
    ...(!Array.isArray(answer['choices']) && { flaw: 'the answer contains no choices' }),
  };
}

function failure(answer: Answer): Error {
  const aws = readFields(answer.body);
  const openAi = (key: string) => property(aws['error'], key);
  const message = firstText(openAi('message'), aws['message'], aws['Message']);
  const name = firstText(answer.headers['x-amzn-errortype'], aws['__type'], openAi('code'), openAi('type'));
  const denied = answer.statusCode === 403 && IAM_DENIAL.test(message);
  return serviceError(answer, denied ? 'AccessDeniedException' : (name.split(/[#:]/)[0] ?? name), message);
}

function firstText(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}
