import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Exchange } from '../../../../lambda/verify/bedrock/call';
import { judgeAllowed } from '../../../../lambda/verify/probes/judge';
import { eventFrame } from '../../../../lib/sandbox/converse/event-frame';
import { type BedrockAnswer, type BedrockRequest, scriptedBedrock } from '../scripted-bedrock';

const bedrock = scriptedBedrock();

const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 };
const answerWith = (content: unknown, more: object = {}): BedrockAnswer => ({
  json: { output: { message: { role: 'assistant', content } }, stopReason: 'end_turn', usage, ...more },
});
const ok = answerWith([{ text: 'ok' }]);
const invalid: BedrockAnswer = { status: 400, error: 'ValidationException', message: 'The model cannot read this.' };
const error = { name: 'ValidationException', status: 400, message: 'The model cannot read this.' };

const blocksOf = ({ messages = [] }: BedrockRequest): readonly ContentBlock[] =>
  messages.flatMap((m) => m.content ?? []);
const formatsOf = (request: BedrockRequest): readonly (string | undefined)[] =>
  blocksOf(request).flatMap(({ image, document }) => image?.format ?? document?.format ?? []);

/** Makes a call that must be allowed. Returns its reply, without the numbers, and the verdict. */
async function judged(call: Parameters<typeof bedrock.send>[0]) {
  const value = await bedrock.send(call);
  const { outcome, cause } = judgeAllowed({ value });
  return { outcome, ...(cause !== undefined && { cause }), ...(value.passes && { passes: value.passes }) };
}

describe('a text', () => {
  test.each<[string, BedrockAnswer, string | undefined]>([
    ['a text', ok, undefined],
    ['no message', { json: { usage } }, 'the answer contains no message'],
    ['no stop reason', answerWith([{ text: 'ok' }], { stopReason: undefined }), 'the answer contains no message'],
    [
      'no usage',
      answerWith([{ text: 'ok' }], { usage: undefined }),
      'the answer does not contain the numbers of tokens',
    ],
    ['no content', answerWith([]), 'the answer contains no text; its stop reason is end_turn'],
    ['a blank text', answerWith([{ text: ' \n' }]), 'the answer contains no text; its stop reason is end_turn'],
    [
      'nothing, because of a filter',
      answerWith([], { stopReason: 'content_filtered' }),
      'the answer contains no text; its stop reason is content_filtered',
    ],
    [
      'a message of the user',
      { json: { output: { message: { role: 'user', content: [{ text: 'ok' }] } }, stopReason: 'end_turn', usage } },
      'the answer has the role user instead of assistant',
    ],
    ['a blank text at the limit of tokens', answerWith([{ text: '' }], { stopReason: 'max_tokens' }), undefined],
    ['thoughts alone', answerWith([{ reasoningContent: { reasoningText: { text: 'so' } } }]), undefined],
  ])('with the answer: %s', async (_, answer, cause) => {
    bedrock.answer = () => answer;
    expect(await judged({})).toEqual(cause === undefined ? { outcome: 'allowed' } : { outcome: 'inconclusive', cause });
  });
});

const call = (input: unknown = { word: 'ok' }, name = 'echo', toolUseId = 'a') => ({
  toolUse: { toolUseId, name, input },
});
const calls = (...content: unknown[]): BedrockAnswer => answerWith(content, { stopReason: 'tool_use' });

