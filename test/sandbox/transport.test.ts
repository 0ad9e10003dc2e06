import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { LIMITS } from '../../lib/sandbox/transport/limits';
import { listenOnLoopback } from '../../lib/sandbox/transport/listen-on-loopback';
import { CLIENTS, settings } from './clients';
import { send, sign } from './signed-request';
import { ANYTHING, accountOf, REGIONAL, role } from './small-account';

const account = accountOf([role('app', [ANYTHING])]);
const APP = account.principals[0]?.arn ?? '';
let sandbox: Sandbox;
let client: ReturnType<typeof CLIENTS.runtime1>;

beforeAll(async () => {
  sandbox = await startSandbox({ account });
  client = CLIENTS.runtime1(settings(sandbox.url, sandbox.credentialsFor(APP)));
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const port = (): number => Number(new URL(sandbox.url).port);

/** Sends bytes. Resolves to what was received until the server closes the connection or half a second has passed. */
function raw(bytes: string | Buffer, { to = port(), wait = 500, pause = 0 } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(to, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    const timer = setTimeout(() => socket.destroy(), wait);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    void (async () => {
      for (const byte of pause > 0 ? Buffer.from(bytes) : [bytes]) {
        socket.write(typeof byte === 'number' ? Buffer.of(byte) : byte);
        await new Promise((next) => setTimeout(next, pause));
      }
    })();
  });
}

const readStatus = (answer: string): string => /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';

async function answers(): Promise<string | undefined> {
  const ask = { modelId: REGIONAL.arn, messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }] };
  return (await client.send(new ConverseCommand(ask))).stopReason;
}

const HOST = 'Host: localhost\r\n';
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

test.each<[string, string | Buffer, string]>([
  ['bytes that are not a request', Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]), '400'],
  ['a TLS hello', Buffer.from('160301020001000', 'hex'), '400'],
  ['an unknown method', `FROB / HTTP/1.1\r\n${HOST}\r\n`, '400'],
  ['a method that AWS does not serve', `DELETE /model/x/converse HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '405'],
  ['HEAD', `HEAD / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '405'],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '405'],
  ['a target that is a whole URL', `GET http://169.254.169.254/ HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '400'],
  ['headers of 40 kB', `GET / HTTP/1.1\r\n${HOST}x: ${'a'.repeat(40_000)}\r\n\r\n`, '431'],
  ['a path of 40 kB', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\n${HOST}\r\n`, '431'],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '403'],
  ['an unknown expectation', `GET / HTTP/1.1\r\n${HOST}Expect: the-unexpected\r\nConnection: close\r\n\r\n`, '403'],
  ['CONNECT', `CONNECT example.com:443 HTTP/1.1\r\n${HOST}\r\n`, '400'],
  ['HTTP/1.0 without host', 'GET / HTTP/1.0\r\n\r\n', '403'],
  ['HTTP/9.9', `GET / HTTP/9.9\r\n${HOST}\r\n`, '400'],
  ['no content length', `POST / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '403'],
  ['two content lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, '400'],
  [
    'content length and chunks',
    `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    '400',
  ],
  ['a bad chunk', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, '400'],
  ['a content length above the limit', `POST / HTTP/1.1\r\n${HOST}Content-Length: 26214401\r\n\r\n`, '413'],
  ['bad percent-encoding in the path', `POST /model/%zz/converse HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '403'],
  ['bad percent-encoding in the query', `POST /?a=%zz HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '400'],
  ['NUL in the path', `GET /a\0b HTTP/1.1\r\n${HOST}\r\n`, '400'],
  ['NUL in a header', `GET / HTTP/1.1\r\n${HOST}x: a\0b\r\n\r\n`, '400'],
  [
    'two authorizations',
    `GET / HTTP/1.1\r\n${HOST}Authorization: a\r\nAuthorization: b\r\nConnection: close\r\n\r\n`,
    '400',
  ],
  ['two dates', `GET / HTTP/1.1\r\n${HOST}X-Amz-Date: a\r\nX-Amz-Date: b\r\nConnection: close\r\n\r\n`, '400'],
  ['half a request', `POST / HTTP/1.1\r\n${HOST}Content-Length: 10\r\n\r\nabc`, 'none'],
  ['half a preface', PREFACE.slice(0, 9), 'none'],
  ['a preface and no frames', PREFACE, 'none'],
  ['a preface and garbage', `${PREFACE}${'\xff'.repeat(64)}`, 'none'],
  ['a malformed preface', 'PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n', 'none'],
])('%s is refused, and the sandbox still answers', async (_, bytes, status) => {
  const answer = await raw(bytes);
  expect(readStatus(answer)).toBe(status);
  // Every answer contains an error of AWS, in a header or in the XML of STS.
  expect(status === 'none' || /x-amzn-errortype: \w+|<Code>\w+/i.test(answer)).toBe(true);
  expect(answer.toLowerCase()).not.toContain('access-control-');
  expect(await answers()).toBe('end_turn');
});

