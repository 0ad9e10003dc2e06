const TEXT = 'ok';

/** The smallest body of InvokeModel that gives one vector, by provider and model. */
export function embeddingRequest(modelId: string): unknown {
  if (modelId.startsWith('cohere.embed-')) {
    const texts = { texts: [TEXT], input_type: 'search_query' };
    return modelId.startsWith('cohere.embed-v4') ? { ...texts, embedding_types: ['float'] } : texts;
  }
  if (/^amazon\.nova-.*embeddings/.test(modelId)) {
    return {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: {
        embeddingPurpose: 'GENERIC_INDEX',
        embeddingDimension: 256,
        text: { truncationMode: 'END', value: TEXT },
      },
    };
  }
  return { inputText: TEXT };
}

interface EmbeddingReply {
  /** True when a vector came back: numbers, finite, at least one. */
  readonly hasVector: boolean;
  /** As Titan counts them in the body. */
  readonly inputTokens?: number;
}

/** Reads the answer of any embedding model: Titan's `embedding`, Cohere's and Nova's `embeddings`. */
export function readEmbeddingReply(body: string): EmbeddingReply {
  const reply = parse(body);
  const embeddings = field(reply, 'embeddings');
  const list = field(embeddings, 'float') ?? embeddings;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const vector = field(reply, 'embedding') ?? field(first, 'embedding') ?? first;
  const inputTokens = field(reply, 'inputTextTokenCount');
  return {
    hasVector: Array.isArray(vector) && vector.length > 0 && vector.every(Number.isFinite),
    ...(typeof inputTokens === 'number' && Number.isFinite(inputTokens) && { inputTokens }),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
