import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { Reply } from './call';
import { isTokenCount } from './token-count';

/** Of a request id, what a reply carries. */
export function requestPart(requestId: string | undefined): Pick<Reply, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}

/** Of the tokens that Bedrock counted, what a reply carries: counts that can be. */
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

/** One reply for several requests: tokens are added up, the first flaw counts, and the rest is the last one's. */
export function sumReplies(replies: readonly Reply[]): Reply {
  const sums = COUNTS.flatMap((count) => {
    const found = replies.flatMap((reply) => reply[count] ?? []);
    return found.length === 0 ? [] : [[count, found.reduce((sum, one) => sum + one, 0)]];
  });
  const flawed = replies.find(({ flaw }) => flaw !== undefined);
  return {
    ...replies.at(-1),
    ...Object.fromEntries(sums),
    ...(flawed?.flaw !== undefined && { flaw: flawed.flaw }),
  };
}
