import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { handler } from '../../../lambda/account-settings/handler';
import { resourceRequest } from '../verify/resource-request';

const KEY = 'ASIAFUNCTIONCANARYKE';
const SECRET = 'canary/Function/secret/Function/secret/F';
const TOKEN = `canaryToken${'FwoGZXIvYXdzE'.repeat(12)}==`;
/** The answer's URL is signed: whoever has it may answer for the function. */
const SIGNATURE = 'canarySignatureOfTheAnswer';

type Answer = (headers: IncomingHttpHeaders) => { readonly status: number; readonly body: string };

let answer: Answer;
const lines: string[] = [];
const told: string[] = [];
/** Every service, and CloudFormation. */
const server = createServer(async (request, response) => {
  const body = await text(request);
  if (request.url?.startsWith('/answer')) {
    told.push(body);
    response.end();
    return;
  }
  const said = answer(request.headers);
  response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: TOKEN,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((said) => lines.push(String(said)) > 0);
  for (const name of ['log', 'warn', 'error', 'info', 'debug'] as const) {
    jest.spyOn(console, name).mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(' ')));
  }
});

afterAll(() => {
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
  ['is no JSON, and repeats the headers', (headers) => ({ status: 400, body: repeated(headers) })],
  ['succeeds, and repeats the headers', (headers) => ({ status: 200, body: repeated(headers) })],
  [
    'names the token where a destination is named',
    (headers) => {
      const bucketName = `bucket x-amz-security-token: ${headers['x-amz-security-token']}`;
      return { status: 200, body: JSON.stringify({ loggingConfig: { s3Config: { bucketName } } }) };
    },
  ],
  [
    'names the token where a tag is refused',
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

test.each(TYPES.flatMap((type) => ANSWERS.map(([how, given]) => [type, how, given] as const)))(
  'for %s no log line and no answer holds a key, a token or a secret when AWS %s',
  async (ResourceType, _, given) => {
    answer = given;
    lines.length = 0;
    told.length = 0;
    const request = {
      ...resourceRequest({
        ResponseURL: `${process.env['AWS_ENDPOINT_URL']}/answer?Signature=${SIGNATURE}`,
        ResourceProperties: { LogGroupName: '/l', RoleArn: 'arn:r', Content: 'false', TagKeys: ['Owner'] },
      }),
      ResourceType,
    };
    const result = await handler(request, { getRemainingTimeInMillis: () => 20_000 }).catch((e: unknown) => String(e));
    const output = [JSON.stringify(result), ...lines, ...told].join('\n');
    expect(told).toHaveLength(1);
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [KEY, SECRET, TOKEN, TOKEN.slice(0, 40), SIGNATURE]) {
      expect(output).not.toContain(secret);
      expect(output).not.toContain(encodeURIComponent(secret));
    }
  },
  30_000,
);
