import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { classifyError } from '../../../aws/errors/classify-error';
import { signedPost } from '../../../aws/services/signed-post';
import { stackStatus } from '../../../aws/services/stack-status';
import { recordingServer } from '../../lambda/verify/recording-server';

const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev-shop/c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd';

const server = recordingServer('text/xml');

const ask = (stackId = STACK): Promise<string> =>
  stackStatus(signedPost(server.endpointOf('cloudformation')))(stackId, AbortSignal.timeout(5_000));

/** A stack in the form in which CloudFormation describes it, with the elements in CloudFormation's order. */
const member = (status: string, name = 'dev-shop', description = 'bedrock-access dev: shop'): string => `
      <member>
        <Capabilities><member>CAPABILITY_NAMED_IAM</member></Capabilities>
        <CreationTime>2026-11-21T10:00:00.000Z</CreationTime>
        <Description>${description}</Description>
        <DisableRollback>false</DisableRollback>
        <DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation>
        <EnableTerminationProtection>false</EnableTerminationProtection>
        <NotificationARNs/>
        <Outputs><member><OutputKey>Status</OutputKey><OutputValue>DELETE_FAILED</OutputValue></member></Outputs>
        <RollbackConfiguration/>
        <StackId>${STACK}</StackId>
        <StackName>${name}</StackName>
        <StackStatus>${status}</StackStatus>
        <StackStatusReason>UPDATE_ROLLBACK_FAILED was yesterday</StackStatusReason>
        <Tags><member><Key>Application</Key><Value>&lt;StackStatus&gt;ROLLBACK_COMPLETE&lt;/StackStatus&gt;</Value></member></Tags>
      </member>`;

