import { bearerToken } from '../../lambda/verify/bedrock/bearer-token';
import type { SandboxCredentials } from '../../lib/sandbox/credentials';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { type KeyParts, keyOf, presignedIn, presignedKey } from './presigned-key';
import { send } from './signed-request';
import { ANYTHING, accountOf, allow, INVOKE, MODEL, modelArn, REGIONAL, role, user } from './small-account';

const BEARER = allow('bedrock:CallWithBearerToken', '*');
const account = accountOf([
  role('app', [ANYTHING]),
  role('signing', [allow(INVOKE, '*')]),
  role('long', [
    allow(INVOKE, '*'),
    allow('bedrock:CallWithBearerToken', '*', { StringEquals: { 'bedrock:bearerTokenType': 'LONG_TERM' } }),
  ]),
  role('short', [
    allow(INVOKE, '*'),
    allow('bedrock:CallWithBearerToken', '*', { StringEquals: { 'bedrock:BearerTokenType': 'SHORT_TERM' } }),
  ]),
  role('bearing', [BEARER]),
  user('alice', [ANYTHING]),
]);
let sandbox: Sandbox;
let offset = 0;
beforeAll(async () => {
  sandbox = await startSandbox({ account, now: () => new Date(Date.now() + offset) });
});
afterAll(() => sandbox.close());
afterEach(() => {
  offset = 0;
});

const arnOf = (name: string): string => account.principals.find((p) => p.name === name)?.arn ?? name;
const credentialsFor = (name = 'app'): SandboxCredentials => sandbox.credentialsFor(arnOf(name));

/** Calls Converse with this Authorization header. Resolves to the status, and for an error its name and message. */
async function outcome(authorization: string, modelId = REGIONAL.arn): Promise<string> {
  const { status, headers, body } = await send(sandbox.url, {
    method: 'POST',
    path: `/model/${encodeURIComponent(modelId)}/converse`,
    headers: { host: new URL(sandbox.url).host, 'content-type': 'application/json', authorization },
    body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'hello' }] }] }),
  });
  return status === 200 ? '200' : `${status} ${headers['x-amzn-errortype']}: ${JSON.parse(body).message}`;
}

const outcomeOfKey = (parts?: KeyParts, name?: string): Promise<string> =>
  outcome(`Bearer ${presignedKey(credentialsFor(name), parts)}`);

const NOT_VALID = '403 AccessDeniedException: Authentication failed: Please make sure your API Key is valid.';

test('a key has the access of its principal, which must be allowed to use keys', async () => {
  expect(await outcomeOfKey()).toBe('200');
  expect(await outcomeOfKey({}, 'alice')).toBe('200');
  expect(await outcomeOfKey({}, 'short')).toBe('200');
  for (const name of ['signing', 'long']) {
    expect(await outcomeOfKey({}, name)).toBe(
      `403 AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${name}/sandbox is not authorized to perform: bedrock:CallWithBearerToken on resource: * because no identity-based policy allows the bedrock:CallWithBearerToken action`,
    );
  }
  expect(await outcomeOfKey({}, 'bearing')).toMatch(
    /perform: bedrock:InvokeModel on resource: .*application-inference-profile/,
  );
});

test('a key is valid in the Region that it was made for', async () => {
  const key = presignedKey(credentialsFor(), { region: 'us-west-2' });
  expect(await outcome(`Bearer ${key}`, modelArn('us-west-2'))).toBe('200');
  expect(await outcome(`Bearer ${key}`, REGIONAL.arn)).toBe(
    '400 ValidationException: The provided model identifier is invalid.',
  );
  expect(await outcome(`Bearer ${key}`, MODEL)).toBe('200');
});

test('the verification function makes valid keys', async () => {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentialsFor();
  const key = await bearerToken({ accessKeyId, secretAccessKey, sessionToken }, 'us-east-1');
  expect(await outcome(`Bearer ${key}`)).toBe('200');
  expect(Object.fromEntries(new URLSearchParams(presignedIn(key).split('?')[1]))).toEqual({
    Action: 'CallWithBearerToken',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': expect.stringMatching(/^ASIA\w+\/\d{8}\/us-east-1\/bedrock\/aws4_request$/),
    'X-Amz-Date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': sessionToken,
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    Version: '1',
  });
});

