import { createHash } from 'node:crypto';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { type SentRequest, send, sign } from './signed-request';
import { ANYTHING, accountOf, MODEL, REGIONAL, role, user } from './small-account';

const account = accountOf([role('app', [ANYTHING]), user('alice', [ANYTHING])]);
const APP = account.principals[0]?.arn ?? '';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'hello' }] }] });
const PATH = `/model/${encodeURIComponent(REGIONAL.arn)}/converse`;
const MODEL_PATH = `/model/${MODEL}/converse`;
let sandbox: Sandbox;
let offset = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ account, now: () => new Date(Date.now() + offset) });
});
afterAll(() => sandbox.close());
afterEach(() => {
  offset = 0;
});

type More = Partial<Omit<Parameters<typeof sign>[4], 'credentials'>>;
const app = () => sandbox.credentialsFor(APP);
const signed = (more: More = {}, path = PATH, body = BODY, method = 'POST'): SentRequest =>
  sign(sandbox.url, method, path, body, { credentials: app(), ...more });

/** Sends a request. Resolves to the status and error code of the answer. */
async function outcome(request: SentRequest): Promise<string> {
  const { status, headers, body } = await send(sandbox.url, request);
  return `${status} ${headers['x-amzn-errortype'] ?? (/"__type":"(\w+)"|<Code>(\w+)</.exec(body) ?? []).slice(1).join('')}`.trim();
}

