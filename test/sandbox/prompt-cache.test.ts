import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, settings } from './clients';
import { ANYTHING, accountOf, role } from './small-account';

const account = accountOf([role('app', [ANYTHING])]);
let sandbox: Sandbox;
let client: ReturnType<typeof CLIENTS.runtime>;
let seconds = 0;
const now = () => new Date(Date.now() + seconds * 1000);

beforeEach(async () => {
  seconds = 0;
  sandbox = await startSandbox({ account, now });
  client = CLIENTS.runtime(settings(sandbox.url, sandbox.credentialsFor(account.principals[0]?.arn ?? '')));
});
afterEach(async () => {
  client.destroy();
  await sandbox.close();
});

const NOVA = 'amazon.nova-lite-v1:0';
const HAIKU = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const point = { cachePoint: { type: 'default' as const } };
/** Returns a text of this many tokens, as the sandbox counts them. */
const text = (tokens: number, letter = 'a') => ({ text: letter.repeat(4 * tokens) });
type Ask = Omit<ConverseCommandInput, 'modelId'>;
const prompt = (...content: NonNullable<NonNullable<Ask['messages']>[number]['content']>): Ask => ({
  messages: [{ role: 'user', content }],
});

/** Returns the tokens that were input, read from the cache and written to it. */
const counts = (usage: TokenUsage | undefined) => [
  usage?.inputTokens,
  usage?.cacheReadInputTokens,
  usage?.cacheWriteInputTokens,
];
const ask = async (body: Ask, modelId = NOVA) =>
  counts((await client.send(new ConverseCommand({ modelId, ...body }))).usage);

test('a prefix is written once and then read, and its tokens do not count as input', async () => {
  const body = prompt(text(1024), point, text(3));
  expect(await ask(body)).toEqual([3, 0, 1024]);
  expect(await ask(body)).toEqual([3, 1024, 0]);
  expect(await ask(prompt(text(1024), point, text(5, 'b')))).toEqual([5, 1024, 0]);
  const { usage } = await client.send(new ConverseCommand({ modelId: NOVA, ...body }));
  expect(usage?.totalTokens).toBe(3 + 1024 + (usage?.outputTokens ?? 0));
});

test('a stream reports the same counts in its metadata', async () => {
  const body = prompt(text(1024), point, text(3));
  await ask(body);
  const { stream } = await client.send(new ConverseStreamCommand({ modelId: NOVA, ...body }));
  let usage: TokenUsage | undefined;
  for await (const event of stream ?? []) {
    usage = event.metadata?.usage ?? usage;
  }
  expect(counts(usage)).toEqual([3, 1024, 0]);
});

test('the usage of a request without cache points does not mention the cache', async () => {
  expect(await ask(prompt(text(2000)))).toEqual([2000, undefined, undefined]);
});

test.each<[string, string, Ask]>([
  ['another text', NOVA, prompt(text(1024, 'b'), point, text(3))],
  ['another order', NOVA, prompt(text(512), text(512), point, text(3))],
  ['another model', 'us.amazon.nova-pro-v1:0', prompt(text(1024), point, text(3))],
  ['another place', NOVA, { system: [text(1024), point], ...prompt(text(3)) }],
])('a prefix with %s is a different prefix', async (_, modelId, body) => {
  await ask(prompt(text(1024), point, text(3)));
  expect(await ask(body, modelId)).toEqual([3, 0, 1024]);
});

test.each([
  [NOVA, 1024],
  [HAIKU, 4096],
])('%s caches prefixes of %i tokens or more', async (modelId, least) => {
  for (const _ of [1, 2]) {
    expect(await ask(prompt(text(least - 1), point, text(3)), modelId)).toEqual([least + 2, 0, 0]);
  }
  expect(await ask(prompt(text(least), point, text(3)), modelId)).toEqual([3, 0, least]);
});

test('a longer prompt reads the prefix of a shorter one and writes the rest; tools and system prompt come first', async () => {
  const system = [text(1024), point];
  const toolConfig = { tools: [{ toolSpec: { name: 'clock', inputSchema: { json: { type: 'object' } } } }] };
  const [, , first = 0] = await ask({ system, toolConfig, ...prompt(text(3)) });
  expect(first).toBeGreaterThan(1024);
  expect(await ask({ system, toolConfig, ...prompt(text(500), point, text(3)) })).toEqual([3, first, 500]);
  expect(await ask({ system, toolConfig, ...prompt(text(500), point, text(3)) })).toEqual([3, first + 500, 0]);
});

test('a prefix is cached for five minutes after it was last read', async () => {
  const body = prompt(text(1024), point, text(3));
  await ask(body);
  seconds = 290;
  expect(await ask(body)).toEqual([3, 1024, 0]);
  seconds = 580;
  expect(await ask(body)).toEqual([3, 1024, 0]);
  seconds = 890;
  expect(await ask(body)).toEqual([3, 0, 1024]);
});