test('a request that arrives byte by byte is read', async () => {
  const answer = await raw(`GET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, { pause: 1 });
  expect(readStatus(answer)).toBe('403');
});

test('a hundred broken connections at once do not disturb another client', async () => {
  const broken = Array.from({ length: 100 }, (_, at) =>
    raw(PREFACE.slice(0, at % 24) + '\0'.repeat(at % 5), { wait: 200 }),
  );
  expect(await answers()).toBe('end_turn');
  await Promise.all(broken);
});

const signedAs = (path: string, body: string) =>
  sign(sandbox.url, 'POST', path, body, { credentials: sandbox.credentialsFor(APP) });
const CONVERSE = `/model/${encodeURIComponent(REGIONAL.arn)}/converse`;

test.each<[string, string, string, number, string]>([
  ['JSON that ends early', CONVERSE, '{"messages":', 400, 'SerializationException'],
  ['a JSON list', CONVERSE, '[]', 400, 'SerializationException'],
  ['JSON null', CONVERSE, 'null', 400, 'SerializationException'],
  ['no body', CONVERSE, '', 400, 'SerializationException'],
  ['JSON nested 5,000 deep', CONVERSE, `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400, 'SerializationException'],
  ['__proto__ as messages', CONVERSE, '{"__proto__":{"messages":[]}}', 400, 'ValidationException'],
  ['messages that are a string', CONVERSE, '{"messages":"hi"}', 400, 'ValidationException'],
  ['content of null', CONVERSE, '{"messages":[null]}', 400, 'ValidationException'],
  ['an ARN with a raw slash', `/model/${REGIONAL.arn}/converse`, '{}', 404, 'UnknownOperationException'],
  ['a model id with malformed percent-encoding', '/model/%zz/converse', '{}', 400, 'ValidationException'],
  [
    'an operation that does not exist',
    CONVERSE.replace('converse', 'perverse'),
    '{}',
    404,
    'UnknownOperationException',
  ],
  ['a path that is not served', '/nothing', '{}', 404, 'UnknownOperationException'],
  ['a model id of NUL', '/model/%00/converse', '{}', 400, 'ValidationException'],
])('%s in a correctly signed request is an error and no crash', async (_, path, body, status, type) => {
  const answer = await send(sandbox.url, signedAs(path, body));
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, type]);
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(typeof JSON.parse(answer.body).message).toBe('string');
});

test.each<[string, Record<string, string>, number]>([
  ['localhost', { host: 'localhost:1' }, 403],
  ['::1', { host: '[::1]:1' }, 403],
  ['a name that resolves to loopback', { host: 'rebind.example.com' }, 403],
  ['a subdomain of localhost', { host: 'a.localhost' }, 403],
  ['an origin', { origin: 'http://localhost' }, 403],
  ['the fetch header of a browser', { 'sec-fetch-site': 'same-origin' }, 403],
])('%s in the headers of an unsigned request', async (name, headers, status) => {
  const request = { method: 'GET', path: '/x', headers: { host: 'localhost', ...headers }, body: '' };
  const answer = await send(sandbox.url, request);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(
    ['localhost', '::1'].includes(name)
      ? /Missing Authentication Token/
      : /the sandbox (answers to|does not answer web)/,
  );
});

