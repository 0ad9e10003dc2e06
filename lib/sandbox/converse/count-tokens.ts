import type { Content } from './content';
import type { ConverseRequest } from './converse-request';
import { promptBlocks } from './prompt-blocks';

const CHARACTERS_PER_TOKEN = 4;

/** Estimates the tokens of a text, at the usual four characters a token. */
export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

export function contentTokens(content: Content): number {
  switch (content.kind) {
    case 'text':
    case 'toolUse':
      return textTokens(content.text);
    case 'image':
      return Math.ceil((content.width * content.height) / 750);
    case 'document':
      return Math.ceil(content.filledBytes / CHARACTERS_PER_TOKEN);
    case 'toolResult':
      return content.content.reduce((sum, inner) => sum + contentTokens(inner), 0);
    case 'marker':
      return 0;
  }
}

/** Estimates the input tokens of a request. The result is close to what a model would count. */
export function inputTokens(request: ConverseRequest): number {
  return promptBlocks(request).reduce((sum, block) => sum + contentTokens(block), 0);
}
