import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { boundedText } from '../../../aws/bounded-text';
import { isTokenCount } from './token-count';

/** What is judged of a whole answer, whether it came as one or in events. */
interface WholeAnswer {
  readonly role: string | undefined;
  /** True when it holds no text but blank text, and nothing else. */
  readonly blank: boolean;
  readonly stopReason: string;
  readonly usage: Partial<TokenUsage> | undefined;
}

/** Whether a piece of content says nothing: it is text, and blank. */
export function isBlank(piece: { readonly text?: string | undefined }): boolean {
  return piece.text !== undefined && piece.text.trim() === '';
}

/**
 * What keeps an answer from being one that an application can use.
 *
 * A model that reasons may spend all of its tokens on that, and so has none left for text.
 */
export function answerFlaw({ role, blank, stopReason, usage }: WholeAnswer): string | undefined {
  if (role !== 'assistant') {
    return `the answer is a message of the role ${boundedText(String(role))}, not assistant`;
  }
  if (blank && stopReason !== 'max_tokens') {
    return `the answer holds no text; it ended with ${boundedText(stopReason)}`;
  }
  return isTokenCount(usage?.inputTokens) && isTokenCount(usage?.outputTokens)
    ? undefined
    : 'the answer does not say how many tokens it took';
}
