import { property } from '../../../aws/property';
import { readFields } from '../../../aws/services/json-answer';
import type { Answer, Post } from '../../../aws/services/post';
import { serviceError } from '../../../aws/services/service-error';
import type { Reply, Send } from './call';
import { ASKED } from './converse-request';
import { requestPart, tokenParts } from './reply-parts';

/** Of the OpenAI-compatible endpoint. */
export const CHAT_COMPLETIONS = '/v1/chat/completions';

/** Says that IAM refused, whatever name the error has beside it. */
const REFUSED = /is not authorized to perform: bedrock-mantle:/;

/**
 * Asks a model at Bedrock's second endpoint, bedrock-mantle, which knows no application inference profiles.
 *
 * How that endpoint answers errors is `unverified`: AWS's form (`__type`, `message`) and OpenAI's (`error` with `message`,
 * `type` and `code`) are both read. An error is a denial by IAM only where its status is 403 and IAM's own words are in it.
 */
export function createInference(post: Post): Send {
  return async ({ target }, signal) => {
    const body = { model: target, messages: [{ role: 'user', content: ASKED.text }], max_completion_tokens: 16 };
    const answer = await post({ 'content-type': 'application/json' }, JSON.stringify(body), signal);
    if (answer.statusCode >= 300) {
      throw failure(answer);
    }
    return replyOf(answer);
  };
}

function replyOf({ body, headers }: Answer): Reply {
  const answer = readFields(body);
  const counted = (name: string) => property(answer['usage'], name) as number | undefined;
  return {
    ...requestPart(headers['x-amzn-requestid']),
    ...tokenParts({ inputTokens: counted('prompt_tokens'), outputTokens: counted('completion_tokens') }),
    ...(!Array.isArray(answer['choices']) && { flaw: 'the answer holds no choices' }),
  };
}

function failure(answer: Answer): Error {
  const aws = readFields(answer.body);
  const openAi = (name: string) => property(aws['error'], name);
  const message = firstText(openAi('message'), aws['message'], aws['Message']);
  const named = firstText(answer.headers['x-amzn-errortype'], aws['__type'], openAi('code'), openAi('type'));
  const refused = answer.statusCode === 403 && REFUSED.test(message);
  return serviceError(answer, refused ? 'AccessDeniedException' : (named.split(/[#:]/)[0] ?? named), message);
}

function firstText(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}
