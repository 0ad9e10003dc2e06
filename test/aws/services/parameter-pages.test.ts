import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parameterPages } from '../../../aws/services/parameter-pages';
import { signedPost } from '../../../aws/services/signed-post';
import { recordingServer } from '../../lambda/verify/recording-server';

const server = recordingServer('application/x-amz-json-1.1');

const page = (nextToken?: string) =>
  parameterPages(signedPost(server.endpointOf('ssm')))('/bedrock-access/dev', nextToken, AbortSignal.timeout(5_000));

test("the request equals that of the SDK's client", async () => {
  server.reply = { status: 200, body: '{"Parameters":[]}' };
  await page('next');
  const client = new SSMClient({ region: 'us-east-1', endpoint: server.endpointOf('ssm').url ?? '' });
  const input = { Path: '/bedrock-access/dev', Recursive: true, NextToken: 'next' };
  await client.send(new GetParametersByPathCommand(input));
  client.destroy();

  const [ours, theirs] = server.seen.slice(-2).map(({ method, url, headers, body }) => ({
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

test('a page holds its parameters and the token of the next page', async () => {
  server.reply = { status: 200, body: '{"Parameters":[{"Name":"/a","Value":"1","Type":"String"}],"NextToken":"t"}' };
  expect(await page()).toEqual({ parameters: [{ name: '/a', value: '1' }], nextToken: 't' });
  server.reply = { status: 200, body: '{"NextToken":null}' };
  expect(await page()).toEqual({ parameters: [] });
});

test.each([
  [400, '{"__type":"com.amazonaws.ssm#AccessDeniedException","Message":"no"}', 'AccessDeniedException', 'no'],
  [400, '{"__type":"ThrottlingException","message":"slow"}', 'ThrottlingException', 'slow'],
  [503, '<html>', 'UnknownError', 'HTTP status 503'],
])('the type of an error becomes its name: %i %s', async (status, body, name, message) => {
  server.reply = { status, body };
  await expect(page()).rejects.toMatchObject({
    name,
    message,
    $metadata: { httpStatusCode: status, requestId: 'r-1' },
  });
});