const described = (...members: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
  <DescribeStacksResult>
    <Stacks>${members.join('')}
    </Stacks>
  </DescribeStacksResult>
  <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
</DescribeStacksResponse>`;

const failed = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>
  <RequestId>r-1</RequestId>
</ErrorResponse>`;

const sdk = (): CloudFormationClient =>
  new CloudFormationClient({
    region: 'us-east-1',
    endpoint: server.endpointOf('cloudformation').url ?? '',
    maxAttempts: 1,
  });

test("the request equals that of the SDK's client", async () => {
  server.reply = { status: 200, body: described(member('UPDATE_IN_PROGRESS')) };
  await ask();
  const client = sdk();
  await client.send(new DescribeStacksCommand({ StackName: STACK }));
  client.destroy();

  const [ours, theirs] = server.seen.slice(-2).map(({ method, url, headers, body }) => ({
    method,
    url,
    body: Object.fromEntries(new URLSearchParams(body)),
    encoded: body.split('&').sort(),
    type: headers['content-type']?.replace('; charset=utf-8', ''),
    length: headers['content-length'] === String(Buffer.byteLength(body)),
    token: headers['x-amz-security-token'],
    hash: headers['x-amz-content-sha256'] === undefined ? 'none' : 'of the body',
    scope: headers.authorization?.replace(/^.*Credential=\w+\/\d{8}(\S+),.*$/, '$1'),
  }));
  expect(ours).toEqual(theirs);
  expect(ours).toMatchObject({
    body: { Action: 'DescribeStacks', Version: '2010-05-15', StackName: STACK },
    scope: '/us-east-1/cloudformation/aws4_request',
    token: 'token',
  });
});

test.each([
  'CREATE_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'IMPORT_ROLLBACK_IN_PROGRESS',
])('the status %s of a stack is read as by the SDK', async (status) => {
  server.reply = { status: 200, body: described(member(status)) };
  const client = sdk();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  client.destroy();
  expect(await ask()).toBe(status);
  expect(Stacks?.[0]?.StackStatus).toBe(status);
});

test('of several stacks the first is read, because an id names only one', async () => {
  server.reply = {
    status: 200,
    body: described(member('UPDATE_IN_PROGRESS'), member('UPDATE_ROLLBACK_IN_PROGRESS', 'other')),
  };
  expect(await ask()).toBe('UPDATE_IN_PROGRESS');
});

test('a description that mentions a status is not read as one', async () => {
  const words = '&lt;StackStatus&gt;UPDATE_ROLLBACK_IN_PROGRESS&lt;/StackStatus&gt; &amp; &quot;ROLLBACK&quot;';
  server.reply = { status: 200, body: described(member('UPDATE_IN_PROGRESS', 'dev-shop', words)) };
  expect(await ask()).toBe('UPDATE_IN_PROGRESS');
});

test.each([
  ['nothing', ''],
  ['no XML', 'upstream connect error'],
  ['JSON', '{"StackStatus":"UPDATE_ROLLBACK_IN_PROGRESS"}'],
  ['HTML', '<html><body>Sign in</body></html>'],
  ['no stack', described()],
  ['half of an answer', described(member('UPDATE_IN_PROGRESS')).slice(0, 900)],
  ['an empty status', described(member(''))],
  ['an element that does not end', '<StackStatus>UPDATE_ROLLBACK_IN_PROGRESS'],
  ['many elements that do not end', '<StackStatus>'.repeat(50_000)],
])('%s yields no status', async (_, body) => {
  server.reply = { status: 200, body };
  const started = performance.now();
  expect(await ask()).toBe('');
  expect(performance.now() - started).toBeLessThan(1_000);
});

interface Refusal {
  readonly status: number;
  readonly name: string;
  readonly kind: string;
  readonly says: string;
  /** Body of the answer. If it is absent, CloudFormation's own error is sent. */
  readonly body?: string;
}

test.each<Refusal>([
  { status: 400, name: 'Throttling', kind: 'throttled', says: 'Rate exceeded' },
  { status: 400, name: 'ValidationError', kind: 'invalid', says: `Stack with id ${STACK} does not exist` },
  {
    status: 403,
    name: 'AccessDenied',
    kind: 'denied',
    says: `User: arn:x is not authorized to perform: cloudformation:DescribeStacks on resource: ${STACK}`,
  },
  { status: 403, name: 'ExpiredToken', kind: 'other', says: 'The security token included in the request is expired' },
  { status: 500, name: 'InternalFailure', kind: 'failing', says: 'An internal error occurred' },
  { status: 503, name: 'UnknownError', kind: 'failing', says: 'HTTP status 503', body: '' },
  { status: 502, name: 'UnknownError', kind: 'failing', says: 'HTTP status 502', body: '<html>Bad Gateway</html>' },
  { status: 429, name: 'UnknownError', kind: 'throttled', says: 'HTTP status 429', body: 'slow down' },
  {
    status: 301,
    name: 'UnknownError',
    kind: 'other',
    says: 'HTTP status 301',
    body: described(member('UPDATE_ROLLBACK_IN_PROGRESS')),
  },
])('the error $status $name equals that of the SDK', async ({ status, name, kind, says, body }) => {
  server.reply = { status, body: body ?? failed(name, says) };
  const error: unknown = await ask().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name, message: says, $metadata: { httpStatusCode: status, requestId: 'r-1' } });
  expect(classifyError(error).kind).toBe(kind);
  if (body === undefined) {
    const client = sdk();
    const theirs = client.send(new DescribeStacksCommand({ StackName: STACK }));
    await expect(theirs).rejects.toMatchObject({ name, message: says, $metadata: { httpStatusCode: status } });
    client.destroy();
  }
});

test('a stack id with any characters stays a single value of the form', async () => {
  server.reply = { status: 200, body: described(member('UPDATE_IN_PROGRESS')) };
  const hostile = `${STACK}&Action=DeleteStack&StackName=é"%26\r\n`;
  await ask(hostile);
  const form = new URLSearchParams(server.seen.at(-1)?.body);
  expect([...form.keys()].sort()).toEqual(['Action', 'StackName', 'Version']);
  expect(form.get('StackName')).toBe(hostile);
});

test('a closed port is a lost connection', async () => {
  const nowhere = signedPost({ ...server.endpointOf('cloudformation'), url: 'http://127.0.0.1:9' });
  const error: unknown = await stackStatus(nowhere)(STACK, AbortSignal.timeout(5_000)).catch(
    (thrown: unknown) => thrown,
  );
  expect(classifyError(error)).toMatchObject({ kind: 'connection', passes: true });
});
