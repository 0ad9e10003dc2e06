import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import { ANYTHING, accountOf, GEOGRAPHIC, MODEL, role } from './small-account';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const account = accountOf([role('app', [ANYTHING])]);
let sandbox: Sandbox;
let clients: Readonly<Record<'runtime' | 'runtime1', ReturnType<typeof CLIENTS.runtime>>>;

beforeAll(async () => {
  sandbox = await startSandbox({ account });
  const s = settings(sandbox.url, sandbox.credentialsFor(account.principals[0]?.arn ?? ''));
  clients = { runtime: CLIENTS.runtime(s), runtime1: CLIENTS.runtime1(s) };
});
afterAll(async () => {
  clients.runtime.destroy();
  clients.runtime1.destroy();
  await sandbox.close();
});

type Ask = Omit<ConverseCommandInput, 'modelId'>;
const VERSIONS = ['runtime', 'runtime1'] as const;
const send = (ask: Ask) => clients.runtime.send(new ConverseCommand({ modelId: GEOGRAPHIC.arn, ...ask }));
const userSays = (text: string): Ask => ({ messages: [{ role: 'user', content: [{ text }] }] });
const TEXT = `[bedrock-access sandbox] scripted answer of ${MODEL} to 1 message`;

const WEATHER = {
  toolSpec: {
    name: 'weather',
    inputSchema: {
      json: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          unit: { enum: ['celsius', 'kelvin'] },
          days: { type: 'integer', minimum: 2 },
          note: { type: 'string' },
        },
        required: ['city', 'unit', 'days'],
      },
    },
  },
};
const CLOCK = { toolSpec: { name: 'clock', inputSchema: { json: { type: 'object' } } } };

describe.each(VERSIONS)('over %s', (version) => {
  test('Converse answers with a text marked as scripted and a usage that adds up', async () => {
    const answer = await clients[version].send(
      new ConverseCommand({ modelId: GEOGRAPHIC.arn, ...userSays('12345678') }),
    );
    const { output, stopReason, usage, metrics, $metadata } = answer;
    expect({ output, stopReason, usage, metrics }).toEqual({
      output: { message: { role: 'assistant', content: [{ text: TEXT }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 2, outputTokens: 20, totalTokens: 22 },
      metrics: { latencyMs: 300 },
    });
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('ConverseStream answers with the same text, and its events are in order', async () => {
    const events = await streamed(version, userSays('12345678'));
    expect(events.map((event) => Object.keys(event)[0])).toEqual([
      'messageStart',
      ...Array(4).fill('contentBlockDelta'),
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('')).toBe(TEXT);
    expect(events.slice(-2)).toEqual([
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: { inputTokens: 2, outputTokens: 20, totalTokens: 22 },
          metrics: { latencyMs: 300 },
        },
      },
    ]);
  });

  test('fifty requests in parallel are all answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        clients[version].send(new ConverseCommand({ modelId: GEOGRAPHIC.arn, ...userSays(`question ${at}`) })),
      ),
    );
    expect(new Set(answers.map(({ stopReason }) => stopReason))).toEqual(new Set(['end_turn']));
    expect(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size).toBe(50);
  });

  test('a prompt of 200 kB is read whole', async () => {
    const answer = await clients[version].send(
      new ConverseCommand({ modelId: GEOGRAPHIC.arn, ...userSays('x'.repeat(200_000)) }),
    );
    expect(answer.usage?.inputTokens).toBe(50_000);
  });
});

async function streamed(version: (typeof VERSIONS)[number], ask: Ask): Promise<readonly ConverseStreamOutput[]> {
  const { stream } = await clients[version].send(new ConverseStreamCommand({ modelId: GEOGRAPHIC.arn, ...ask }));
  const events: ConverseStreamOutput[] = [];
  for await (const event of stream ?? []) {
    events.push(event);
  }
  return events;
}

test('an answer is truncated at maxTokens', async () => {
  const { output, stopReason, usage } = await send({ ...userSays('hi'), inferenceConfig: { maxTokens: 3 } });
  expect([output?.message?.content, stopReason, usage?.outputTokens]).toEqual([
    [{ text: TEXT.slice(0, 12) }],
    'max_tokens',
    3,
  ]);
});

