import type { ContentBlock, ConverseCommandInput, Message } from '@aws-sdk/client-bedrock-runtime';
import type { Call } from './call';

/** Fields of a request to Converse that differ between probes. */
export interface RequestFields
  extends Partial<
    Pick<
      ConverseCommandInput,
      'messages' | 'system' | 'toolConfig' | 'inferenceConfig' | 'additionalModelRequestFields'
    >
  > {
  /**
   * Maximum number of tokens in the answer. Each token costs money.
   *
   * @default 16
   */
  readonly maxTokens?: number;
}

/** The text that probes send. */
export const PROMPT = { text: 'Reply with the word ok.' };

export function userMessage(...content: ContentBlock[]): Message {
  return { role: 'user', content };
}

/**
 * Builds a request that every model accepts: it has few tokens, and a temperature only if `fields` has one, because
 * some models refuse it.
 */
export function converseRequest({ target, guardrail, tier }: Call, { maxTokens = 16, ...fields }: RequestFields = {}) {
  return {
    modelId: target,
    messages: [userMessage(PROMPT)],
    ...fields,
    inferenceConfig: { ...fields.inferenceConfig, maxTokens },
    ...(guardrail !== undefined && {
      guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version },
    }),
    ...(tier !== undefined && { serviceTier: { type: tier } }),
  };
}