describe('a tool', () => {
  test.each<[string, boolean, BedrockAnswer, BedrockAnswer, string | undefined]>([
    ['is called, and the model answers with its result', true, calls(call()), ok, undefined],
    ['is called after some text', false, calls({ text: 'I call it.' }, call()), ok, undefined],
    [
      'that is optional is not called',
      false,
      ok,
      ok,
      'the model answered without calling the tool; its stop reason is end_turn',
    ],
    [
      'that is forced is not called',
      true,
      ok,
      ok,
      'the model answered without calling the tool; its stop reason is end_turn, although the request named the tool to call',
    ],
    [
      'is called twice at once',
      false,
      calls(call(), call({}, 'echo', 'b')),
      ok,
      'the model called tools 2 times at once instead of once',
    ],
    [
      'is called in an answer with another stop reason',
      true,
      answerWith([call()], { stopReason: 'max_tokens' }),
      ok,
      'the answer calls a tool, but its stop reason is max_tokens instead of tool_use',
    ],
    [
      'of another name is called',
      false,
      calls(call({}, 'shout')),
      ok,
      'the model called the tool shout, which the request does not define',
    ],
    ['is called with a text', true, calls(call('ok')), ok, 'the input of the tool call is not an object'],
    ['is called with a list', true, calls(call(['ok'])), ok, 'the input of the tool call is not an object'],
    [
      'is called, and its result gets no answer',
      true,
      calls(call()),
      answerWith([{ text: '' }]),
      'the answer contains no text; its stop reason is end_turn',
    ],
    [
      'is called again instead of answered',
      true,
      calls(call()),
      calls(call()),
      'the model called the tool again instead of answering with its result',
    ],
  ])('%s (forced: %p)', async (_, forced, first, second, cause) => {
    bedrock.answer = (_asked, nth) => (nth === 0 ? first : second);
    expect(await judged({ exchange: { kind: 'tools', forced } })).toEqual(
      cause === undefined ? { outcome: 'allowed' } : { outcome: 'inconclusive', cause },
    );
  });

  test("is forced only in the first request, and the second repeats the model's message, with its reasoning", async () => {
    const content = [{ reasoningContent: { reasoningText: { text: 'so', signature: 's' } } }, call()];
    bedrock.answer = (_asked, nth) => (nth === 0 ? calls(...content) : ok);
    const reply = await bedrock.send({ exchange: { kind: 'tools', forced: true } });
    expect(reply).toEqual({ requestId: 'r-2', inputTokens: 18, outputTokens: 4 });
    const [first, second] = bedrock.requests;
    expect(first?.toolConfig?.toolChoice).toEqual({ tool: { name: 'echo' } });
    expect(second?.toolConfig).toEqual({ tools: first?.toolConfig?.tools });
    expect(second?.messages?.slice(1)).toEqual([
      { role: 'assistant', content },
      { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ text: 'ok' }] } }] },
    ]);
    expect(bedrock.requests.map(({ inferenceConfig }) => inferenceConfig)).toEqual([
      { maxTokens: 128 },
      { maxTokens: 128 },
    ]);
  });

  test('that is not forced is sent without a tool choice, because some models refuse one', async () => {
    bedrock.answer = () => ok;
    await bedrock.send({ exchange: { kind: 'tools', forced: false } });
    expect(bedrock.requests[0]?.toolConfig).not.toHaveProperty('toolChoice');
  });
});

describe('files', () => {
  const kinds = ['image', 'document'] as const;

  test.each<[(typeof kinds)[number], readonly string[], string]>([
    ['document', ['xls'], 'the model refuses documents in the format xls'],
    ['document', ['doc', 'xls', 'md'], 'the model refuses documents in the formats doc, xls, md'],
    ['image', ['webp'], 'the model refuses images in the format webp'],
  ])('%ss in the formats %p are refused, and named', async (kind, refused, cause) => {
    bedrock.answer = (request) => (formatsOf(request).some((f) => refused.includes(String(f))) ? invalid : ok);
    expect(await judged({ exchange: { kind } })).toEqual({ outcome: 'inconclusive', cause });
    expect(await bedrock.send({ exchange: { kind } })).toMatchObject({ flaw: cause, error });
  });

  test.each<[(typeof kinds)[number], string]>([
    ['image', 'the model accepts each image alone, but not 4 in one message'],
    ['document', 'the model accepts each document alone, but not 5 in one message'],
  ])('more than one %s per message is refused', async (kind, cause) => {
    bedrock.answer = (request) => (formatsOf(request).length > 1 ? invalid : ok);
    expect(await judged({ exchange: { kind } })).toEqual({ outcome: 'inconclusive', cause });
  });

  test.each(kinds)('an error that also occurs with a text alone does not concern the %s', async (kind) => {
    bedrock.answer = () => invalid;
    await expect(bedrock.send({ exchange: { kind } })).rejects.toMatchObject({ name: 'ValidationException' });
    expect(bedrock.requests).toHaveLength(2);
  });

  test.each<[string, BedrockAnswer]>([
    ['a throttle', { status: 429, error: 'ThrottlingException', message: 'slow down' }],
    ['a denial', { status: 403, error: 'AccessDeniedException', message: 'no' }],
  ])('%s while the formats are sent ends the exchange', async (_, refusal) => {
    bedrock.answer = (request, nth) => (nth < 3 ? (formatsOf(request).length > 0 ? invalid : ok) : refusal);
    await expect(bedrock.send({ exchange: { kind: 'image' } })).rejects.toMatchObject({
      name: 'error' in refusal ? refusal.error : '',
    });
    expect(bedrock.requests).toHaveLength(4);
  });

  test('the flaw of the first message is kept if the second succeeds', async () => {
    bedrock.answer = (_asked, nth) => (nth === 0 ? answerWith([]) : ok);
    expect(await judged({ exchange: { kind: 'document' } })).toEqual({
      outcome: 'inconclusive',
      cause: 'the answer contains no text; its stop reason is end_turn',
    });
  });

  test('are sent with a text, at most five per message, under neutral names', async () => {
    bedrock.answer = () => ok;
    await bedrock.send({ exchange: { kind: 'document' } });
    expect(bedrock.requests.map(formatsOf)).toEqual([
      ['pdf', 'csv', 'doc', 'docx', 'xls'],
      ['xlsx', 'html', 'txt', 'md'],
    ]);
    expect(
      bedrock.requests.map((request) => blocksOf(request).flatMap(({ document }) => document?.name ?? [])),
    ).toEqual([
      ['document 1', 'document 2', 'document 3', 'document 4', 'document 5'],
      ['document 1', 'document 2', 'document 3', 'document 4'],
    ]);
    expect(bedrock.requests.map((request) => blocksOf(request).at(-1))).toEqual(
      Array(2).fill({ text: 'Reply with the word ok.' }),
    );
  });
});