test.each<[string, KeyParts, string]>([
  ['made 40 s ago', { date: new Date(Date.now() - 40_000) }, '200'],
  ['made for the maximum time', { expires: '43200', date: new Date(Date.now() - 40_000_000) }, '200'],
  ['expired', { date: new Date(Date.now() - 61_000) }, '403 AccessDeniedException: Bearer Token has expired'],
  ['dated in the future', { date: new Date(Date.now() + 1_000_000) }, NOT_VALID],
  ['made for longer than twelve hours', { expires: '43201' }, NOT_VALID],
  ['made for zero seconds', { expires: '0' }, NOT_VALID],
  ['made for a time that is not a number', { expires: 'x' }, NOT_VALID],
  ['of a Region without models', { region: 'us-west-9' }, NOT_VALID],
  ['of another service', { service: 'sts' }, NOT_VALID],
  ['for another action', { action: 'GetCallerIdentity' }, NOT_VALID],
  ['for another host', { host: 'sts.amazonaws.com' }, NOT_VALID],
  ['of another version', { version: '2' }, NOT_VALID],
])('a key that is %s', async (_, parts, expected) => {
  expect(await outcomeOfKey(parts)).toBe(expected);
});

test.each<[string, (key: string) => string, string]>([
  [
    'long-term',
    () => 'ABSKexample',
    '403 AccessDeniedException: Invalid API Key format: Must start with pre-defined prefix',
  ],
  ['empty', () => 'bedrock-api-key-', NOT_VALID],
  ['not base64', () => 'bedrock-api-key-***', NOT_VALID],
  ['without its version', (key) => keyOf(presignedIn(key).replace('&Version=1', '')), NOT_VALID],
  ['with an additional parameter', (key) => keyOf(`${presignedIn(key)}&a=1`), NOT_VALID],
  ['with a parameter twice', (key) => keyOf(`${presignedIn(key)}&Version=1`), NOT_VALID],
  ['with a malformed encoding', (key) => keyOf(`${presignedIn(key)}&a=%zz`), NOT_VALID],
  ['of an unknown access key', (key) => keyOf(presignedIn(key).replace(/ASIA..../, 'ASIA2222')), NOT_VALID],
  [
    'without its session token',
    (key) => keyOf(presignedIn(key).replace(/&X-Amz-Security-Token=[^&]*/, '')),
    '403 UnrecognizedClientException: The security token included in the request is invalid.',
  ],
])('a key that is %s', async (_, change, expected) => {
  expect(await outcome(`Bearer ${change(presignedKey(credentialsFor()))}`)).toBe(expected);
});

test('a key of an expired session is refused with ExpiredTokenException', async () => {
  const credentials = sandbox.credentialsFor(arnOf('app'), { seconds: 10 });
  const key = presignedKey(credentials);
  offset = 11_000;
  expect(await outcome(`Bearer ${key}`)).toBe(
    '403 ExpiredTokenException: The security token included in the request is expired',
  );
});

test('a key with any one character changed is refused', async () => {
  const presigned = presignedIn(presignedKey(credentialsFor()));
  const mutants = [...presigned].flatMap((character, at) => {
    const other = /[0-9]/.test(character) ? String((Number(character) + 3) % 10) : character === 'q' ? 'r' : 'q';
    return [presigned.slice(0, at) + other + presigned.slice(at + 1)];
  });
  const outcomes = new Set<string>();
  for (const mutant of mutants) {
    outcomes.add((await outcome(`Bearer ${keyOf(mutant)}`)).slice(0, 3));
  }
  expect([...outcomes]).toEqual(['403']);
  expect(await outcome(`Bearer ${keyOf(presigned)}`)).toBe('200');
}, 30_000);

test('the other services of the sandbox refuse a key', async () => {
  const { status, body } = await send(sandbox.url, {
    method: 'POST',
    path: '/',
    headers: {
      host: new URL(sandbox.url).host,
      authorization: `Bearer ${presignedKey(credentialsFor())}`,
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: '{"Name":"/bedrock-access/dev/chat/main"}',
  });
  expect([status, body]).toEqual([400, expect.stringContaining('API keys) are not accepted here')]);
});
