import { property } from '../../../aws/property';
import { isTokenCount } from './token-count';

const TEXT = 'ok';

/** Shortest vector of Nova, which requires a length. */
const NOVA_LENGTH = 256;

/** A request to InvokeModel for an embedding. */
interface EmbeddingRequest {
  readonly body: unknown;
  /**
   * Length of the vector that the body requests.
   *
   * @default - the model's default
   */
  readonly vectorLength?: number;
}

/** Returns the smallest body of InvokeModel that yields one vector, in the form of the model's provider. */
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
  /** Absent unless the answer holds a vector of at least one number, all finite. */
  readonly vectorLength?: number;
  /** Number of input tokens, which Titan returns in the body. */
  readonly inputTokens?: number;
}

/**
 * Reads the answer of any embedding model: Titan's `embedding`, or Cohere's and Nova's `embeddings`. Throws if it is
 * not JSON.
 */
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

/** Parses JSON. The error has the words that the SDK uses for an unreadable answer of Converse. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('Deserialization error: the answer is not JSON');
  }
}