describe('a cache point', () => {
  const exchange = { kind: 'cache', tokens: 2000 } as const;
  const cached = (cacheReadInputTokens: number, cacheWriteInputTokens: number): BedrockAnswer =>
    answerWith([{ text: 'ok' }], { usage: { ...usage, cacheReadInputTokens, cacheWriteInputTokens } });

  test.each<[string, readonly (readonly [number, number])[], object]>([
    [
      'read by the second request',
      [
        [0, 2600],
        [2600, 0],
      ],
      { cacheReadTokens: 2600, cacheWriteTokens: 2600 },
    ],
    [
      'read by each: a run before left it',
      [
        [2600, 0],
        [2600, 0],
      ],
      { cacheReadTokens: 5200, cacheWriteTokens: 0 },
    ],
    [
      'read by the third request',
      [
        [0, 2600],
        [0, 2600],
        [2600, 0],
      ],
      { cacheReadTokens: 2600, cacheWriteTokens: 5200 },
    ],
  ])('is %s', async (_, uses, tokens) => {
    bedrock.answer = (_asked, nth) => cached(uses[nth]?.[0] ?? 0, uses[nth]?.[1] ?? 0);
    expect(await bedrock.send({ exchange })).toEqual({
      requestId: `r-${uses.length}`,
      inputTokens: 9 * uses.length,
      outputTokens: 2 * uses.length,
      ...tokens,
    });
  });

  test.each<[string, BedrockAnswer]>([
    ['reads nothing', cached(0, 2600)],
    ['does not mention the cache', ok],
  ])('that %s in three requests may be read next time', async (_, answer) => {
    bedrock.answer = () => answer;
    expect(await judged({ exchange })).toEqual({
      outcome: 'inconclusive',
      passes: true,
      cause:
        '3 requests had the same prefix, and none after the first read the cache, which stores prefixes of at least 2000 tokens in the Region that serves the request',
    });
    expect(bedrock.requests).toHaveLength(3);
  });

  test.each([
    [403, 'AccessDeniedException'],
    [429, 'ThrottlingException'],
  ])('an error with status %i that does not mention caching is thrown', async (status, name) => {
    bedrock.answer = () => ({ status, error: name, message: 'no' });
    await expect(bedrock.send({ exchange })).rejects.toMatchObject({ name });
  });

  test('that only the first request reads counts as not read', async () => {
    bedrock.answer = (_asked, nth) => cached(nth === 0 ? 2600 : 0, 0);
    expect(await judged({ exchange })).toMatchObject({ outcome: 'inconclusive', passes: true });
  });

  test('an answer without text ends the exchange, and may not pass later', async () => {
    bedrock.answer = () => answerWith([]);
    expect(await judged({ exchange })).toEqual({
      outcome: 'inconclusive',
      cause: 'the answer contains no text; its stop reason is end_turn',
    });
    expect(bedrock.requests).toHaveLength(1);
  });

  test('follows a prefix with a quarter more words than the required tokens, the same in each request', async () => {
    bedrock.answer = () => ok;
    await bedrock.send({ exchange });
    const [system] = new Set(bedrock.requests.map((request) => JSON.stringify(request.system)));
    expect(new Set(bedrock.requests.map((request) => JSON.stringify(request)))).toHaveProperty('size', 1);
    const [prefix, point] = JSON.parse(system ?? '[]');
    expect(prefix.text.split(/\s+/).filter(Boolean)).toHaveLength(2500);
    expect(point).toEqual({ cachePoint: { type: 'default' } });
  });
});

