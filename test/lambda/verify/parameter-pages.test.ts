import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { shortCalls } from '../../../lambda/verify/clients';
import { parameterPages } from '../../../lambda/verify/parameter-pages';
import { signedPost } from '../../../lambda/verify/signed-post';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const seen: Seen[] = [];
let reply = { status: 200, body: '{}' };
let server: Server;
let endpoint: string;
const handler = shortCalls();

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  });
  server = createServer(async (request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  handler.destroy();
  server.closeAllConnections();
  server.close();
});

const page = (nextToken?: string) =>
  parameterPages(signedPost({ service: 'ssm', region: 'us-east-1', url: endpoint, handler }))(
    '/bedrock-access/dev',
    nextToken,
    AbortSignal.timeout(5_000),
  );

test('the request is the one that the client of the SDK sends', async () => {
  reply = { status: 200, body: '{"Parameters":[]}' };
  await page('next');
  const client = new SSMClient({ region: 'us-east-1', endpoint });
  const input = { Path: '/bedrock-access/dev', Recursive: true, NextToken: 'next' };
  await client.send(new GetParametersByPathCommand(input));
  client.destroy();

  const [ours, theirs] = seen.slice(-2).map(({ method, url, headers, body }) => ({
    method,
    url,
    body: JSON.parse(body),
    type: headers['content-type'],
    target: headers['x-amz-target'],
    length: headers['content-length'],
    token: headers['x-amz-security-token'],
    hash: headers['x-amz-content-sha256'],
    scope: headers.authorization?.replace(/^.*Credential=\w+\/\d{8}(\S+),.*$/, '$1'),
  }));
  expect(ours).toEqual(theirs);
  expect(ours).toMatchObject({ scope: '/us-east-1/ssm/aws4_request', token: 'token' });
});

test('a page is its parameters and the token of the next', async () => {
  reply = { status: 200, body: '{"Parameters":[{"Name":"/a","Value":"1","Type":"String"}],"NextToken":"t"}' };
  expect(await page()).toEqual({ parameters: [{ name: '/a', value: '1' }], nextToken: 't' });
  reply = { status: 200, body: '{"NextToken":null}' };
  expect(await page()).toEqual({ parameters: [] });
});

test.each([
  [400, '{"__type":"com.amazonaws.ssm#AccessDeniedException","Message":"no"}', 'AccessDeniedException', 'no'],
  [400, '{"__type":"ThrottlingException","message":"slow"}', 'ThrottlingException', 'slow'],
  [503, '<html>', 'UnknownError', 'HTTP status 503'],
])('an error is named by its type: %i %s', async (status, body, name, message) => {
  reply = { status, body };
  await expect(page()).rejects.toMatchObject({
    name,
    message,
    $metadata: { httpStatusCode: status, requestId: 'r-1' },
  });
});
