import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { shortCalls } from '../../../aws/services/short-calls';
import { systemClock } from '../../../aws/system-clock';
import { reserveConcurrency } from '../../../lambda/limit/reserve-concurrency';

let answers: Readonly<Record<string, readonly [status: number, body: unknown]>> = {};
const seen: string[] = [];
const server = createServer(async (request, response) => {
  const call = `${request.method} ${request.url}`;
  seen.push(`${call} ${await text(request)}`.trim());
  const [status, body] = answers[call] ?? [200, {}];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const GET_OWN = 'GET /2019-09-30/functions/dev_limit/concurrency';
const GET_ACCOUNT = 'GET /2016-08-19/account-settings';
const PUT = 'PUT /2017-10-31/functions/dev_limit/concurrency';
const account = (UnreservedConcurrentExecutions: number) => ({ AccountLimit: { UnreservedConcurrentExecutions } });
const denied = { message: 'not authorized', __type: 'AccessDeniedException' };

test.each<[string, typeof answers, readonly string[], object | undefined]>([
  [
    'an account with room reserves five',
    { [GET_ACCOUNT]: [200, account(1_000)] },
    [GET_OWN, GET_ACCOUNT, `${PUT} {"ReservedConcurrentExecutions":5}`],
    { concurrency: 'reserved', executions: 5 },
  ],
  [
    'an account that would keep exactly 100 reserves five',
    { [GET_ACCOUNT]: [200, account(105)] },
    [GET_OWN, GET_ACCOUNT, `${PUT} {"ReservedConcurrentExecutions":5}`],
    { concurrency: 'reserved', executions: 5 },
  ],
  [
    'an account that would keep 99 says so',
    { [GET_ACCOUNT]: [200, account(104)] },
    [GET_OWN, GET_ACCOUNT],
    { concurrency: 'not reserved', unreserved: 104, needed: 105 },
  ],
  [
    'an account of ten says so',
    { [GET_ACCOUNT]: [200, account(10)] },
    [GET_OWN, GET_ACCOUNT],
    { concurrency: 'not reserved', unreserved: 10, needed: 105 },
  ],
  ['what is reserved already stays', { [GET_OWN]: [200, { ReservedConcurrentExecutions: 2 }] }, [GET_OWN], undefined],
  [
    'an answer without a number reserves nothing',
    { [GET_ACCOUNT]: [200, {}] },
    [GET_OWN, GET_ACCOUNT],
    { concurrency: 'not reserved', unreserved: null, needed: 105 },
  ],
  [
    'a denial is one line in the log',
    { [GET_OWN]: [403, denied] },
    [GET_OWN],
    { concurrency: 'not reserved', error: 'Error: AccessDeniedException: not authorized' },
  ],
])('%s', async (_, given, calls, line) => {
  answers = given;
  seen.length = 0;
  const lines: string[] = [];
  const handler = shortCalls();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await reserveConcurrency({
    lambda: { region: 'us-east-1', url, handler },
    functionName: 'dev_limit',
    clock: systemClock({ getRemainingTimeInMillis: () => 60_000 }),
    log: (text) => void lines.push(text),
  });
  handler.destroy();
  expect(seen).toEqual(calls);
  expect(lines.map((text) => JSON.parse(text))).toEqual(line === undefined ? [] : [line]);
});
