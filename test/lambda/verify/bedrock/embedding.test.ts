import { embeddingRequest, readEmbeddingReply } from '../../../../lambda/verify/bedrock/embedding';

test.each([
  ['amazon.titan-embed-text-v2:0', { inputText: 'ok' }],
  ['amazon.titan-embed-g1-text-02', { inputText: 'ok' }],
  ['amazon.titan-embed-image-v1', { inputText: 'ok' }],
  ['cohere.embed-english-v3', { texts: ['ok'], input_type: 'search_query' }],
  ['cohere.embed-v4:0', { texts: ['ok'], input_type: 'search_query', embedding_types: ['float'] }],
  [
    'amazon.nova-2-multimodal-embeddings-v1:0',
    {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: {
        embeddingPurpose: 'GENERIC_INDEX',
        embeddingDimension: 256,
        text: { truncationMode: 'END', value: 'ok' },
      },
    },
  ],
])('the request body for %s is the smallest of its provider', (modelId, body) => {
  expect(embeddingRequest(modelId).body).toEqual(body);
});

test('only the request to Nova sets a length', () => {
  expect(embeddingRequest('amazon.nova-2-multimodal-embeddings-v1:0').vectorLength).toBe(256);
  expect(embeddingRequest('amazon.titan-embed-text-v2:0')).not.toHaveProperty('vectorLength');
});

test.each([
  ['{"embedding":[0.1,-2],"inputTextTokenCount":3}', { vectorLength: 2, inputTokens: 3 }],
  ['{"embeddings":[[0.1,2]],"response_type":"embeddings_floats"}', { vectorLength: 2 }],
  ['{"embeddings":{"float":[[0.1,2]]}}', { vectorLength: 2 }],
  ['{"embeddings":[{"embeddingType":"TEXT","embedding":[1]}]}', { vectorLength: 1 }],
  ['{"embedding":[]}', {}],
  ['{"embedding":[1,null]}', {}],
  ['{"embedding":[1,"2"]}', {}],
  ['{"embedding":[1,1e999]}', {}],
  ['{"embedding":"AAAA"}', {}],
  ['{"embeddings":[]}', {}],
  ['{"embeddings":{"int8":[[1]]}}', {}],
  ['{}', {}],
  ['null', {}],
])('the answer %s is read', (body, reply) => {
  expect(readEmbeddingReply(body)).toEqual(reply);
});

test.each(['', '<html>', '{"embedding":[0.1,'])('the answer %j is refused', (body) => {
  expect(() => readEmbeddingReply(body)).toThrow(new Error('Deserialization error: the answer is not JSON'));
});