test('an answer ends before a stop sequence', async () => {
  const { output, stopReason } = await send({ ...userSays('hi'), inferenceConfig: { stopSequences: [' answer'] } });
  expect([output?.message?.content, stopReason]).toEqual([
    [{ text: '[bedrock-access sandbox] scripted' }],
    'stop_sequence',
  ]);
});

test('a tool is called with the input that its schema requires', async () => {
  const { output, stopReason } = await send({ ...userSays('hi'), toolConfig: { tools: [WEATHER, CLOCK] } });
  expect(stopReason).toBe('tool_use');
  expect(output?.message?.content).toEqual([
    {
      toolUse: {
        toolUseId: expect.stringMatching(/^tooluse_[\w-]{22}$/),
        name: 'weather',
        input: { city: 'example', unit: 'celsius', days: 2 },
      },
    },
  ]);
  const again = await send({ ...userSays('hi'), toolConfig: { tools: [WEATHER, CLOCK] } });
  expect(again.output).toEqual(output);
});

test('toolChoice forces a tool by name', async () => {
  const toolConfig = { tools: [WEATHER, CLOCK], toolChoice: { tool: { name: 'clock' } } };
  const { output } = await send({ ...userSays('hi'), toolConfig });
  expect(output?.message?.content?.[0]?.toolUse).toMatchObject({ name: 'clock', input: {} });
});

test('a tool call is streamed as start, input and stop', async () => {
  const events = await streamed('runtime', { ...userSays('hi'), toolConfig: { tools: [WEATHER] } });
  expect(events.map((event) => Object.keys(event)[0])).toEqual([
    'messageStart',
    'contentBlockStart',
    ...Array(2).fill('contentBlockDelta'),
    'contentBlockStop',
    'messageStop',
    'metadata',
  ]);
  const input = events.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
  expect(JSON.parse(input)).toEqual({ city: 'example', unit: 'celsius', days: 2 });
});

test('after a tool result the answer is text', async () => {
  const toolUse = { toolUseId: 'tooluse_1', name: 'clock', input: {} };
  const { output, stopReason } = await send({
    messages: [
      { role: 'user', content: [{ text: 'what time is it?' }] },
      { role: 'assistant', content: [{ toolUse }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'tooluse_1', content: [{ json: { time: 'noon' } }] } }] },
    ],
    toolConfig: { tools: [CLOCK] },
  });
  expect(stopReason).toBe('end_turn');
  expect(output?.message?.content?.[0]?.text).toBe(
    `[bedrock-access sandbox] scripted answer of ${MODEL} to 3 messages; result of tooluse_1`,
  );
});

test('images and documents are measured and counted', async () => {
  const { output, usage } = await send({
    messages: [
      {
        role: 'user',
        content: [
          { text: 'look' },
          { image: { format: 'png', source: { bytes: PNG } } },
          { document: { format: 'pdf', name: 'report', source: { bytes: Buffer.from('%PDF-'.padEnd(1234)) } } },
        ],
      },
    ],
  });
  expect(output?.message?.content?.[0]?.text).toBe(
    `${TEXT}; image png 1x1, ${PNG.length} bytes; document pdf, 1234 bytes`,
  );
  expect(usage?.inputTokens).toBe(1 + 1 + 309);
});

const user = (...content: unknown[]): unknown => ({ role: 'user', content });
const assistant = (...content: unknown[]): unknown => ({ role: 'assistant', content });
const hi = user({ text: 'hi' });
const image = (format: string, bytes: Uint8Array = PNG) => ({ image: { format, source: { bytes } } });
const document = (name: string, format = 'txt') => ({
  document: { name, format, source: { bytes: Buffer.from('x') } },
});
const result = (toolUseId: string) => ({ toolResult: { toolUseId, content: [{ text: 'x' }] } });
const use = { toolUse: { toolUseId: 'a', name: 'clock', input: {} } };
const tools = { toolConfig: { tools: [CLOCK] } };

