import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { handler } from '../../../lambda/verify/handler';
import { type DescribedResource, describedResource, waitingFor } from '../custom-resource/described-resource';
import { resourceRequest } from './resource-request';

const SECRETS = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'canary/secret/canary/secret/canary/secre',
  AWS_SESSION_TOKEN: `canaryToken${'FwoGZXIvYXdzE'.repeat(20)}==`,
};
const VARIABLES = {
  AWS_REGION: 'us-east-1',
  AWS_LAMBDA_FUNCTION_NAME: 'dev_verification',
  ENVIRONMENT: 'dev',
  PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/probe',
  POLICIES_PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/policies',
  DECOY_PROFILE_ARN: 'arn:decoy',
  OWN_STACKS: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*',
};

/** Returns an answer that repeats all headers of the request, like that of AWS to a wrong signature. */
const repeated = (headers: NodeJS.Dict<string | string[]>): string =>
  `The Canonical String should have been 'POST\n/\n\n${Object.entries(headers)
    .map(([name, value]) => `${name}:${value}`)
    .join('\n')}'`;

/** One server for all of AWS, and for the answers to CloudFormation. */
let server: Server;
let endpoint: string;
let stack: (headers: NodeJS.Dict<string | string[]>) => { readonly status: number; readonly body: string };
let refusing = false;
let resource: DescribedResource | undefined;
/** Parameters in SSM. If `undefined`, SSM refuses. */
let parameters: readonly { readonly Name: string; readonly Value: string }[] | undefined;
const answers: string[] = [];
const calls: string[] = [];
const lines: string[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'PUT') {
      answers.push(body);
      response.writeHead(refusing ? 403 : 200).end();
    } else if (body.includes('DescribeStackResource')) {
      const { status, body: text } = describedResource(resource);
      response.writeHead(status).end(text);
    } else if (body.includes('DescribeStacks')) {
      calls.push('DescribeStacks');
      const { status, body: text } = stack(request.headers);
      response.writeHead(status).end(text);
    } else if (parameters !== undefined && request.headers['x-amz-target'] === 'AmazonSSM.GetParametersByPath') {
      response.end(JSON.stringify({ Parameters: parameters }));
    } else {
      calls.push(String(request.headers['x-amz-target'] ?? body));
      const message = repeated(request.headers);
      response.writeHead(403).end(JSON.stringify({ __type: 'InvalidSignatureException', message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});

beforeEach(() => {
  Object.assign(process.env, SECRETS, VARIABLES, { AWS_ENDPOINT_URL: endpoint, POWERTOOLS_METRICS_DISABLED: 'true' });
  for (const list of [answers, calls, lines]) {
    list.length = 0;
  }
  refusing = false;
  parameters = undefined;
});

afterAll(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const call = (changes: Parameters<typeof resourceRequest>[0] = {}) => {
  const request = resourceRequest({ ResponseURL: `${endpoint}/answer?Signature=canarySignature`, ...changes });
  resource = waitingFor(request, 'Custom::BedrockAccessGate');
  return handler(request, { getRemainingTimeInMillis: () => 60_000 });
};

const status = (name: string) => ({ status: 200, body: `<Stacks><StackStatus>${name}</StackStatus></Stacks>` });

afterEach(() => {
  expect([...lines, ...answers].join('\n')).not.toMatch(/canary|ASIA|FwoG/i);
});

test('a deletion is answered without a verification, even by a function without most of its settings', async () => {
  for (const name of Object.keys(VARIABLES).filter((name) => !name.startsWith('AWS_') && name !== 'OWN_STACKS')) {
    delete process.env[name];
  }
  const verdict = { passed: true, reason: 'nothing to verify: the gate is being deleted' };
  expect(await call({ RequestType: 'Delete' })).toMatchObject(verdict);
  expect(calls).toEqual([]);
  expect(answers.map((answer) => JSON.parse(answer))).toMatchObject([{ Status: 'SUCCESS' }]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...verdict, request: 'Delete', stackId: resourceRequest().StackId },
  ]);
});

test('an update during a rollback is answered without a verification', async () => {
  stack = () => status('UPDATE_ROLLBACK_IN_PROGRESS');
  expect(await call({ RequestType: 'Update' })).toMatchObject({ passed: true });
  expect(calls).toEqual(['DescribeStacks']);
});

test("AWS's error about an unknown stack is logged without the credentials that it repeats", async () => {
  stack = (headers) => ({
    status: 403,
    body: `<Error><Code>SignatureDoesNotMatch</Code><Message>${repeated(headers)}</Message></Error>`,
  });
  expect(await call({ RequestType: 'Update' })).toMatchObject({
    passed: false,
    reason: expect.stringMatching(
      /^'shop' could not be verified: cannot read the parameters .*InvalidSignatureException/,
    ),
  });
  expect(calls).toEqual(['DescribeStacks', 'AmazonSSM.GetParametersByPath']);
  expect(lines[0]).toMatch(/"stackStatus":"unknown".*SignatureDoesNotMatch/);
  // An update waits ten seconds for its policies to spread.
}, 30_000);

test('a function without its settings reports that to CloudFormation', async () => {
  delete process.env['PROBE_ROLE_ARN'];
  await call();
  expect(answers.map((answer) => JSON.parse(answer))).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining('the environment variable PROBE_ROLE_ARN is not set') },
  ]);
});

test('an answer that CloudFormation does not accept fails the function after it has logged the verdict', async () => {
  refusing = true;
  await expect(call({ RequestType: 'Delete' })).rejects.toThrow(
    new Error('CloudFormation did not accept the answer SUCCESS (attempts: 1): HTTP status 403'),
  );
  expect(lines).toHaveLength(1);
});

test('a scheduled batch reports a missing application, and a run on demand refuses the name', async () => {
  parameters = [{ Name: '/bedrock-access/dev/shop/main.json', Value: '{' }];
  const applications = ['gone', 'shop'];
  expect(await handler({ scheduled: true, applications })).toMatchObject({
    probes: [
      { application: 'gone', alias: '', asIntended: false, cause: expect.stringContaining('there is no alias under') },
      { application: 'shop', alias: 'main', asIntended: false },
    ],
  });
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ application: 'gone', remedy: expect.stringContaining("deploy the application's stack") }),
  );
  await expect(handler({ applications })).rejects.toThrow(
    "there is no application 'gone' under /bedrock-access/dev; existing applications: shop",
  );
});