test('the same is refused over HTTP/2', async () => {
  const session = connectHttp2(sandbox.url);
  const statusFor = (headers: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const stream = session.request({ ':path': '/x', ...headers });
      stream.on('response', (response) => resolve(response[':status']));
      stream.on('error', reject);
      stream.resume();
    });
  expect(await statusFor({ ':authority': 'rebind.example.com' })).toBe(403);
  expect(await statusFor({ origin: 'http://localhost' })).toBe(403);
  expect(await statusFor({ ':method': 'DELETE' })).toBe(405);
  session.destroy();
});

test('a body over the limit gets 413 over both versions, and nothing hangs', async () => {
  const small = await listenOnLoopback(async () => ({ status: 200, headers: {}, body: '' }), 0, {
    ...LIMITS,
    bodyBytes: 1000,
  });
  const chunk = `${(2000).toString(16)}\r\n${'x'.repeat(2000)}\r\n`;
  const answer = await raw(`POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n${chunk}`, {
    to: small.port,
    wait: 3000,
  });
  expect(readStatus(answer)).toBe('413');
  const session = connectHttp2(`http://127.0.0.1:${small.port}`);
  const status = await new Promise((resolve) => {
    const stream = session.request({ ':method': 'POST', ':path': '/' });
    stream.on('response', (headers) => resolve(headers[':status']));
    stream.on('error', () => undefined);
    stream.write('x'.repeat(2000));
  });
  expect(status).toBe(413);
  session.destroy();
  await small.close();
});

test.each([
  ['nothing', ''],
  ['half a preface', PREFACE.slice(0, 10)],
  ['a preface', PREFACE],
  ['half a header', `GET / HTTP/1.1\r\n${HOST}`],
  ['half a body', `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\na`],
])('a client that sends %s and waits is dropped', async (_, bytes) => {
  const impatient = { ...LIMITS, headersMilliseconds: 100, requestMilliseconds: 200, idleMilliseconds: 200 };
  const server = await listenOnLoopback(async () => ({ status: 200, headers: {}, body: '' }), 0, impatient);
  // Longer than a test may take, so that only the server can end it in time.
  const answer = await raw(bytes, { to: server.port, wait: 60_000 });
  expect(['none', '408', '400']).toContain(readStatus(answer));
  await server.close();
});

test('a client that does not read its stream is dropped', async () => {
  const frames = Array.from({ length: 400 }, () => Buffer.alloc(64 * 1024));
  const server = await listenOnLoopback(async () => ({ status: 200, headers: {}, body: frames }), 0, {
    ...LIMITS,
    idleMilliseconds: 200,
  });
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 600));
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  await server.close();
});

test('an internal failure is answered with 500, and the next request is served', async () => {
  const fail = async (): Promise<never> => {
    throw new Error('planted');
  };
  const server = await listenOnLoopback(fail, 0);
  const request = `GET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;
  for (const _ of ['once', 'twice']) {
    const answer = await raw(request, { to: server.port });
    expect(readStatus(answer)).toBe('500');
    expect(answer).not.toContain('planted');
  }
  await server.close();
});

test('it listens on 127.0.0.1 and on no other interface', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, address }) => family === 'IPv4' && address !== '127.0.0.1');
  for (const { address } of others) {
    await expect(
      new Promise((resolve, reject) => connect(port(), address).once('connect', resolve).once('error', reject)),
    ).rejects.toThrow();
  }
});

test('close ends open connections at once', async () => {
  const other = await startSandbox({ account });
  const session = connectHttp2(other.url);
  session.on('error', () => undefined);
  const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await Promise.all([
    new Promise((resolve) => session.once('remoteSettings', resolve)),
    new Promise((resolve) => socket.once('connect', resolve)),
  ]);
  await other.close();
});

test('a port that is taken is an error', async () => {
  await expect(startSandbox({ account, port: port() })).rejects.toThrow('EADDRINUSE');
});