test.each<[string, object, RegExp]>([
  ['no messages', { messages: [] }, /messages must hold at least one/],
  ['messages that are not a list', { messages: { 0: hi } }, /messages/],
  ['a message of the assistant first', { messages: [assistant({ text: 'x' })] }, /start with a user message/],
  ['a message of the assistant last', { messages: [hi, assistant({ text: 'x' })] }, /end with a user message/],
  ['two user messages in a row', { messages: [hi, hi] }, /must alternate/],
  ['an unknown role', { messages: [{ role: 'robot', content: [{ text: 'x' }] }] }, /messages\.0\.role must be one of/],
  ['empty content', { messages: [user()] }, /messages\.0\.content is empty/],
  ['blank text', { messages: [user({ text: ' ' })] }, /messages\.0\.content\.0\.text is blank/],
  [
    'maxTokens of 0',
    { messages: [hi], inferenceConfig: { maxTokens: 0 } },
    /inferenceConfig\.maxTokens must be at least 1/,
  ],
  [
    'maxTokens above the limit of the model',
    { messages: [hi], inferenceConfig: { maxTokens: 10_001 } },
    /inferenceConfig\.maxTokens exceeds the model limit of 10000/,
  ],
  ['a temperature above 1', { messages: [hi], inferenceConfig: { temperature: 1.1 } }, /inferenceConfig\.temperature/],
  ['a topP below 0', { messages: [hi], inferenceConfig: { topP: -0.1 } }, /inferenceConfig\.topP/],
  [
    'too many stop sequences',
    { messages: [hi], inferenceConfig: { stopSequences: Array(2501).fill('x') } },
    /inferenceConfig\.stopSequences/,
  ],
  ['21 images', { messages: [user(...Array(21).fill(image('png')))] }, /at most 20 images, got 21/],
  ['6 documents', { messages: [user({ text: 'x' }, ...Array(6).fill(document('a')))] }, /at most 5 documents, got 6/],
  [
    'an image in a message of the assistant',
    { messages: [hi, assistant(image('png')), hi] },
    /messages\.1\.content\.0\.image may be in messages of the role user only/,
  ],
  ['an unknown image format', { messages: [user(image('bmp'))] }, /image\.format must be one of png, jpeg, gif, webp/],
  [
    'an image of another format',
    { messages: [user(image('jpeg'))] },
    /image\.source\.bytes must be an image of the format jpeg/,
  ],
  ['half an image', { messages: [user(image('png', PNG.subarray(0, 12)))] }, /must be an image of the format png/],
  [
    'an unknown document format',
    { messages: [user({ text: 'x' }, document('a', 'odt'))] },
    /document\.format must be one of/,
  ],
  ['a document without text', { messages: [user(document('a'))] }, /must also hold a text block/],
  ['a document name with a dot', { messages: [user({ text: 'x' }, document('a.pdf'))] }, /document\.name must be/],
  ['a document name with two spaces', { messages: [user({ text: 'x' }, document('a  b'))] }, /document\.name must be/],
  ['a tool result without a tool use', { messages: [user(result('a'))], ...tools }, /answer no toolUse: a/],
  ['a tool use without a tool result', { messages: [hi, assistant(use), hi], ...tools }, /following Ids: a/],
  ['tool blocks without tools', { messages: [hi, assistant(use), user(result('a'))] }, /toolConfig must be defined/],
  [
    'a forced tool that is not defined',
    { messages: [hi], toolConfig: { tools: [CLOCK], toolChoice: { tool: { name: 'x' } } } },
    /toolChoice\.tool\.name must name one of the tools: clock/,
  ],
  ['no tools', { messages: [hi], toolConfig: { tools: [] } }, /toolConfig\.tools must hold at least one tool/],
])('%s is a ValidationException that names the field', async (_, ask, message) => {
  const failed = await failure(send(ask as Ask));
  expect(failed).toMatch(/^400 ValidationException: /);
  expect(failed).toMatch(message);
});
