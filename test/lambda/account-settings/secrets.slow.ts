import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { handler } from '../../../lambda/account-settings/handler';
import { type DescribedResource, describedResource, waitingFor } from '../custom-resource/described-resource';
import { resourceRequest } from '../verify/resource-request';

const KEY = 'ASIAFUNCTIONCANARYKE';
const SECRET = 'canary/Function/secret/Function/secret/F';
const TOKEN = `canaryToken${'FwoGZXIvYXdzE'.repeat(12)}==`;
/** The URL for the answer is signed: anyone who has it can answer in place of the function. */
const SIGNATURE = 'canarySignatureOfTheAnswer';

type Answer = (headers: IncomingHttpHeaders) => { readonly status: number; readonly body: string };

let answer: Answer;
/** The resource that CloudFormation describes. If there is none, CloudFormation answers as the other services. */
let waiting: DescribedResource | undefined;
const lines: string[] = [];
const received: string[] = [];
/** One server for all services and for CloudFormation. */
const server = createServer(async (request, response) => {
  const body = await text(request);
  if (request.url?.startsWith('/answer')) {
    received.push(body);
    response.end();
    return;
  }
  if (waiting !== undefined && body.includes('Action=DescribeStackResource&')) {
    const described = describedResource(waiting);
    response.writeHead(described.status, { 'content-type': 'text/xml' }).end(described.body);
    return;
  }
  const reply = answer(request.headers);
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
});

const folder = mkdtempSync(join(tmpdir(), 'task-'));

beforeAll(async () => {
  writeFileSync(join(folder, 'tag-keys.json'), '{"TagKeys":["Owner"]}');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: TOKEN,
    AWS_REGION: 'us-east-1',
    LOG_GROUP_NAME: '/l',
    LOG_ROLE_ARN: 'arn:r',
    LOG_CONTENT: 'false',
    LAMBDA_TASK_ROOT: folder,
    OWN_STACKS: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  for (const name of ['log', 'warn', 'error', 'info', 'debug'] as const) {
    jest.spyOn(console, name).mockImplementation((...text: unknown[]) => void lines.push(text.map(String).join(' ')));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const repeated = (headers: IncomingHttpHeaders): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}:${value}`)
    .join('\n');

const TYPES = ['Custom::BedrockAccessInvocationLogging', 'Custom::BedrockAccessCostAllocationTags'] as const;
const ANSWERS: readonly (readonly [string, Answer])[] = [
  [
    'repeats the headers',
    (headers) => ({
      status: 403,
      body: JSON.stringify({ __type: 'InvalidSignatureException', message: repeated(headers) }),
    }),
  ],
  ['is not JSON, and repeats the headers', (headers) => ({ status: 400, body: repeated(headers) })],
  ['succeeds, and repeats the headers', (headers) => ({ status: 200, body: repeated(headers) })],
  [
    'names the token in place of a destination',
    (headers) => {
      const bucketName = `bucket x-amz-security-token: ${headers['x-amz-security-token']}`;
      return { status: 200, body: JSON.stringify({ loggingConfig: { s3Config: { bucketName } } }) };
    },
  ],
  [
    'names the token in the error of a tag',
    (headers) => {
      const { 'x-amz-target': target = '', 'x-amz-security-token': token } = headers;
      const Errors = [{ TagKey: 'Owner', Code: 'x', Message: `x-amz-security-token: ${token}` }];
      const CostAllocationTags = [{ TagKey: 'Owner', Type: 'UserDefined', Status: 'Inactive' }];
      return {
        status: 200,
        body: JSON.stringify(String(target).includes('List') ? { CostAllocationTags } : { Errors }),
      };
    },
  ],
];

const UNCONFIRMED = ANSWERS.slice(0, 1).map(([how, reply]) => ['an unconfirmed request', how, reply] as const);

test.each([...TYPES.flatMap((type) => ANSWERS.map(([how, reply]) => [type, how, reply] as const)), ...UNCONFIRMED])(
  'for %s neither the log nor the answer holds a key, a token or a secret if AWS %s',
  async (ResourceType, _, givenAnswer) => {
    answer = givenAnswer;
    lines.length = 0;
    received.length = 0;
    const request = {
      ...resourceRequest({
        ResponseURL: `${process.env['AWS_ENDPOINT_URL']}/answer?Signature=${SIGNATURE}`,
      }),
      ResourceType,
    };
    waiting = ResourceType.startsWith('Custom') ? waitingFor(request, ResourceType) : undefined;
    const result = await handler(request, { getRemainingTimeInMillis: () => 20_000 }).catch((e: unknown) => String(e));
    const output = [JSON.stringify(result), ...lines, ...received].join('\n');
    expect(received).toHaveLength(1);
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [KEY, SECRET, TOKEN, TOKEN.slice(0, 40), SIGNATURE]) {
      expect(output).not.toContain(secret);
      expect(output).not.toContain(encodeURIComponent(secret));
    }
  },
  30_000,
);
