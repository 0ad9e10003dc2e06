import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../../../aws/clock';
import { answerResource } from '../../../../lambda/custom-resource/answer-resource';
import { gateAnswer } from '../../../../lambda/verify/gate/gate-answer';
import { resourceRequest } from '../resource-request';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (response: ServerResponse, socket: Socket) => unknown;

/** The server where CloudFormation waits. It gives the answers of a test in order, and repeats the last one. */
const seen: Seen[] = [];
let answers: Answer[] = [];
let server: Server;
const ok: Answer = (response) => response.end();
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end('<Error><Code>AccessDenied</Code></Error>');

beforeAll(async () => {
  process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'dev_verification';
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: await text(request).catch(() => 'broken') });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    (answer ?? ok)(response, request.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => {
  seen.length = 0;
  answers = [ok];
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A clock of real time that skips the waits between attempts. */
function clock(timeLeft = 60_000): Clock & { readonly waits: number[] } {
  const end = performance.now() + timeLeft;
  const waits: number[] = [];
  return {
    waits,
    now: () => performance.now(),
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => 0.5,
    timeLeft: () => Math.round(end - performance.now()),
  };
}

const request = (changes: Parameters<typeof resourceRequest>[0] = {}) =>
  resourceRequest({
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stack%7CGate?Signature=a%2Bb%3D`,
    ...changes,
  });

const passed = { passed: true, message: "8 of 8 probes of 'shop' as intended" };
const bodies = (): Record<string, unknown>[] => seen.map(({ body }) => JSON.parse(body));

test('the answer has the documented form, and is put to the signed URL without a content type', async () => {
  await answerResource(request(), gateAnswer(passed), clock());
  expect(seen).toEqual([
    { method: 'PUT', url: '/stack%7CGate?Signature=a%2Bb%3D', headers: expect.anything(), body: expect.any(String) },
  ]);
  expect(seen[0]?.headers['content-type'] ?? '').toBe('');
  expect(seen[0]?.headers['transfer-encoding']).toBeUndefined();
  expect(seen[0]?.headers['content-length']).toBe(String(Buffer.byteLength(seen[0]?.body ?? '')));
  const { StackId, RequestId, LogicalResourceId } = request();
  expect(bodies()).toEqual([
    {
      Status: 'SUCCESS',
      Reason: "8 of 8 probes of 'shop' as intended (more: log group /aws/lambda/dev_verification)",
      PhysicalResourceId: 'bedrock-access-gate',
      StackId,
      RequestId,
      LogicalResourceId,
      Data: { Verdict: "8 of 8 probes of 'shop' as intended" },
    },
  ]);
});

test('a verdict that does not pass is FAILED, with its reason', async () => {
  await answerResource(request(), gateAnswer({ passed: false, message: 'no policy allows it' }), clock());
  expect(bodies()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(/^no policy allows it \(/) }]);
});

test.each(['Create', 'Update', 'Delete'] as const)('the physical id of a %s never changes', async (RequestType) => {
  const PhysicalResourceId = 'what another version answered';
  await answerResource(request({ RequestType, PhysicalResourceId }), gateAnswer(passed), clock());
  await answerResource(request({ RequestType, RequestId: 'delivered again' }), gateAnswer(passed), clock());
  expect(bodies().map((body) => body['PhysicalResourceId'])).toEqual(['bedrock-access-gate', 'bedrock-access-gate']);
});

/** The first string of each kind in the Big List of Naughty Strings, and further ones. */
const NAUGHTY: readonly string[] = [
  '',
  "\"'\"'\"''''\"",
  '<>?:"{}|_+',
  '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000e\u000f\u001f\u007f',
  '\u0080\u0081\u009f\u2028\u2029\u202e\u2066',
  'Roses are \u001b[0;31mred\u001b[0m, violets are \u001b[0;34mblue.',
  '𠜎𠜱𠝹𠱓𠱸𠲖𠳏',
  '👨‍👩‍👦 👨‍👩‍👧‍👦 ❤️ 💔 0️⃣ 1️⃣',
  '( ͡° ͜ʖ ͡°) Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  "\\\";alert('XSS');// \\x00 \\ud83d",
  '<?xml version="1.0"?><!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd" >]><foo>&xxe;</foo>',
  '\ud83d half of a pair \ude00',
  '\u0000',
  '\ufeff',
];

test.each(NAUGHTY)(
  'an answer that contains %j is valid, shorter than 4,096 bytes and safe to print',
  async (naughty) => {
    const ids = { StackId: `arn:${'s'.repeat(300)}`, RequestId: 'r'.repeat(100), LogicalResourceId: 'G'.repeat(255) };
    const messages = [naughty, `a ${naughty}`.repeat(40), `${naughty} `.repeat(100_000 / (naughty.length + 1))];
    for (const message of messages) {
      await answerResource(request(ids), gateAnswer({ passed: false, message }), clock());
    }
    expect(seen).toHaveLength(3);
    for (const [i, { body }] of seen.entries()) {
      expect(Buffer.byteLength(body)).toBeLessThan(4_096);
      const { Reason, Data } = JSON.parse(body);
      for (const text of [Reason, Data.Verdict]) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
      }
      // The text is cut only as far as necessary, because people read it in the events of the stack.
      expect(Reason.length).toBeGreaterThan(Math.min(messages[i]?.length ?? 0, 300));
    }
  },
);

test('a long message keeps its beginning', async () => {
  await answerResource(request(), gateAnswer({ passed: false, message: 'because '.repeat(10_000) }), clock());
  const [{ Reason, Data } = {}] = bodies() as { Reason?: string; Data?: { Verdict: string } }[];
  expect(Reason).toMatch(/^(because ){220,}.{0,7}… \(more: log group \/aws\/lambda\/dev_verification\)$/);
  expect(Data?.Verdict).toMatch(/^(because ){120,}.{0,7}…$/);
});

const closed: Answer = (_, socket) => socket.destroy();
const ended: Answer = (_, socket) => socket.end();
const reset: Answer = (_, socket) => socket.resetAndDestroy();
const cut: Answer = (response) => {
  response.writeHead(200, { 'content-length': 10 }).write('half', () => response.socket?.destroy());
};

test.each([
  ['500', status(500)],
  ['503', status(503)],
  ['429', status(429)],
  ['a connection that is closed', closed],
  ['a connection that is ended', ended],
  ['a connection that is reset', reset],
  ['an answer that is cut off', cut],
])('after %s the same answer is sent again', async (_, failure) => {
  answers = [failure, failure, ok];
  const time = clock();
  await answerResource(request(), gateAnswer(passed), time);
  expect(seen).toHaveLength(3);
  expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  expect(time.waits).toHaveLength(2);
});

test.each([
  ['403', status(403), 1, 'HTTP status 403'],
  ['404', status(404), 1, 'HTTP status 404'],
  ['503', status(503), 3, 'HTTP status 503'],
  ['a reset', reset, 3, 'fetch failed'],
])('a permanent %s is an error with the cause, without the URL and the verdict', async (_, failure, times, why) => {
  answers = [failure];
  await expect(answerResource(request(), gateAnswer({ passed: false, message: 'hidden' }), clock())).rejects.toThrow(
    new Error(`CloudFormation did not accept the answer FAILED (attempts: ${times}): ${why}`),
  );
  expect(seen).toHaveLength(times);
});

test.each([
  ['never answers', () => undefined],
  ['never ends its answer', (response: ServerResponse) => response.writeHead(200, { 'content-length': 10 }).write('x')],
])('a server that %s is abandoned before the function is ended', async (_, never) => {
  answers = [never];
  const time = clock(900);
  await expect(answerResource(request(), gateAnswer(passed), time)).rejects.toThrow(/no whole answer within \d+ ms$/);
  expect(time.timeLeft()).toBeGreaterThan(250);
  expect(time.timeLeft()).toBeLessThan(550);
});

test('a closed port is an error at once', async () => {
  const ResponseURL = 'http://127.0.0.1:9/answer?Signature=secret';
  await expect(answerResource(request({ ResponseURL }), gateAnswer(passed), clock())).rejects.toThrow(
    /^CloudFormation did not accept the answer SUCCESS \(attempts: [13]\): [^?]*$/,
  );
});

test('the answer is sent within the time reserved for it', async () => {
  await answerResource(request(), gateAnswer(passed), clock(1_500));
  answers = [status(503), ok];
  await answerResource(request(), gateAnswer(passed), clock(4_900));
  expect(bodies().map((body) => body['Status'])).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
});

test('without any time left it fails, because the answer was not delivered', async () => {
  answers = [() => undefined];
  const started = performance.now();
  await expect(answerResource(request(), gateAnswer(passed), clock(0))).rejects.toThrow(/did not accept the answer/);
  expect(performance.now() - started).toBeLessThan(1_000);
});
