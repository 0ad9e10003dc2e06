import { findModel } from '../../lib/catalog/catalog';
import { AwsError } from '../../lib/sandbox/aws-error';
import { CallLog } from '../../lib/sandbox/call-log';
import { converseStreamReply } from '../../lib/sandbox/converse/converse-stream-reply';
import { readConverse } from '../../lib/sandbox/converse/read-converse';
import { scriptedAnswer } from '../../lib/sandbox/converse/scripted-answer';
import { embed } from '../../lib/sandbox/embedding/embed';
import { JsonField } from '../../lib/sandbox/json-field';
import { MODEL } from './small-account';

const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  'a'.repeat(300),
  [],
  [null],
  [[]],
  {},
  { a: 1 },
  { text: 'x' },
  { json: {} },
  { __proto__: null, constructor: 'x' },
  JSON.parse('{"__proto__": {"x": 1}}'),
  { $ref: '#' },
  { toString: 1 },
];

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const CONVERSE = {
  messages: [
    {
      role: 'user',
      content: [
        { text: 'look' },
        { image: { format: 'png', source: { bytes: PNG } } },
        { document: { format: 'txt', name: 'a', source: { text: 'x' } } },
        { cachePoint: { type: 'default' } },
      ],
    },
    { role: 'assistant', content: [{ text: 'wait' }, { toolUse: { toolUseId: 'a', name: 'clock', input: { b: 1 } } }] },
    {
      role: 'user',
      content: [
        { toolResult: { toolUseId: 'a', status: 'success', content: [{ json: [1] }, { text: 'x' }] } },
        { text: 'so?' },
      ],
    },
    { role: 'assistant', content: [{ text: 'noon' }] },
    { role: 'user', content: [{ text: 'again' }, { guardContent: { text: { text: 'x' } } }] },
  ],
  system: [{ text: 'be brief' }],
  inferenceConfig: { maxTokens: 50, temperature: 0.5, topP: 0.5, stopSequences: ['zzz'] },
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: 'clock',
          inputSchema: {
            json: {
              type: 'object',
              properties: { a: { type: 'array', items: { enum: ['x'] }, minItems: 2 } },
              required: ['a'],
            },
          },
        },
      },
    ],
    toolChoice: { tool: { name: 'clock' } },
  },
};
const EMBEDDINGS: readonly (readonly [string, object])[] = [
  ['amazon.titan-embed-text-v2:0', { inputText: 'a', dimensions: 256, normalize: true, embeddingTypes: ['float'] }],
  ['amazon.titan-embed-image-v1', { inputText: 'a', inputImage: PNG, embeddingConfig: { outputEmbeddingLength: 256 } }],
  [
    'cohere.embed-v4:0',
    { texts: ['a'], input_type: 'search_query', embedding_types: ['float'], output_dimension: 256 },
  ],
  [
    'amazon.nova-2-multimodal-embeddings-v1:0',
    {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: { embeddingPurpose: 'x', embeddingDimension: 256, text: { value: 'a' } },
    },
  ],
];

/** Returns every variant of a value in which one part is replaced by another value. */
function* variants(value: unknown, others: readonly unknown[]): Generator<unknown> {
  yield* others;
  if (Array.isArray(value)) {
    for (const at of value.keys()) {
      for (const other of variants(value[at], others)) {
        yield value.with(at, other);
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const other of variants(inner, others)) {
        yield { ...value, [key]: other };
      }
    }
  }
}

/** Counts the outcomes of all variants: `answered`, or the name of the error. */
function outcomes(body: object, serve: (body: JsonField) => unknown): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const variant of variants(body, ODD)) {
    let outcome = 'answered';
    try {
      serve(JsonField.fromBody(Buffer.from(JSON.stringify(variant) ?? '')));
    } catch (error) {
      outcome = error instanceof AwsError ? error.code : `failed: ${String(error)} on ${JSON.stringify(variant)}`;
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

const KNOWN = ['SerializationException', 'ValidationException', 'answered'];

test('a Converse request with any one part replaced is answered or refused', () => {
  const model = findModel(MODEL);
  const counts = outcomes(
    CONVERSE,
    (body) => model && converseStreamReply(scriptedAnswer(MODEL, readConverse(body, model))),
  );
  expect([...counts.keys()].sort()).toEqual(KNOWN);
  expect(counts.get('ValidationException')).toBeGreaterThan(1000);
});

test.each(EMBEDDINGS)('a request of %s with any one part replaced is answered or refused', (modelId, request) => {
  const model = findModel(modelId);
  expect([...outcomes(request, (body) => model && embed(body, model)).keys()].sort()).toEqual(KNOWN);
});

test('the call log keeps the last 10,000 calls', () => {
  const log = new CallLog();
  for (const at of Array(10_005).keys()) {
    log.add({ service: 'sts', operation: String(at), principal: '', target: '', decision: 'allowed', status: 200 });
  }
  expect([log.calls.length, log.calls[0]?.operation, log.calls.at(-1)?.operation]).toEqual([10_000, '5', '10004']);
});
