import type { Content } from './content';
import type { Message } from './read-messages';
import type { ToolConfig } from './read-tools';

/** A checked request of Converse or ConverseStream. */
export interface ConverseRequest {
  readonly messages: readonly Message[];
  /** One block for each entry of the request's `system` list. */
  readonly system: readonly Content[];
  readonly tools: ToolConfig | undefined;
  readonly maxTokens: number | undefined;
  readonly stopSequences: readonly string[];
}
