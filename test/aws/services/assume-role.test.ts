import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { assumeRole } from '../../../aws/services/assume-role';
import { signedPost } from '../../../aws/services/signed-post';
import { recordingServer } from '../../lambda/verify/recording-server';

const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/probe/dev_shop_probe';
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}]}';

const server = recordingServer('text/xml');

const ask = (policy?: string) =>
  assumeRole(signedPost(server.endpointOf('sts')))(ROLE, AbortSignal.timeout(5_000), policy);

const assumed = (token = 'FwoGZXIvYXdzE+/a=='): string => `<?xml version="1.0" encoding="UTF-8"?>
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>AROA:bedrock-access-verify</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY</SecretAccessKey>
      <SessionToken>${token}</SessionToken>
      <Expiration>2026-11-21T10:15:00Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
</AssumeRoleResponse>`;

const failed = (code: string, message: string): string =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>
  <RequestId>r-1</RequestId>
</ErrorResponse>`;

const sdk = (): STSClient =>
  new STSClient({ region: 'us-east-1', endpoint: server.endpointOf('sts').url ?? '', maxAttempts: 1 });

const command = (policy?: string) =>
  new AssumeRoleCommand({
    RoleArn: ROLE,
    RoleSessionName: 'bedrock-access-verify',
    DurationSeconds: 900,
    ...(policy !== undefined && { Policy: policy }),
  });

test.each([
  ['without a session policy', undefined],
  ['with one', POLICY],
])("the request %s equals that of the SDK's client", async (_, policy) => {
  server.reply = { status: 200, body: assumed() };
  await ask(policy);
  const client = sdk();
  await client.send(command(policy));
  client.destroy();
  const [ours, theirs] = server.seen.slice(-2).map(({ method, url, headers, body }) => ({
    method,
    url,
    type: headers['content-type']?.replace(/;.*$/, ''),
    token: headers['x-amz-security-token'],
    scope: /Credential=AKID\/\d+\/([^,]+)/.exec(headers.authorization ?? '')?.[1],
    form: Object.fromEntries(new URLSearchParams(body)),
  }));
  expect(ours).toEqual(theirs);
});

test('the credentials are read unchanged', async () => {
  server.reply = { status: 200, body: assumed() };
  expect(await ask()).toEqual({
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'FwoGZXIvYXdzE+/a==',
  });
});

test.each([
  ['empty', assumed('')],
  ['no XML', 'hello'],
])('an answer that is %s is an error that reveals none of its contents', async (_, body) => {
  server.reply = { status: 200, body };
  await expect(ask()).rejects.toThrow(new Error('the answer of STS contains no credentials'));
});

test.each([
  [
    403,
    'AccessDenied',
    `User: arn:aws:sts::1:assumed-role/v/s is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
  ],
  [403, 'ExpiredToken', 'The security token included in the request is expired'],
  [400, 'Throttling', 'Rate exceeded'],
  [400, 'MalformedPolicyDocument', 'a &quot;policy&quot; &amp; more'],
])('the error %i %s equals that of the SDK', async (status, code, message) => {
  server.reply = { status, body: failed(code, message) };
  const [ours, theirs] = await Promise.all(
    [ask(), sdk().send(command())].map((call) =>
      call.then(
        () => undefined,
        (error: Error) => error,
      ),
    ),
  );
  expect(ours).toMatchObject({ message: theirs?.message, $metadata: { httpStatusCode: status, requestId: 'r-1' } });
  // The SDK adds `Exception` to some names, so errors are classified with and without it.
  expect(`${theirs?.name} ${code}`).toContain(ours?.name ?? 'none');
});
