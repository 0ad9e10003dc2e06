import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { LocalIssuer } from '../../lib/cli/trust/local-issuer';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { failure, settings } from './clients';
import { accountOf, allow, documentOf, role, type Statement } from './small-account';

const ISSUER = 'ci.example.com';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const ROOT = 'arn:aws:iam::111122223333:root';
const issuer = new LocalIssuer();
const trusting = (name: string, ...statements: readonly Statement[]) =>
  role(name, [allow(['sts:AssumeRole', 'sts:SetSourceIdentity'], '*')], {
    trust: { name: 'trust', document: documentOf(statements) },
  });
const web = (Action: string, Condition?: unknown): Statement => ({
  ...{ Effect: 'Allow', Principal: { Federated: PROVIDER }, Action },
  ...(Condition !== undefined && { Condition }),
});
const own = (Action: readonly string[]): Statement => ({ Effect: 'Allow', Principal: { AWS: ROOT }, Action });

const account = accountOf([
  trusting('job', web('sts:AssumeRoleWithWebIdentity', { StringEquals: { [`${ISSUER}:sub`]: 'nightly' } })),
  trusting('named', web('sts:AssumeRoleWithWebIdentity'), web('sts:SetSourceIdentity')),
  trusting('next', own(['sts:AssumeRole', 'sts:SetSourceIdentity'])),
  trusting('nameless', own(['sts:AssumeRole'])),
]);
const arn = (name: string): string => `arn:aws:iam::111122223333:role/team/${name}`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ account, issuers: new Map([[ISSUER, issuer.publicKey]]) });
});
afterAll(() => sandbox.close());

const claims = { issuer: ISSUER, audience: 'bedrock', subject: 'nightly', tags: {} };
const send = (name: string, WebIdentityToken: string) =>
  new STSClient({ region: 'us-east-1', endpoint: sandbox.url, maxAttempts: 1 }).send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: arn(name), RoleSessionName: 'job-1', WebIdentityToken }),
  );

const DAY = 86_400_000;
test.each<[string, string, string, RegExp | undefined]>([
  ['the right token', 'job', issuer.token(claims), undefined],
  ['another subject', 'job', issuer.token({ ...claims, subject: 'daily' }), /^403 AccessDenied: /],
  ['an unknown issuer', 'job', issuer.token({ ...claims, issuer: 'x.example.com' }), /No OpenIDConnect provider found/],
  ['a foreign signature', 'job', new LocalIssuer().token(claims), /^400 InvalidIdentityToken/],
  ['a token of yesterday', 'job', issuer.token(claims, Date.now() - DAY), /^400 ExpiredToken/],
  ['session tags that are not allowed', 'job', issuer.token({ ...claims, tags: { User: 'ada' } }), /sts:TagSession/],
  ['no token', 'job', 'nonsense', /is not a valid JWT/],
  ['an unsigned token', 'job', issuer.token(claims).replace(/\.[^.]*$/, '.'), /^400 InvalidIdentityToken/],
])('AssumeRoleWithWebIdentity with %s', async (_, name, token, expected) => {
  const result = expected === undefined ? send(name, token) : failure(send(name, token));
  await (expected === undefined
    ? expect(result).resolves.toHaveProperty('AssumedRoleUser.Arn')
    : expect(result).resolves.toMatch(expected));
});

test('the source identity of a session stays the same in further roles, which must allow it', async () => {
  const { Credentials } = await send('named', issuer.token({ ...claims, sourceIdentity: 'ada' }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const client = new STSClient({ region: 'us-east-1', endpoint: sandbox.url, credentials, maxAttempts: 1 });
  const assume = (name: string, SourceIdentity?: string) =>
    client.send(
      new AssumeRoleCommand({
        ...{ RoleArn: arn(name), RoleSessionName: 'next' },
        ...(SourceIdentity !== undefined && { SourceIdentity }),
      }),
    );
  expect((await assume('next')).SourceIdentity).toBe('ada');
  expect((await assume('next', 'ada')).SourceIdentity).toBe('ada');
  expect(await failure(assume('next', 'bob'))).toMatch(/not authorized to perform: sts:SetSourceIdentity/);
  expect(await failure(assume('nameless'))).toMatch(/not authorized to perform: sts:SetSourceIdentity/);
  expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/assumed-role\/named\/job-1$/);
});

test('a caller from outside can assume the roles that trust it, and nothing else', async () => {
  const caller = { kind: 'service', service: 'lambda.amazonaws.com' } as const;
  const credentials = sandbox.credentialsOutside({ caller, keys: {} });
  const client = new STSClient(settings(sandbox.url, credentials));
  const assume = client.send(new AssumeRoleCommand({ RoleArn: arn('job'), RoleSessionName: 'fn' }));
  expect(await failure(assume)).toMatch(/^403 AccessDenied: User: lambda.amazonaws.com is not authorized/);
});
