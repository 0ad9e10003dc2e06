import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { handler } from '../../../lambda/verify/handler';
import { presignedIn } from '../../sandbox/presigned-key';
import { parametersOf } from './account';

const KEY = 'ASIASESSIONCANARYKEY';
const SECRET = 'canary+Session/secret0Session/secret0Ses';
const TOKEN = `canaryToken${'FwoGZXIvYXdzE'.repeat(12)}==`;
const parameters = parametersOf('shop', 'main', { destination: { region: 'us-west-2', target: 'm' } });
const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>${KEY}</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${TOKEN}</SessionToken>
<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** Returns the answer of a model's endpoint to a request with these headers. */
type Answer = (headers: IncomingHttpHeaders) => {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
};

let answer: Answer | 'reset';
const bearerTokens = new Set<string>();
const lines: string[] = [];

function tokenAnswer(headers: IncomingHttpHeaders): ReturnType<Answer> | undefined {
  const [, token] = /^Bearer (.*)/.exec(headers.authorization ?? '') ?? [];
  if (token !== undefined) {
    bearerTokens.add(token);
  }
  return answer === 'reset' ? undefined : answer(headers);
}

/** One server for all services. */
const server: Server = createServer(async (request, response) => {
  const body = await text(request);
  if (request.headers['x-amz-target'] !== undefined) {
    const Parameters = parameters.map(({ name, value }) => ({ Name: name, Value: value }));
    response.end(JSON.stringify({ Parameters }));
  } else if (body.includes('AssumeRole')) {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(ASSUMED);
  } else {
    const answered = tokenAnswer(request.headers);
    if (answered === undefined) {
      request.socket.destroy();
    } else {
      response.writeHead(answered.status, { 'content-type': answered.type ?? 'application/json' }).end(answered.body);
    }
  }
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'ASIAFUNCTIONCANARYKE',
    AWS_SECRET_ACCESS_KEY: 'canary/Function/secret/Function/secret/F',
    AWS_SESSION_TOKEN: 'functionToken',
    AWS_REGION: 'us-east-1',
    ENVIRONMENT: 'dev',
    PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/probe',
    POLICIES_PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/policies',
    DECOY_PROFILE_ARN: 'arn:decoy',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  // Metrics are written to standard output without the console.
  jest.spyOn(process.stdout, 'write').mockImplementation((answered) => lines.push(String(answered)) > 0);
  for (const name of ['log', 'warn', 'error', 'info', 'debug'] as const) {
    jest
      .spyOn(console, name)
      .mockImplementation((...answered: unknown[]) => void lines.push(answered.map(String).join(' ')));
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

/** Returns the contents of the token, which a service sees and may repeat, with the signature first. */
const decoded = ({ authorization = '' }: IncomingHttpHeaders): string =>
  /^Bearer/.test(authorization)
    ? presignedIn(authorization.slice('Bearer '.length)).split('&').reverse().join(' ')
    : 'signed';

test.each<[string, Answer | 'reset']>([
  [
    'repeats the headers',
    (headers) => ({
      status: 403,
      body: JSON.stringify({ __type: 'InvalidSignatureException', message: repeated(headers) }),
    }),
  ],
  [
    'repeats the contents of the token',
    (headers) => ({ status: 400, body: JSON.stringify({ message: `no such key: ${decoded(headers)}` }) }),
  ],
  [
    'names the token in place of the resource',
    (headers) => ({
      status: 403,
      body: JSON.stringify({
        __type: 'AccessDeniedException',
        message: `not authorized to perform: bedrock:CallWithBearerToken on resource: ${headers.authorization}`,
      }),
    }),
  ],
  ['is not JSON, and repeats the headers', (headers) => ({ status: 500, body: repeated(headers), type: 'text/html' })],
  ['succeeds, and repeats the headers', (headers) => ({ status: 200, body: repeated(headers) })],
  ['never comes', 'reset'],
])(
  'no log line, result or error holds a key, a token or a secret if the answer %s',
  async (_, given) => {
    answer = given;
    lines.length = 0;
    bearerTokens.clear();
    const result = await handler({ spreading: false }, { getRemainingTimeInMillis: () => 60_000 }).catch(
      (error: unknown) => String(error),
    );
    const output = [JSON.stringify(result), ...lines].join('\n');

    expect(result).toMatchObject({
      probes: expect.arrayContaining([expect.objectContaining({ probe: 'bearer-token' })]),
    });
    expect(bearerTokens.size).toBeGreaterThan(0);
    const signatures = [...bearerTokens].flatMap(
      (token) => /X-Amz-Signature=(\w+)/.exec(presignedIn(token))?.[1] ?? [],
    );
    expect(signatures).toHaveLength(bearerTokens.size);
    for (const secret of [KEY, SECRET, TOKEN, TOKEN.slice(0, 40), 'bedrock-api-key-', ...bearerTokens, ...signatures]) {
      expect(output).not.toContain(secret);
      expect(output).not.toContain(encodeURIComponent(secret));
    }
  },
  30_000,
);
