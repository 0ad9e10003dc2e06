import { type Answer, type Post, serviceError } from '../services/signed-post';
import type { Reply, Send } from './call';

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
    const body = { model: target, messages: [{ role: 'user', content: ASKED }], max_completion_tokens: 16 };
    const answer = await post({ 'content-type': 'application/json' }, JSON.stringify(body), signal);
    if (answer.statusCode >= 300) {
      throw failure(answer);
    }
    return replyOf(answer);
  };
}

const ASKED = 'Reply with the word ok.';

function replyOf({ body, headers }: Answer): Reply {
  const answer = fields(body);
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = fieldsOf(answer['usage']);
  const requestId = headers['x-amzn-requestid'];
  return {
    ...(requestId !== undefined && { requestId }),
    ...(typeof inputTokens === 'number' && { inputTokens }),
    ...(typeof outputTokens === 'number' && { outputTokens }),
    ...(!Array.isArray(answer['choices']) && { flaw: 'the answer holds no choices' }),
  };
}

function failure(answer: Answer): Error {
  const aws = fields(answer.body);
  const openAi = fieldsOf(aws['error']);
  const message = firstText(openAi['message'], aws['message'], aws['Message']);
  const named = firstText(answer.headers['x-amzn-errortype'], aws['__type'], openAi['code'], openAi['type']);
  const refused = answer.statusCode === 403 && REFUSED.test(message);
  return serviceError(answer, refused ? 'AccessDeniedException' : (named.split(/[#:]/)[0] ?? named), message);
}

function firstText(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

function fields(json: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(json));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
