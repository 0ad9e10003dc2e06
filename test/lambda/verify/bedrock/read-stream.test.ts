import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { readStream } from '../../../../lambda/verify/bedrock/read-stream';

const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 };
const metrics = { latencyMs: 1 };
const delta = (text: string, contentBlockIndex = 0) => ({
  contentBlockDelta: { delta: { text }, contentBlockIndex },
});

const EVENTS = {
  start: { messageStart: { role: 'assistant' } },
  user: { messageStart: { role: 'user' } },
  delta: delta('ok'),
  blank: delta(' '),
  delta1: delta('ok', 1),
  thought: { contentBlockDelta: { delta: { reasoningContent: { text: 'so' } }, contentBlockIndex: 0 } },
  blockStart: { contentBlockStart: { start: { toolUse: { toolUseId: 'a', name: 'b' } }, contentBlockIndex: 0 } },
  blockStop: { contentBlockStop: { contentBlockIndex: 0 } },
  blockStop1: { contentBlockStop: { contentBlockIndex: 1 } },
  stop: { messageStop: { stopReason: 'end_turn' } },
  limit: { messageStop: { stopReason: 'max_tokens' } },
  usage: { metadata: { usage, metrics } },
  noUsage: { metadata: { usage: undefined, metrics } },
  noLatency: { metadata: { usage, metrics: undefined } },
  unknown: { $unknown: ['newEvent', {}] },
} as const satisfies Record<string, ConverseStreamOutput>;

async function read(names: string) {
  async function* events(): AsyncGenerator<ConverseStreamOutput> {
    for (const name of names === '' ? [] : names.split(' ')) {
      yield EVENTS[name as keyof typeof EVENTS];
    }
  }
  return readStream(events(), () => 42);
}

test.each([
  'start delta blockStop stop usage',
  'unknown start delta delta unknown blockStop stop unknown usage unknown',
  'start blockStart delta blockStop stop usage',
  'start delta blockStop delta1 blockStop1 stop usage',
  'start thought blockStop limit usage',
  'start blank blockStop limit usage',
])('a complete stream has no flaw: %s', async (names) => {
  expect(await read(names)).toEqual({ inputTokens: 9, outputTokens: 2, firstTokenMilliseconds: 42 });
});

test.each([
  ['', 'the stream ended without an event'],
  ['unknown', 'the stream ended without an event'],
  ['start', 'the stream ended without messageStop'],
  ['start delta', 'the stream ended without messageStop'],
  ['start delta blockStop', 'the stream ended without messageStop'],
  ['start delta blockStop usage', 'the stream ended without messageStop'],
  ['start delta blockStop stop', 'the stream ended without metadata after messageStop'],
  ['start delta usage stop', 'the stream ended without metadata after messageStop'],
])('a cut-off stream may be complete next time: %s', async (names, flaw) => {
  expect(await read(names)).toMatchObject({ flaw, passes: true });
});

test.each([
  ['delta start blockStop stop usage', 'the stream did not begin with messageStart'],
  ['delta blockStop stop usage', 'the stream did not begin with messageStart'],
  ['stop usage', 'the stream did not begin with messageStart'],
  ['start delta start blockStop stop usage', 'the stream contains more than one messageStart'],
  ['start delta blockStop stop delta usage', 'the stream contains more than metadata after messageStop'],
  ['start delta blockStop stop usage usage', 'the stream contains more than metadata after messageStop'],
  ['start delta stop usage', 'the stream contains no contentBlockStop of block 0'],
  ['start delta blockStop delta stop usage', 'the stream contains content of block 0 after its contentBlockStop'],
  [
    'start delta blockStart blockStop stop usage',
    'the stream contains contentBlockStart of block 0 after content of that block',
  ],
  ['user delta blockStop stop usage', 'the answer has the role user instead of assistant'],
  ['start stop usage', 'the answer contains no text; its stop reason is end_turn'],
  ['start blank blockStop stop usage', 'the answer contains no text; its stop reason is end_turn'],
  ['start delta blockStop stop noUsage', 'the answer does not contain the numbers of tokens'],
  ['start delta blockStop stop noLatency', 'the metadata of the stream does not contain the latency'],
])('a wrong stream stays wrong: %s', async (names, flaw) => {
  expect(await read(names)).toMatchObject({ flaw });
  expect(await read(names)).not.toHaveProperty('passes');
});
