import { property } from '../../../aws/property';
import { isTokenCount } from './token-count';

const TEXT = 'ok';

/** The shortest vector of Nova, which has to be told a length. */
const NOVA_LENGTH = 256;

/** A body of InvokeModel. */
interface EmbeddingRequest {
  readonly body: unknown;
  /**
   * Length of the vector that the body asks for.
   *
   * @default - the model's own
   */
  readonly vectorLength?: number;
}

/** The smallest body of InvokeModel that gives one vector, by provider and model. */
export function embeddingRequest(modelId: string): EmbeddingRequest {
  if (modelId.startsWith('cohere.embed-')) {
    const texts = { texts: [TEXT], input_type: 'search_query' };
    return { body: modelId.startsWith('cohere.embed-v4') ? { ...texts, embedding_types: ['float'] } : texts };
  }
  if (/^amazon\.nova-.*embeddings/.test(modelId)) {
    return {
      body: {
        taskType: 'SINGLE_EMBEDDING',
        singleEmbeddingParams: {
          embeddingPurpose: 'GENERIC_INDEX',
          embeddingDimension: NOVA_LENGTH,
          text: { truncationMode: 'END', value: TEXT },
        },
      },
      vectorLength: NOVA_LENGTH,
    };
  }
  return { body: { inputText: TEXT } };
}

interface EmbeddingReply {
  /** Absent unless a vector came back: numbers, finite, at least one. */
  readonly vectorLength?: number;
  /** As Titan counts them in the body. */
  readonly inputTokens?: number;
}

/** Reads the answer of any embedding model: Titan's `embedding`, Cohere's and Nova's `embeddings`. Throws where it is no JSON. */
export function readEmbeddingReply(body: string): EmbeddingReply {
  const reply = parse(body);
  const embeddings = property(reply, 'embeddings');
  const list = property(embeddings, 'float') ?? embeddings;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const vector = property(reply, 'embedding') ?? property(first, 'embedding') ?? first;
  const inputTokens = property(reply, 'inputTextTokenCount');
  return {
    ...(Array.isArray(vector) && vector.length > 0 && vector.every(Number.isFinite) && { vectorLength: vector.length }),
    ...(isTokenCount(inputTokens) && { inputTokens }),
  };
}

/** The SDK says it so of an answer of Converse. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('Deserialization error: the answer is no JSON');
  }
}
