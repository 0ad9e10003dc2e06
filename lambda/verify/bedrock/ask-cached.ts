import { readError, shownError } from '../../../aws/errors/read-error';
import type { Reply } from './call';
import type { Ask } from './converse';
import { sumReplies } from './reply-parts';

/** Words that each make at least one token in any tokenizer. */
const LINE = 'time year way day man life hand part case week\n';
const WORDS_IN_LINE = 10;

/** Length of the prefix as a multiple of the minimum length. */
const MARGIN = 1.25;

const MAX_REQUESTS = 3;

/** Returns a text of at least `tokens` tokens. It is always the same, so a run can read what an earlier run cached. */
function cachedPrefix(tokens: number): string {
  return LINE.repeat(Math.ceil((tokens * MARGIN) / WORDS_IN_LINE));
}

/**
 * Message for a cache point that the model does not support. Its status is 400, or 403 although IAM is not involved.
 */
const NO_CACHE = /did not allow prompt caching/i;

/**
 * Sends the same request twice with a cache point. The second request must read the prefix that the first one stored.
 *
 * If it does not, a third request follows, because a profile over several Regions may have routed the second one
 * elsewhere.
 */
export async function askCached(ask: Ask, tokens: number): Promise<Reply> {
  const system = [{ text: cachedPrefix(tokens) }, { cachePoint: { type: 'default' as const } }];
  const replies: Reply[] = [];
  for (let nth = 1; nth <= MAX_REQUESTS; nth++) {
    const reply = await ask({ system }).then((answer) => answer.reply, refusedPoint);
    replies.push(reply);
    if (reply.flaw !== undefined || (nth > 1 && (reply.cacheReadTokens ?? 0) > 0)) {
      return sumReplies(replies);
    }
  }
  return {
    ...sumReplies(replies),
    flaw: `${MAX_REQUESTS} requests had the same prefix, and none after the first read the cache, which stores prefixes of at least ${tokens} tokens in the Region that serves the request`,
    remedy:
      'verify again; if the error persists, check the minimum length on the model card and the Regions of the profile',
    passes: true,
  };
}

/** Returns the reply for a refused cache point. Throws every other error. */
function refusedPoint(thrown: unknown): Reply {
  const error = readError(thrown);
  if (!NO_CACHE.test(error.fullMessage)) {
    throw thrown;
  }
  return {
    flaw: 'the model does not support cache points',
    remedy: 'remove cache points from requests to it, or choose a model that supports prompt caching',
    error: shownError(error),
  };
}
