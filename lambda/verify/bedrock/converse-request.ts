import type { ContentBlock, ConverseCommandInput, Message } from '@aws-sdk/client-bedrock-runtime';
import type { Call } from './call';

/** What one request of Converse says beside what every one says. */
export interface Said
  extends Partial<
    Pick<
      ConverseCommandInput,
      'messages' | 'system' | 'toolConfig' | 'inferenceConfig' | 'additionalModelRequestFields'
    >
  > {
  /**
   * Most tokens that the answer may have; each is paid for.
   *
   * @default 16
   */
  readonly maxTokens?: number;
}

export const ASKED = { text: 'Reply with the word ok.' };

export function userMessage(...content: ContentBlock[]): Message {
  return { role: 'user', content };
}

/** What every model takes: no temperature unless it is said, because some models refuse it, and few tokens. */
export function converseRequest({ target, guardrail }: Call, { maxTokens = 16, ...said }: Said = {}) {
  return {
    modelId: target,
    messages: [userMessage(ASKED)],
    ...said,
    inferenceConfig: { ...said.inferenceConfig, maxTokens },
    ...(guardrail !== undefined && {
      guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version },
    }),
  };
}