test.each<[string, () => SentRequest, string]>([
  ['a valid signature', () => signed(), '200'],
  [
    'a user key without a token',
    () =>
      sign(sandbox.url, 'POST', PATH, BODY, { credentials: sandbox.credentialsFor(account.principals[1]?.arn ?? '') }),
    '200',
  ],
  ['a path with raw colons', () => signed({}, `/model/${REGIONAL.arn.replace('/', '%2F')}/converse`), '200'],
  ['a query', () => signed({}, `${PATH}?b=2&a=1&b=1&empty=`), '200'],
  [
    'the hash of the body as a header',
    () => signed({ headers: { 'x-amz-content-sha256': createHash('sha256').update(BODY).digest('hex') } }),
    '200',
  ],
  ['a signed user agent', () => signed({ headers: { 'user-agent': 'x  y'.replace('  ', ' ') } }), '200'],
  ['a skew of 14:59', () => signed({ date: new Date(Date.now() - 899_000) }), '200'],
  ['a skew of -14:50', () => signed({ date: new Date(Date.now() + 890_000) }), '200'],
  ['a skew of 15:01', () => signed({ date: new Date(Date.now() - 901_000) }), '403 InvalidSignatureException'],
  ['a skew of -15:05', () => signed({ date: new Date(Date.now() + 905_000) }), '403 InvalidSignatureException'],
  ['a Region without models', () => signed({ region: 'us-west-9' }), '403 InvalidSignatureException'],
  ['another Region, and a model that exists there too', () => signed({ region: 'us-west-2' }, MODEL_PATH), '200'],
  ['another service', () => signed({ service: 'sts' }), '403 InvalidSignatureException'],
  ['the endpoint as service', () => signed({ service: 'bedrock-runtime' }), '403 InvalidSignatureException'],
  [
    'an unknown key',
    () => sign(sandbox.url, 'POST', PATH, BODY, { credentials: { ...app(), accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' } }),
    '403 UnrecognizedClientException',
  ],
  [
    'a wrong secret',
    () => sign(sandbox.url, 'POST', PATH, BODY, { credentials: { ...app(), secretAccessKey: 'x' } }),
    '403 InvalidSignatureException',
  ],
  [
    'a wrong token',
    () => sign(sandbox.url, 'POST', PATH, BODY, { credentials: { ...app(), sessionToken: 'x' } }),
    '403 UnrecognizedClientException',
  ],
  [
    'the token of another session',
    () => sign(sandbox.url, 'POST', PATH, BODY, { credentials: { ...app(), sessionToken: app().sessionToken ?? '' } }),
    '403 UnrecognizedClientException',
  ],
  ['an unsigned token', () => signed({ unsigned: ['x-amz-security-token'] }), '403 InvalidSignatureException'],
  ['an unsigned host', () => signed({ unsigned: ['host'] }), '403 InvalidSignatureException'],
  ['an unsigned date', () => signed({ unsigned: ['x-amz-date'] }), '403 InvalidSignatureException'],
  [
    'an unsigned payload',
    () => signed({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
    '403 InvalidSignatureException',
  ],
  [
    'a streamed payload',
    () => signed({ headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } }),
    '403 InvalidSignatureException',
  ],
  ['another body', () => ({ ...signed(), body: BODY.replace('hello', 'hullo') }), '403 InvalidSignatureException'],
  ['another path', () => ({ ...signed(), path: `${PATH}-stream` }), '403 InvalidSignatureException'],
  ['another query', () => ({ ...signed({}, `${PATH}?a=1`), path: `${PATH}?a=2` }), '403 InvalidSignatureException'],
  ['an added query', () => ({ ...signed(), path: `${PATH}?a=1` }), '403 InvalidSignatureException'],
  [
    'a presigned query',
    () => ({ ...signed(), path: `${PATH}?X-Amz-Signature=00` }),
    '403 MissingAuthenticationTokenException',
  ],
  ['no signature', () => without(signed(), 'authorization'), '403 MissingAuthenticationTokenException'],
  ['a bearer token', () => changed(signed(), 'authorization', 'Bearer ABSK'), '403 AccessDeniedException'],
  ['another algorithm', () => changed(signed(), 'authorization', 'Basic eDp5'), '403 IncompleteSignatureException'],
  [
    'a date header instead of x-amz-date',
    () => changed(without(signed(), 'x-amz-date'), 'date', new Date().toUTCString()),
    '403 InvalidSignatureException',
  ],
  [
    'a date that does not exist',
    () => changed(signed(), 'x-amz-date', '20261399T000000Z'),
    '403 InvalidSignatureException',
  ],
  [
    'a signed header that was not sent',
    () => without(signed({ headers: { 'x-more': '1' } }), 'x-more'),
    '403 InvalidSignatureException',
  ],
])('%s', async (_, request, expected) => {
  expect(await outcome(request())).toBe(expected);
});

function without(request: SentRequest, name: string): SentRequest {
  const { [name]: _, ...headers } = request.headers;
  return { ...request, headers };
}

function changed(request: SentRequest, name: string, value: string): SentRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

test('an expired session is refused with ExpiredTokenException', async () => {
  const credentials = sandbox.credentialsFor(APP, { seconds: 10 });
  const request = sign(sandbox.url, 'POST', PATH, BODY, { credentials });
  expect(await outcome(request)).toBe('200');
  offset = 11_000;
  expect(await outcome(request)).toBe('403 ExpiredTokenException');
});

test.each<[string, () => SentRequest, string]>([
  ['no signature', () => without(form(), 'authorization'), '403 MissingAuthenticationToken'],
  ['a wrong secret', () => form({ secretAccessKey: 'x' }), '403 SignatureDoesNotMatch'],
  ['an unknown key', () => form({ accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' }), '403 InvalidClientTokenId'],
  ['another Region', () => form({}, { region: 'us-west-2' }), '403 SignatureDoesNotMatch'],
])('STS answers %s with its own error code', async (_, request, expected) => {
  expect(await outcome(request())).toBe(expected);
});

function form(more: object = {}, signing: More = {}): SentRequest {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  return sign(sandbox.url, 'POST', '/', body, { credentials: { ...app(), ...more }, service: 'sts', ...signing });
}

test('SSM answers only in the account’s Region', async () => {
  const ask = (region: string): SentRequest =>
    sign(sandbox.url, 'POST', '/', '{"Name":"/none"}', {
      credentials: app(),
      service: 'ssm',
      region,
      headers: { 'x-amz-target': 'AmazonSSM.GetParameter' },
    });
  expect([await outcome(ask('us-east-1')), await outcome(ask('us-west-2'))]).toEqual([
    '400 ParameterNotFound',
    expect.stringMatching(/^40\d InvalidSignatureException/),
  ]);
});

test('a request can be replayed while its date is valid, as with AWS', async () => {
  const request = signed();
  expect([await outcome(request), await outcome(request)]).toEqual(['200', '200']);
});

test('each start issues different keys', async () => {
  const other = await startSandbox({ account });
  const keys = other.credentialsFor(APP);
  await other.close();
  expect(keys.accessKeyId).not.toBe(app().accessKeyId);
  expect(await outcome(sign(sandbox.url, 'POST', PATH, BODY, { credentials: keys }))).toBe(
    '403 UnrecognizedClientException',
  );
});

/** Returns another letter or digit, `away` places further; never the same letter in another case. */
function other(character: string, away: number): string {
  const row = [...(/[0-9]/.test(character) ? '0123456789' : /[a-z]/.test(character) ? LETTERS : LETTERS.toUpperCase())];
  return row[(row.indexOf(character) + away) % row.length] ?? '';
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Returns the text with one letter or digit changed, for every place and three changes each. */
function mutants(text: string): readonly string[] {
  return [...text].flatMap((character, at) =>
    /[A-Za-z0-9]/.test(character)
      ? [1, 4, 7].map((away) => text.slice(0, at) + other(character, away) + text.slice(at + 1))
      : [],
  );
}

test('a valid request with any one character changed is refused', async () => {
  const valid = signed({ headers: { 'x-amz-meta': 'abc' } }, `${PATH}?q=abc`);
  expect(await outcome(valid)).toBe('200');
  const all = [
    ...['PUT', 'GET', 'PAST', 'POSTS'].map((method) => ({ ...valid, method })),
    { ...valid, method: 'HEAD', body: '' },
    ...mutants(valid.path).map((path) => ({ ...valid, path })),
    ...mutants(valid.body).map((body) => ({ ...valid, body })),
    ...Object.entries(valid.headers).flatMap(([name, value]) =>
      mutants(value).map((mutant) => changed(valid, name, mutant)),
    ),
  ];
  expect(all.length).toBeGreaterThan(2000);
  const statuses = new Set<number>();
  for (let at = 0; at < all.length; at += 50) {
    const answers = await Promise.all(all.slice(at, at + 50).map((mutant) => send(sandbox.url, mutant)));
    for (const { status } of answers) {
      statuses.add(status);
    }
  }
  expect([...statuses].sort()).toEqual([400, 403, 405]);
  expect(await outcome(valid)).toBe('200');
}, 30_000);
