import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { boundedText } from '../../../aws/bounded-text';
import { isTokenCount } from './token-count';

/** The parts of a whole answer that are judged, whether it came in one piece or as a stream of events. */
interface WholeAnswer {
  readonly role: string | undefined;
  /** True when the answer holds blank text only. */
  readonly blank: boolean;
  readonly stopReason: string;
  readonly usage: Partial<TokenUsage> | undefined;
}

/** True for a piece of content that is blank text. */
export function isBlank(piece: { readonly text?: string | undefined }): boolean {
  return piece.text !== undefined && piece.text.trim() === '';
}

/**
 * Returns the reason why an application cannot use an answer, or `undefined` if it can.
 *
 * An answer without text is accepted if it used up its tokens, because a reasoning model may spend all of them on that.
 */
export function answerFlaw({ role, blank, stopReason, usage }: WholeAnswer): string | undefined {
  if (role !== 'assistant') {
    return `the answer has the role ${boundedText(String(role))} instead of assistant`;
  }
  if (blank && stopReason !== 'max_tokens') {
    return `the answer contains no text; its stop reason is ${boundedText(stopReason)}`;
  }
  return isTokenCount(usage?.inputTokens) && isTokenCount(usage?.outputTokens)
    ? undefined
    : 'the answer does not contain the numbers of tokens';
}
