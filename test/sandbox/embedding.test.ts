import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import { ANYTHING, accountOf, EMBEDDING, GEOGRAPHIC, role } from './small-account';

const account = accountOf([role('app', [ANYTHING])]);
let sandbox: Sandbox;
let client: ReturnType<typeof CLIENTS.runtime>;

beforeAll(async () => {
  sandbox = await startSandbox({ account });
  client = CLIENTS.runtime(settings(sandbox.url, sandbox.credentialsFor(account.principals[0]?.arn ?? '')));
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const invoke = (modelId: string, body: object) =>
  client.send(new InvokeModelCommand({ modelId, body: JSON.stringify(body), contentType: 'application/json' }));

async function answer(modelId: string, body: object): Promise<Record<string, unknown>> {
  return JSON.parse(Buffer.from((await invoke(modelId, body)).body).toString());
}

const lengthOf = (vector: unknown): number => Math.hypot(...(vector as number[]));

test('an embedding through a profile is a unit vector with the dimensions of its model, equal for equal texts', async () => {
  const { embedding, inputTextTokenCount } = await answer(EMBEDDING.arn, { inputText: 'hello' });
  expect(embedding).toHaveLength(1024);
  expect(lengthOf(embedding)).toBeCloseTo(1, 9);
  expect(inputTextTokenCount).toBe(2);
  expect((await answer(EMBEDDING.arn, { inputText: 'hello' }))['embedding']).toEqual(embedding);
  expect((await answer(EMBEDDING.arn, { inputText: 'hullo' }))['embedding']).not.toEqual(embedding);
});

test.each<[string, object, (a: Record<string, unknown>) => unknown, number]>([
  ['amazon.titan-embed-text-v2:0', { inputText: 'a', dimensions: 256, normalize: true }, (a) => a['embedding'], 256],
  ['amazon.titan-embed-text-v1', { inputText: 'a' }, (a) => a['embedding'], 1536],
  [
    'amazon.titan-embed-image-v1',
    { inputText: 'a', embeddingConfig: { outputEmbeddingLength: 384 } },
    (a) => a['embedding'],
    384,
  ],
  [
    'cohere.embed-english-v3',
    { texts: ['a', 'b'], input_type: 'search_query' },
    (a) => (a['embeddings'] as unknown[])[1],
    1024,
  ],
  [
    'us.cohere.embed-v4:0',
    { texts: ['a'], input_type: 'search_document', embedding_types: ['float'], output_dimension: 512 },
    (a) => (a['embeddings'] as { float: unknown[] }).float[0],
    512,
  ],
  [
    'amazon.nova-2-multimodal-embeddings-v1:0',
    {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: { embeddingPurpose: 'GENERIC_INDEX', text: { truncationMode: 'END', value: 'a' } },
    },
    (a) => (a['embeddings'] as { embedding: unknown }[])[0]?.embedding,
    3072,
  ],
])('%s answers in the form of its family', async (modelId, body, vectorOf, length) => {
  const vector = vectorOf(await answer(modelId, body));
  expect(vector).toHaveLength(length);
  expect(lengthOf(vector)).toBeCloseTo(1, 9);
});

test('the token count is in a header, as Bedrock sends it', async () => {
  let headers: Readonly<Record<string, string>> = {};
  const command = new InvokeModelCommand({ modelId: EMBEDDING.arn, body: '{"inputText":"hello"}' });
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      headers = (result.response as { headers: Record<string, string> }).headers;
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(command);
  expect(headers).toMatchObject({
    'x-amzn-bedrock-input-token-count': '2',
    'x-amzn-bedrock-invocation-latency': '22',
  });
});

test.each<[string, object, RegExp]>([
  [EMBEDDING.arn, {}, /inputText is required/],
  [EMBEDDING.arn, { inputText: '' }, /inputText must not be empty/],
  [EMBEDDING.arn, { inputText: 'a', dimensions: 300 }, /dimensions must be one of 256, 512, 1024/],
  ['amazon.titan-embed-text-v1', { inputText: 'a', dimensions: 256 }, /dimensions is not supported by/],
  ['cohere.embed-english-v3', { texts: ['a'] }, /input_type is required/],
  ['cohere.embed-english-v3', { texts: [], input_type: 'search_query' }, /texts must hold 1 to 96 texts/],
  [GEOGRAPHIC.arn, { inputText: 'a' }, /serves InvokeModel for embedding models only/],
])('%s refuses %j', async (modelId, body, message) => {
  const failed = await failure(invoke(modelId, body));
  expect(failed).toMatch(/^400 ValidationException: /);
  expect(failed).toMatch(message);
});
