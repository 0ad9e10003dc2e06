import { textTokens } from '../converse/count-tokens';
import { dimensions } from './dimensions';
import type { Embed } from './embedding';
import { inputText } from './input-text';
import { unitVector } from './unit-vector';

/**
 * Embeds a text as Amazon Titan Text Embeddings does.
 *
 * Only v2 takes options. `normalize` changes nothing here, because every vector has length 1.
 */
export const embedTitan: Embed = (body, model) => {
  const text = inputText(body.at('inputText'));
  const v2 = model.modelId.startsWith('amazon.titan-embed-text-v2');
  const known = v2 ? ['inputText', 'dimensions', 'normalize', 'embeddingTypes'] : ['inputText'];
  const unknown = body.keys().find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw body.at(unknown).invalid(`is not supported by ${model.modelId}; it supports ${known.join(', ')}`);
  }
  body.at('normalize').boolean();
  for (const type of body.at('embeddingTypes').list()) {
    type.oneOf(['float']);
  }
  const embedding = unitVector(text, dimensions(body.at('dimensions'), model, [256, 512, 1024]));
  const inputTokens = textTokens(text);
  return {
    answer: {
      embedding,
      inputTextTokenCount: inputTokens,
      ...(v2 && { embeddingsByType: { float: embedding } }),
    },
    inputTokens,
  };
};
