import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { readStream } from '../../../lambda/verify/read-stream';

const EVENTS = {
  start: { messageStart: { role: 'assistant' } },
  delta: { contentBlockDelta: { delta: { text: 'ok' }, contentBlockIndex: 0 } },
  blockStop: { contentBlockStop: { contentBlockIndex: 0 } },
  stop: { messageStop: { stopReason: 'end_turn' } },
  usage: { metadata: { usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 }, metrics: { latencyMs: 1 } } },
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
])('whole: %s', async (names) => {
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
])('cut: %s', async (names, flaw) => {
  expect(await read(names)).toMatchObject({ flaw, cut: true });
});

test.each([
  ['delta start blockStop stop usage', 'the stream did not begin with messageStart'],
  ['delta blockStop stop usage', 'the stream did not begin with messageStart'],
  ['stop usage', 'the stream did not begin with messageStart'],
])('out of order, and not cut: %s', async (names, flaw) => {
  expect(await read(names)).toMatchObject({ flaw });
  expect(await read(names)).not.toHaveProperty('cut');
});
