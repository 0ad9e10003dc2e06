import { textTokens } from '../converse/count-tokens';
import { dimensions } from './dimensions';
import type { Embed } from './embedding';
import { inputText } from './input-text';
import { unitVector } from './unit-vector';

/** Embeds one text as Amazon Nova Multimodal Embeddings does. */
export const embedNova: Embed = (body, model) => {
  body.at('taskType').oneOf(['SINGLE_EMBEDDING']);
  const params = body.at('singleEmbeddingParams');
  params.at('embeddingPurpose').text();
  if (!params.at('text').present) {
    throw params.at('text').invalid('is required: the sandbox embeds text only');
  }
  const text = inputText(params.at('text').at('value'));
  const length = dimensions(params.at('embeddingDimension'), model, [256, 384, 1024, 3072]);
  return {
    answer: { embeddings: [{ embeddingType: 'TEXT', embedding: unitVector(text, length) }] },
    inputTokens: textTokens(text),
  };
};
