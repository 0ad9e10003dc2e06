import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { presignedKey } from './presigned-key';
import { send, sign } from './signed-request';
import { ANYTHING, accountOf, allow, GEOGRAPHIC, MODEL, role } from './small-account';

const PROJECT = (region: string): string => `arn:aws:bedrock-mantle:${region}:111122223333:project/default`;
const account = accountOf([
  role('app', [allow('bedrock:*', '*')]),
  role('mantle', [allow('bedrock-mantle:*', '*')]),
  role('one', [
    allow('bedrock-mantle:CreateInference', PROJECT('us-east-1'), { StringEquals: { 'bedrock-mantle:Model': MODEL } }),
  ]),
  role('admin', [ANYTHING]),
]);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ account });
});
afterAll(() => sandbox.close());

interface Ask {
  readonly model?: unknown;
  readonly messages?: unknown;
  readonly region?: string;
  readonly service?: string;
  readonly path?: string;
}

const credentialsFor = (name: string) => sandbox.credentialsFor(`arn:aws:iam::111122223333:role/team/${name}`);

async function ask(name: string, more: Ask = {}): Promise<{ readonly status: number; readonly body: unknown }> {
  const { model = MODEL, messages = [{ role: 'user', content: 'hello' }], region = 'us-east-1' } = more;
  const { service = 'bedrock-mantle', path = '/v1/chat/completions' } = more;
  const body = JSON.stringify({ model, messages });
  const signing = { credentials: credentialsFor(name), region, service };
  const answer = await send(sandbox.url, sign(sandbox.url, 'POST', path, body, signing));
  return { status: answer.status, body: JSON.parse(answer.body) };
}

const denied = (name: string, region: string) => ({
  status: 403,
  body: {
    error: {
      message: `User: arn:aws:sts::111122223333:assumed-role/${name}/sandbox is not authorized to perform: bedrock-mantle:CreateInference on resource: ${PROJECT(region)} because no identity-based policy allows the bedrock-mantle:CreateInference action`,
      type: 'permission_denied_error',
      param: null,
      code: 'access_denied',
    },
  },
});

test('an answer has the form of a chat completion', async () => {
  const content = `[bedrock-access sandbox] scripted answer of ${MODEL} to 1 message(s)`;
  expect(await ask('mantle')).toEqual({
    status: 200,
    body: {
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      model: MODEL,
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 21, total_tokens: 30 },
    },
  });
});

test.each<[string, string, Ask, unknown]>([
  ['permissions for all of Bedrock', 'app', {}, denied('app', 'us-east-1')],
  ['permissions for another model', 'one', { model: 'openai.gpt-oss-20b-1:0' }, denied('one', 'us-east-1')],
  ['permissions for another Region', 'one', { region: 'us-west-2' }, denied('one', 'us-west-2')],
])('%s are not sufficient', async (_, name, more, expected) => {
  expect(await ask(name, more)).toEqual(expected);
});

test.each<[string, Ask, number]>([
  ['its model', {}, 200],
  ['an application profile', { model: GEOGRAPHIC.arn }, 400],
  ['a model that does not exist', { model: 'no.such-model' }, 404],
  ['no model', { model: 7 }, 400],
  ['no messages', { messages: [] }, 400],
  ['another path', { path: '/v1/responses' }, 404],
  ['a signature for bedrock', { service: 'bedrock' }, 403],
  ['a Region without models', { region: 'us-west-9' }, 403],
])('a principal with all permissions calls with %s', async (_, more, status) => {
  expect((await ask('admin', more)).status).toBe(status);
});

test('a bearer token needs the permission bedrock-mantle:CallWithBearerToken', async () => {
  const { status, body } = await send(sandbox.url, {
    method: 'POST',
    path: '/v1/chat/completions',
    headers: {
      host: new URL(sandbox.url).host,
      authorization: `Bearer ${presignedKey(credentialsFor('one'))}`,
    },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hello' }] }),
  });
  expect([status, body]).toEqual([403, expect.stringContaining('perform: bedrock-mantle:CallWithBearerToken on')]);
});

test('a decided call is logged with the service that was called', async () => {
  const before = sandbox.calls.length;
  await ask('app');
  expect(sandbox.calls.slice(before)).toEqual([
    {
      service: 'bedrock-mantle',
      operation: 'CreateInference',
      principal: 'arn:aws:iam::111122223333:role/team/app',
      target: MODEL,
      decision: 'implicitDeny',
      deniedAction: 'bedrock-mantle:CreateInference',
      deniedResource: PROJECT('us-east-1'),
      status: 403,
    },
  ]);
});
