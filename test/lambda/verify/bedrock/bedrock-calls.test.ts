import { bedrockCalls } from '../../../../lambda/verify/bedrock/bedrock-calls';
import type { Call, Exchange } from '../../../../lambda/verify/bedrock/call';
import { type Sandbox, startSandbox } from '../../../../lib/sandbox/start-sandbox';
import { CLIENTS, settings } from '../../../sandbox/clients';
import { ANYTHING, accountOf, GEOGRAPHIC, role } from '../../../sandbox/small-account';

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

const send = (call: Call) => bedrockCalls(client, () => 7)(call, new AbortController().signal);
const converse = (target: string, exchange?: Exchange) =>
  send({ operation: 'Converse', target, modelId: '', ...(exchange && { exchange }) });

const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);
const answered = (inputTokens: number, outputTokens = 16) => ({ requestId, inputTokens, outputTokens });

const NOVA = GEOGRAPHIC.arn;
const CLAUDE = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'us.anthropic.claude-opus-4-7';
const MISTRAL = 'mistral.mistral-large-3-675b-instruct';

test.each<[string, string, Exchange | undefined, object]>([
  ['a text', NOVA, undefined, answered(6)],
  ['a system prompt', NOVA, { kind: 'system' }, answered(13)],
  ['several turns', NOVA, { kind: 'turns' }, answered(9)],
  ['images', NOVA, { kind: 'image' }, answered(30)],
  ['documents', NOVA, { kind: 'document' }, answered(1591, 32)],
  ['a forced tool', NOVA, { kind: 'tools', forced: true }, answered(127, 37)],
  ['a tool that may be called', MISTRAL, { kind: 'tools', forced: false }, answered(127, 41)],
  [
    'a cache point of Nova',
    NOVA,
    { kind: 'cache', tokens: 1024 },
    { ...answered(12, 32), cacheReadTokens: 1504, cacheWriteTokens: 1504 },
  ],
  [
    'a longer cache point of Claude',
    CLAUDE,
    { kind: 'cache', tokens: 4096 },
    { ...answered(12, 32), cacheReadTokens: 6016, cacheWriteTokens: 6016 },
  ],
  [
    "Nova's sampling",
    NOVA,
    {
      kind: 'sampling',
      fields: {
        inferenceConfig: { temperature: 0.5, topP: 0.9 },
        additionalModelRequestFields: { inferenceConfig: { topK: 20 } },
      },
    },
    answered(6),
  ],
  [
    "Claude's sampling",
    CLAUDE,
    {
      kind: 'sampling',
      fields: { inferenceConfig: { temperature: 0.5 }, additionalModelRequestFields: { top_k: 20 } },
    },
    answered(6),
  ],
  [
    'sampling fields with other fields beside them',
    NOVA,
    { kind: 'sampling', fields: { modelId: 'x', messages: [], inferenceConfig: { maxTokens: 4096 } } },
    answered(6),
  ],
])('%s is sent and answered', async (_, target, exchange, reply) => {
  expect(await converse(target, exchange)).toEqual(reply);
});

test('a text arrives as a stream', async () => {
  expect(await send({ operation: 'ConverseStream', target: NOVA, modelId: '' })).toEqual({
    ...answered(6),
    firstTokenMilliseconds: 0,
  });
});

test.each([
  ['amazon.titan-embed-text-v1', 1536],
  ['amazon.titan-embed-text-v2:0', 1024],
  ['amazon.titan-embed-image-v1', 1024],
  ['cohere.embed-english-v3', 1024],
  ['us.cohere.embed-v4:0', 1536],
])('%s returns a vector of its default length', async (target, vectorLength) => {
  const modelId = target.replace(/^us\./, '');
  expect(await send({ operation: 'InvokeModel', target, modelId, vectorLength })).toEqual({
    requestId,
    inputTokens: 1,
    vectorLength,
  });
});

test('Nova returns a vector of the requested length, whatever its default is', async () => {
  const modelId = 'amazon.nova-2-multimodal-embeddings-v1:0';
  const reply = await send({ operation: 'InvokeModel', target: modelId, modelId, vectorLength: 3072 });
  expect(reply).toEqual({ requestId, inputTokens: 1, vectorLength: 256 });
});

test.each<[string, string, Exchange, RegExp]>([
  [
    'sampling',
    OPUS,
    { kind: 'sampling', fields: { inferenceConfig: { temperature: 0.5 } } },
    /temperature is deprecated/,
  ],
  ['a forced tool', MISTRAL, { kind: 'tools', forced: true }, /toolConfig\.toolChoice\.tool/],
])('%s that a model does not support is refused', async (_, target, exchange, message) => {
  await expect(converse(target, exchange)).rejects.toMatchObject({ name: 'ValidationException', message });
});

test.each<[string, string, Exchange, object]>([
  [
    'documents to a model without document support',
    MISTRAL,
    { kind: 'document' },
    {
      requestId,
      inputTokens: 12,
      outputTokens: 32,
      flaw: 'the model refuses documents in the formats pdf, csv, doc, docx, xls, xlsx, html, txt, md',
      remedy: 'send it documents in other formats only, or choose a model that accepts these',
      error: {
        name: 'ValidationException',
        status: 400,
        message: "This model doesn't support documents. Remove the document blocks and try again.",
      },
    },
  ],
  [
    'a cache point to a model without prompt caching, which is refused with status 403',
    MISTRAL,
    { kind: 'cache', tokens: 1024 },
    {
      flaw: 'the model does not support cache points',
      remedy: 'remove cache points from requests to it, or choose a model that supports prompt caching',
      error: {
        name: 'AccessDeniedException',
        status: 403,
        message:
          'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
      },
    },
  ],
  [
    'images to a model without image support',
    'us.amazon.nova-micro-v1:0',
    { kind: 'image' },
    {
      requestId,
      inputTokens: 6,
      outputTokens: 16,
      flaw: 'the model refuses images in the formats png, jpeg, gif, webp',
      remedy: 'send it images in other formats only, or choose a model that accepts these',
      error: {
        name: 'ValidationException',
        status: 400,
        message: "This model doesn't support images. Remove the image blocks and try again.",
      },
    },
  ],
])('%s: the reply names the refused part', async (_, target, exchange, reply) => {
  expect(await converse(target, exchange)).toEqual(reply);
});
