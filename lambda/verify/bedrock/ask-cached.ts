import { readError, shownError } from '../../../aws/errors/read-error';
import type { Reply } from './call';
import type { Ask } from './converse';
import { sumReplies } from './reply-parts';

/** Words that any tokenizer makes at least one token of. */
const LINE = 'time year way day man life hand part case week\n';
const WORDS_IN_LINE = 10;

/** How much longer than the least length the prefix is. */
const MARGIN = 1.25;

const MOST_REQUESTS = 3;

/** A text of at least `tokens` tokens: the same in every run, so that a run finds what the one before it left. */
function cachedPrefix(tokens: number): string {
  return LINE.repeat(Math.ceil((tokens * MARGIN) / WORDS_IN_LINE));
}

/** How Bedrock refuses a cache point that the model does not take: with a 403 that is none of IAM's, or with a 400. */
const NO_CACHE = /did not allow prompt caching/i;

/**
 * Asks the same twice with a cache point: the second request has to read what the first one kept.
 *
 * A third follows where it did not, since a profile over several Regions may have sent it to another one.
 */
export async function askCached(ask: Ask, tokens: number): Promise<Reply> {
  const system = [{ text: cachedPrefix(tokens) }, { cachePoint: { type: 'default' as const } }];
  const replies: Reply[] = [];
  for (let nth = 1; nth <= MOST_REQUESTS; nth++) {
    const reply = await ask({ system }).then((answer) => answer.reply, refusedPoint);
    replies.push(reply);
    if (reply.flaw !== undefined || (nth > 1 && (reply.cacheReadTokens ?? 0) > 0)) {
      return sumReplies(replies);
    }
  }
  return {
    ...sumReplies(replies),
    flaw: `${MOST_REQUESTS} requests with the same prefix, and none after the first read the cache; it keeps what is at least ${tokens} tokens long, in the Region where the request landed`,
    remedy:
      'verify again; if the error persists, compare the least length on the model card, and the Regions of the profile',
    passes: true,
  };
}

/** The reply to a cache point that was refused; throws every other error. */
function refusedPoint(thrown: unknown): Reply {
  const error = readError(thrown);
  if (!NO_CACHE.test(error.fullMessage)) {
    throw thrown;
  }
  return {
    flaw: 'the model takes no cache point',
    remedy: 'send it none, or choose a model that keeps prefixes',
    error: shownError(error),
  };
}
