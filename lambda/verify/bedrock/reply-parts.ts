import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { Reply } from './call';
import { isTokenCount } from './token-count';

/** Returns the part of a reply for a request id. */
export function requestPart(requestId: string | undefined): Pick<Reply, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}

/** Returns the part of a reply for Bedrock's token counts. Values that cannot be counts are left out. */
export function tokenParts(usage: Partial<TokenUsage> = {}): Reply {
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens } = usage;
  return {
    ...(isTokenCount(inputTokens) && { inputTokens }),
    ...(isTokenCount(outputTokens) && { outputTokens }),
    ...(isTokenCount(cacheReadInputTokens) && { cacheReadTokens: cacheReadInputTokens }),
    ...(isTokenCount(cacheWriteInputTokens) && { cacheWriteTokens: cacheWriteInputTokens }),
  };
}

const COUNTS = ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens'] as const;

/**
 * Merges the replies to several requests: adds up tokens, keeps the first flaw, and takes the rest from the last reply.
 */
export function sumReplies(replies: readonly Reply[]): Reply {
  const sums = COUNTS.flatMap((count) => {
    const counts = replies.flatMap((reply) => reply[count] ?? []);
    return counts.length === 0 ? [] : [[count, counts.reduce((sum, one) => sum + one, 0)]];
  });
  const flawed = replies.find(({ flaw }) => flaw !== undefined);
  return {
    ...replies.at(-1),
    ...Object.fromEntries(sums),
    ...(flawed?.flaw !== undefined && { flaw: flawed.flaw }),
  };
}
