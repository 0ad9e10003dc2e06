import { createHash } from 'node:crypto';
import { textTokens } from '../converse/count-tokens';
import { dimensions } from './dimensions';
import type { Embed } from './embedding';
import { inputText } from './input-text';
import { unitVector } from './unit-vector';

const MAX_TEXTS = 96;

/** Embeds texts as Cohere Embed v3 and v4 do. */
export const embedCohere: Embed = (body, model) => {
  const field = body.at('texts');
  body.at('input_type').oneOf(['search_document', 'search_query', 'classification', 'clustering']);
  const texts = field.list().map(inputText);
  if (texts.length < 1 || texts.length > MAX_TEXTS) {
    throw field.invalid(`must hold 1 to ${MAX_TEXTS} texts`);
  }
  const v4 = model.modelId.startsWith('cohere.embed-v4');
  if (!v4 && body.at('output_dimension').present) {
    throw body.at('output_dimension').invalid(`is not supported by ${model.modelId}`);
  }
  const length = dimensions(body.at('output_dimension'), model, [256, 512, 1024, 1536]);
  const types = body.at('embedding_types').list();
  for (const type of types) {
    type.oneOf(['float']);
  }
  const vectors = texts.map((text) => unitVector(text, length));
  return {
    answer: {
      id: createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32),
      response_type: types.length > 0 ? 'embeddings_by_type' : 'embeddings_floats',
      embeddings: types.length > 0 ? { float: vectors } : vectors,
      texts,
    },
    inputTokens: texts.reduce((sum, text) => sum + textTokens(text), 0),
  };
};
