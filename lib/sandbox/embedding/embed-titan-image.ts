import { textTokens } from '../converse/count-tokens';
import { dimensions } from './dimensions';
import type { Embed } from './embedding';
import { inputText } from './input-text';
import { unitVector } from './unit-vector';

/** Embeds a text, an image or both as Amazon Titan Multimodal Embeddings does. */
export const embedTitanImage: Embed = (body, model) => {
  const [text, image] = [body.at('inputText'), body.at('inputImage')];
  if (!text.present && !image.present) {
    throw text.invalid('or inputImage is required');
  }
  const words = text.present ? inputText(text) : '';
  const picture = image.present ? image.bytes().toString('base64') : '';
  const length = dimensions(body.at('embeddingConfig').at('outputEmbeddingLength'), model, [256, 384, 1024]);
  const inputTokens = textTokens(words);
  return {
    answer: { embedding: unitVector(`${words}\n${picture}`, length), inputTextTokenCount: inputTokens, message: null },
    inputTokens,
  };
};
