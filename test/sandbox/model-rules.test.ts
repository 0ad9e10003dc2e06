import { ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { mediaFile } from '../../lambda/verify/bedrock/media';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import { ANYTHING, accountOf, role } from './small-account';

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

const HI = { text: 'hi' };
const ask = (modelId: string, more: Partial<ConverseCommandInput>) =>
  failure(client.send(new ConverseCommand({ modelId, messages: [{ role: 'user', content: [HI] }], ...more })));

const OPUS = 'us.anthropic.claude-opus-4-7';
const SONNET = 'us.anthropic.claude-sonnet-4-6';
const NOVA = 'amazon.nova-lite-v1:0';
const MICRO = 'amazon.nova-micro-v1:0';
const MISTRAL = 'mistral.mistral-large-3-675b-instruct';
const PALMYRA = 'writer.palmyra-vision-7b';
/** A model whose abilities and sampling parameters the catalog does not know. */
const UNKNOWN = 'mistral.mistral-7b-instruct-v0:2';

const warm = { temperature: 0.5 };
const topP = { topP: 0.9 };
const claudeTopK = { top_k: 20 };
const novaTopK = { inferenceConfig: { topK: 20 } };

test.each<[string, object | undefined, object | undefined, RegExp | undefined]>([
  [SONNET, warm, claudeTopK, undefined],
  [SONNET, topP, undefined, undefined],
  [SONNET, { ...warm, ...topP }, undefined, /`temperature` and `top_p` cannot both be specified for this model\./],
  [SONNET, warm, novaTopK, /extraneous key \[inferenceConfig\] is not permitted/],
  [SONNET, warm, { topK: 20 }, /extraneous key \[topK\] is not permitted/],
  [OPUS, undefined, undefined, undefined],
  [OPUS, warm, undefined, /temperature is deprecated for this model/],
  [OPUS, topP, undefined, /top_p is deprecated for this model/],
  [OPUS, undefined, claudeTopK, /top_k is deprecated for this model/],
  [NOVA, { ...warm, ...topP }, novaTopK, undefined],
  [NOVA, warm, claudeTopK, /extraneous key \[top_k\] is not permitted/],
  [NOVA, warm, { anything: 1 }, undefined],
  [UNKNOWN, { ...warm, ...topP }, { ...claudeTopK, ...novaTopK }, undefined],
])('%s samples with %j and %j', async (modelId, inferenceConfig, additionalModelRequestFields, message) => {
  const failed = await ask(modelId, {
    ...(inferenceConfig && { inferenceConfig }),
    ...(additionalModelRequestFields && {
      additionalModelRequestFields: additionalModelRequestFields as Record<string, number>,
    }),
  });
  expect(failed).toMatch(message ?? /^no error$/);
  expect(failed).toMatch(message === undefined ? /^no error$/ : /^400 ValidationException: /);
});

const tools = [{ toolSpec: { name: 'clock', inputSchema: { json: { type: 'object' } } } }];
const forced: Partial<ConverseCommandInput> = { toolConfig: { tools, toolChoice: { tool: { name: 'clock' } } } };
const free: Partial<ConverseCommandInput> = { toolConfig: { tools } };
const content = (...blocks: object[]) =>
  ({ messages: [{ role: 'user', content: [HI, ...blocks] }] }) as Partial<ConverseCommandInput>;
const image = content({ image: { format: 'png', source: { bytes: mediaFile('png') } } });
const pdf = content({ document: { format: 'pdf', name: 'a', source: { bytes: mediaFile('pdf') } } });
const point = { cachePoint: { type: 'default' } };

test.each<[string, string, Partial<ConverseCommandInput>, RegExp | undefined]>([
  ['a forced tool', NOVA, forced, undefined],
  ['a tool', MISTRAL, free, undefined],
  ['a tool', PALMYRA, free, /doesn't support tool use/],
  ['a forced tool', MISTRAL, forced, /doesn't support the toolConfig\.toolChoice\.tool field/],
  ['an image', NOVA, image, undefined],
  ['an image', MICRO, image, /doesn't support images/],
  ['a document', NOVA, pdf, undefined],
  ['a document', MICRO, pdf, /doesn't support documents/],
  ['a cache point in a message', NOVA, content(point), undefined],
  [
    'a cache point in a message',
    MISTRAL,
    content(point),
    /^403 AccessDeniedException: .* did not allow prompt caching/,
  ],
  [
    'a cache point in the system prompt',
    MISTRAL,
    { system: [HI, { cachePoint: { type: 'default' } }] },
    /^403 AccessDeniedException: .* did not allow prompt caching/,
  ],
  ['five cache points', NOVA, content(point, point, point, point, point), /may hold at most 4 cache points, got 5/],
  [
    'a cache point with an unknown ttl',
    NOVA,
    content({ cachePoint: { type: 'default', ttl: '2d' } }),
    /ttl must be one of/,
  ],
  ['a forced tool', UNKNOWN, forced, undefined],
  ['an image', UNKNOWN, image, undefined],
  ['a document', UNKNOWN, pdf, undefined],
  ['a cache point', UNKNOWN, content(point), undefined],
  [
    "an image in a tool's result",
    MICRO,
    {
      toolConfig: { tools },
      messages: [
        { role: 'user', content: [HI] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'clock', input: {} } }] },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 'a',
                content: [{ image: { format: 'png', source: { bytes: mediaFile('png') } } }],
              },
            },
          ],
        },
      ],
    },
    /doesn't support images/,
  ],
])('%s to %s', async (_, modelId, more, message) => {
  const failed = await ask(modelId, more);
  expect(failed).toMatch(message ?? /^no error$/);
  expect(failed).toMatch(
    message === undefined ? /^no error$/ : /^(400 ValidationException|403 AccessDeniedException): /,
  );
});

const FORMATS = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;
const TEXTS: readonly string[] = ['csv', 'html', 'txt', 'md'];

test.each(FORMATS)(
  'a %s document is accepted as its own format only, and a text as any text format',
  async (actual) => {
    const bytes = mediaFile(actual);
    const taken = await Promise.all(
      FORMATS.map(async (format) => {
        const failed = await ask(NOVA, content({ document: { format, name: 'a', source: { bytes } } }));
        return failed === 'no error' ? [format] : [];
      }),
    );
    expect(taken.flat().filter((format) => !TEXTS.includes(format) || TEXTS.includes(actual))).toEqual(
      TEXTS.includes(actual) ? TEXTS : [actual],
    );
  },
);

test.each<[string, Buffer]>([
  ['txt', Buffer.from('a\0b')],
  ['md', Buffer.from([0xff, 0xfe, 0x61])],
  ['docx', Buffer.from('PK\x03\x04word/document.xml', 'latin1')],
  ['doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['pdf', Buffer.from('the word is ok')],
])('a %s document with other content is refused', async (format, bytes) => {
  expect(await ask(NOVA, content({ document: { format, name: 'a', source: { bytes } } }))).toMatch(
    new RegExp(`source\\.bytes must be a document of the format ${format}$`),
  );
});
