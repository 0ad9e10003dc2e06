import { embeddingRequest, readEmbeddingReply } from '../../../lambda/verify/embedding';

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
])('the body for %s', (modelId, body) => {
  expect(embeddingRequest(modelId)).toEqual(body);
});

test.each([
  ['{"embedding":[0.1,-2],"inputTextTokenCount":3}', { hasVector: true, inputTokens: 3 }],
  ['{"embeddings":[[0.1,2]],"response_type":"embeddings_floats"}', { hasVector: true }],
  ['{"embeddings":{"float":[[0.1,2]]}}', { hasVector: true }],
  ['{"embeddings":[{"embeddingType":"TEXT","embedding":[1]}]}', { hasVector: true }],
  ['{"embedding":[]}', { hasVector: false }],
  ['{"embedding":[1,null]}', { hasVector: false }],
  ['{"embedding":[1,"2"]}', { hasVector: false }],
  ['{"embedding":[1,1e999]}', { hasVector: false }],
  ['{"embedding":"AAAA"}', { hasVector: false }],
  ['{"embeddings":[]}', { hasVector: false }],
  ['{"embeddings":{"int8":[[1]]}}', { hasVector: false }],
  ['{}', { hasVector: false }],
  ['null', { hasVector: false }],
  ['', { hasVector: false }],
  ['<html>', { hasVector: false }],
])('%s', (body, reply) => {
  expect(readEmbeddingReply(body)).toEqual(reply);
});