test.each<[string, string, unknown, number | undefined, object]>([
  ['amazon.titan-embed-text-v2:0', 'of the expected length', { embedding: [1, 0] }, 2, { outcome: 'allowed' }],
  [
    'amazon.titan-embed-text-v2:0',
    'if no length is expected',
    { embedding: [1, 0] },
    undefined,
    { outcome: 'allowed' },
  ],
  [
    'amazon.titan-embed-text-v2:0',
    'of another length',
    { embedding: [1, 0, 0] },
    2,
    { outcome: 'inconclusive', cause: 'the vector has 3 numbers instead of 2' },
  ],
  [
    'amazon.nova-2-multimodal-embeddings-v1:0',
    'of another length than requested',
    { embeddings: [{ embedding: [1, 0] }] },
    2,
    { outcome: 'inconclusive', cause: 'the vector has 2 numbers instead of 256' },
  ],
  [
    'cohere.embed-v4:0',
    'that is not a vector',
    { embeddings: { float: [['a']] } },
    2,
    { outcome: 'inconclusive', cause: 'the answer contains no vector of finite numbers' },
  ],
])('%s returns a vector %s', async (modelId, _, json, vectorLength, verdict) => {
  bedrock.answer = () => ({ json });
  const call = { operation: 'InvokeModel', modelId, ...(vectorLength !== undefined && { vectorLength }) } as const;
  expect(await judged(call)).toEqual(verdict);
});

describe('a stream', () => {
  const frames = (metadata: readonly unknown[], text = 'ok'): BedrockAnswer => ({
    frames: [
      eventFrame('messageStart', { role: 'assistant' }),
      eventFrame('eventOfTomorrow', { what: 'ever' }),
      eventFrame('contentBlockDelta', { delta: { text }, contentBlockIndex: 0 }),
      eventFrame('contentBlockStop', { contentBlockIndex: 0 }),
      eventFrame('messageStop', { stopReason: 'end_turn' }),
      ...metadata.map((content) => eventFrame('metadata', content)),
    ],
  });
  const metrics = { latencyMs: 5 };

  test.each<[string, BedrockAnswer, object]>([
    ['is complete, with an unknown event', frames([{ usage, metrics }]), { outcome: 'allowed' }],
    [
      'has no usage',
      frames([{ metrics }]),
      { outcome: 'inconclusive', cause: 'the answer does not contain the numbers of tokens' },
    ],
    [
      'has no latency',
      frames([{ usage }]),
      { outcome: 'inconclusive', cause: 'the metadata of the stream does not contain the latency' },
    ],
    [
      'has no metadata',
      frames([]),
      { outcome: 'inconclusive', cause: 'the stream ended without metadata after messageStop', passes: true },
    ],
    [
      'has no text',
      frames([{ usage, metrics }], ''),
      { outcome: 'inconclusive', cause: 'the answer contains no text; its stop reason is end_turn' },
    ],
    ['is empty', { frames: [] }, { outcome: 'inconclusive', cause: 'the stream ended without an event', passes: true }],
  ])('that %s', async (_, answer, verdict) => {
    bedrock.answer = () => answer;
    expect(await judged({ operation: 'ConverseStream' })).toEqual(verdict);
  });
});

test('every request sets maxTokens, and none an unrequested temperature', async () => {
  bedrock.answer = () => ok;
  const kinds = ['system', 'turns', 'image', 'document'] as const;
  for (const exchange of [undefined, ...kinds.map((kind) => ({ kind })), { kind: 'cache', tokens: 9 } as const]) {
    await bedrock.send({ ...(exchange && { exchange }) });
  }
  expect(bedrock.requests).toHaveLength(1 + 3 + 2 + 3);
  expect(new Set(bedrock.requests.map(({ inferenceConfig }) => JSON.stringify(inferenceConfig)))).toEqual(
    new Set(['{"maxTokens":16}']),
  );
});

test.each<['tools' | 'document' | 'cache']>([['tools'], ['document'], ['cache']])(
  'an aborted exchange of %s sends no more requests',
  async (kind) => {
    const given = new AbortController();
    bedrock.answer = () => {
      given.abort();
      return calls(call());
    };
    const exchange = { tools: { kind: 'tools', forced: true }, document: { kind }, cache: { kind, tokens: 9 } }[kind];
    await expect(bedrock.send({ exchange: exchange as Exchange }, given.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(bedrock.requests).toHaveLength(1);
  },
);
