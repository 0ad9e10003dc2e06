import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import type { Principal } from '../../lib/account/account';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import {
  ANYTHING,
  accountOf,
  allow,
  documentOf,
  GEOGRAPHIC,
  REGIONAL,
  role,
  type Statement,
  user,
} from './small-account';

const ROOT = 'arn:aws:iam::111122223333:root';
const ALICE = 'arn:aws:iam::111122223333:user/alice';
const HOP = 'arn:aws:iam::111122223333:role/team/hop';

const trusting = (name: string, Principal: unknown, more: Statement = {}, others: Partial<Principal> = {}) =>
  role(name, [ANYTHING], {
    trust: { name: 'trust', document: documentOf([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }]) },
    ...others,
  });
const own = (effect: string): Statement => ({
  Effect: effect,
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Resource: 'arn:aws:iam::111122223333:role/team/*',
});
const USER = [{ Key: 'User', Value: 'ada' }];

const account = accountOf([
  user('alice', [own('Allow')]),
  user('bob', []),
  user('mallory', [own('Deny')]),
  role('hop', [own('Allow')]),
  role('limited', [own('Allow')], { boundary: { name: 'boundary', document: documentOf([allow('bedrock:*', '*')]) } }),
  { ...trusting('by-account', { AWS: ROOT }), maxSessionSeconds: 43_200 },
  trusting('an-hour', { AWS: ROOT }),
  trusting('by-name', {
    AWS: ['arn:aws:iam::111122223333:user/bob', ALICE.replace('alice', 'mallory'), HOP, HOP.replace('hop', 'limited')],
  }),
  trusting('with-id', { AWS: ROOT }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret-1' } } }),
  trusting('by-arn', { AWS: ROOT }, { Condition: { ArnEquals: { 'aws:PrincipalArn': HOP } } }),
  trusting('by-session', { AWS: ROOT }, { Condition: { StringEquals: { 'sts:RoleSessionName': 'right' } } }),
  trusting('lambda-alone', { Service: 'lambda.amazonaws.com' }),
  role('untold', [ANYTHING]),
  user('oscar', [{ ...own('Allow'), Action: 'sts:AssumeRole' }]),
  role('tagged', [], {
    tags: { Application: 'chat', User: 'nobody' },
    trust: {
      name: 'trust',
      document: documentOf([
        { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Allow',
          Principal: { AWS: ROOT },
          Action: 'sts:TagSession',
          Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['User', 'Job'] } },
        },
      ]),
    },
    policies: [
      {
        name: 'for ada',
        document: documentOf([
          {
            Effect: 'Allow',
            Action: 'bedrock:*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalTag/User': 'ada', 'aws:PrincipalTag/Application': 'chat' } },
          },
        ]),
      },
    ],
  }),
]);

let sandbox: Sandbox;
let clock = new Date(Math.floor(Date.now() / 1000) * 1000);
const open: { destroy(): void }[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ account, now: () => clock });
});
afterAll(async () => {
  for (const client of open) {
    client.destroy();
  }
  await sandbox.close();
});

const arnOf = (name: string): string => account.principals.find((p) => p.name === name)?.arn ?? name;

function stsAs(name: string) {
  const client = CLIENTS.sts(settings(sandbox.url, sandbox.credentialsFor(arnOf(name))));
  open.push(client);
  return client;
}

const assume = (as: string, name: string, more: Partial<AssumeRoleCommandInput> = {}) =>
  stsAs(as).send(new AssumeRoleCommand({ RoleArn: arnOf(name), RoleSessionName: 'right', ...more }));

test('GetCallerIdentity names a user and a role session', async () => {
  expect(await stsAs('alice').send(new GetCallerIdentityCommand())).toMatchObject({
    Arn: ALICE,
    Account: '111122223333',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  });
  expect(await stsAs('hop').send(new GetCallerIdentityCommand())).toMatchObject({
    Arn: 'arn:aws:sts::111122223333:assumed-role/hop/sandbox',
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:sandbox$/),
  });
});

test('an assumed role signs as its session for the requested duration', async () => {
  const { Credentials, AssumedRoleUser } = await assume('alice', 'by-account', { DurationSeconds: 900 });
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/by-account/right');
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(Math.round(((Credentials?.Expiration?.getTime() ?? 0) - clock.getTime()) / 1000)).toBe(900);
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {};
  const client = CLIENTS.sts(settings(sandbox.url, { accessKeyId, secretAccessKey, sessionToken }));
  open.push(client);
  expect((await client.send(new GetCallerIdentityCommand())).Arn).toBe(AssumedRoleUser?.Arn);
});

test('a session policy limits the role', async () => {
  const Policy = JSON.stringify(
    documentOf([allow('bedrock:*', [REGIONAL.arn, 'arn:aws:bedrock:*::foundation-model/*'])]),
  );
  const { Credentials } = await assume('alice', 'by-account', { Policy });
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {};
  const client = CLIENTS.runtime(settings(sandbox.url, { accessKeyId, secretAccessKey, sessionToken }));
  open.push(client);
  const call = (modelId: string) =>
    failure(client.send(new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'x' }] }] })));
  expect(await call(REGIONAL.arn)).toBe('no error');
  expect(await call(GEOGRAPHIC.arn)).toMatch(/because no session policy allows the bedrock:InvokeModel action$/);
});

test('a session tag replaces the tag of the role with the same key, and the other tags stay', async () => {
  const calls = [{ Tags: USER }, { Tags: [{ Key: 'User', Value: 'bob' }] }, {}].map(async (more) => {
    const { Credentials } = await assume('alice', 'tagged', more);
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken: sessionToken = '',
    } = Credentials ?? {};
    const client = CLIENTS.runtime(settings(sandbox.url, { accessKeyId, secretAccessKey, sessionToken }));
    open.push(client);
    const messages = [{ role: 'user' as const, content: [{ text: 'x' }] }];
    return failure(client.send(new ConverseCommand({ modelId: REGIONAL.arn, messages })));
  });
  const denied = expect.stringMatching(/^403 AccessDenied/);
  expect(await Promise.all(calls)).toEqual(['no error', denied, denied]);
});

const caller = (name: string): string =>
  arnOf(name).includes(':user/') ? arnOf(name) : `arn:aws:sts::111122223333:assumed-role/${name}/sandbox`;
const refused = (as: string, name: string, reason: string): string =>
  `403 AccessDenied: User: ${caller(as)} is not authorized to perform: sts:AssumeRole on resource: ${arnOf(name)}${reason}`;
const NO_TRUST = ' because no role trust policy allows the sts:AssumeRole action';
const NO_IDENTITY = ' because no identity-based policy allows the sts:AssumeRole action';
const notTagged = (as: string, name: string, reason: string): string =>
  refused(as, name, reason).replace('sts:AssumeRole', 'sts:TagSession');
const UNKNOWN = 'arn:aws:iam::111122223333:role/nobody';

test.each<[string, string, string, Partial<AssumeRoleCommandInput>, string]>([
  ['trust by account and an identity policy', 'alice', 'by-account', {}, 'no error'],
  ['trust by account without an identity policy', 'bob', 'by-account', {}, refused('bob', 'by-account', NO_IDENTITY)],
  ['trust by name without an identity policy', 'bob', 'by-name', {}, 'no error'],
  ['trust by name of a role', 'hop', 'by-name', {}, 'no error'],
  [
    'trust by name against an explicit deny',
    'mallory',
    'by-name',
    {},
    refused('mallory', 'by-name', ' with an explicit deny in an identity-based policy'),
  ],
  [
    'trust by name of a role whose boundary does not allow it',
    'limited',
    'by-name',
    {},
    refused('limited', 'by-name', ' because no permissions boundary allows the sts:AssumeRole action'),
  ],
  ['trust of another principal', 'alice', 'by-name', {}, refused('alice', 'by-name', NO_TRUST)],
  ['trust of a service', 'alice', 'lambda-alone', {}, refused('alice', 'lambda-alone', NO_TRUST)],
  ['the right external id', 'alice', 'with-id', { ExternalId: 'secret-1' }, 'no error'],
  ['a wrong external id', 'alice', 'with-id', { ExternalId: 'secret-2' }, refused('alice', 'with-id', NO_TRUST)],
  ['no external id', 'alice', 'with-id', {}, refused('alice', 'with-id', NO_TRUST)],
  ['the role of a session in aws:PrincipalArn', 'hop', 'by-arn', {}, 'no error'],
  ['another aws:PrincipalArn', 'alice', 'by-arn', {}, refused('alice', 'by-arn', NO_TRUST)],
  ['the session name as a condition', 'alice', 'by-session', {}, 'no error'],
  [
    'another session name',
    'alice',
    'by-session',
    { RoleSessionName: 'wrong' },
    refused('alice', 'by-session', NO_TRUST),
  ],
  ['a role that does not exist', 'alice', 'nobody', { RoleArn: UNKNOWN }, refused('alice', UNKNOWN, '')],
  [
    'a role whose trust policy is not known',
    'alice',
    'untold',
    {},
    refused('alice', 'untold', ': the sandbox does not know the trust policy of untold'),
  ],
  [
    '899 seconds',
    'alice',
    'by-account',
    { DurationSeconds: 899 },
    "400 ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  ['twelve hours', 'alice', 'by-account', { DurationSeconds: 43_200 }, 'no error'],
  [
    'more than twelve hours',
    'alice',
    'by-account',
    { DurationSeconds: 43_201 },
    "400 ValidationError: 1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
  ],
  [
    'more than the role allows, which is an hour by default',
    'alice',
    'an-hour',
    { DurationSeconds: 3601 },
    '400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ],
  ['an hour for a chained role', 'hop', 'by-account', { DurationSeconds: 3600 }, 'no error'],
  [
    'more than an hour for a chained role',
    'hop',
    'by-account',
    { DurationSeconds: 3601 },
    '400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
  ],
  ['a tag that the trust policy allows', 'alice', 'tagged', { Tags: USER }, 'no error'],
  [
    'both tags that the trust policy allows',
    'alice',
    'tagged',
    { Tags: [...USER, { Key: 'Job', Value: '7' }] },
    'no error',
  ],
  [
    'a cost allocation tag',
    'alice',
    'tagged',
    { Tags: [...USER, { Key: 'Application', Value: 'other' }] },
    notTagged('alice', 'tagged', ' because no role trust policy allows the sts:TagSession action'),
  ],
  [
    'a tag whose key differs in case',
    'alice',
    'tagged',
    { Tags: [{ Key: 'user', Value: 'x' }] },
    notTagged('alice', 'tagged', ' because no role trust policy allows the sts:TagSession action'),
  ],
  [
    'tags that the trust policy does not mention',
    'alice',
    'by-account',
    { Tags: USER },
    notTagged('alice', 'by-account', ' because no role trust policy allows the sts:TagSession action'),
  ],
  [
    'tags that the caller may not set',
    'oscar',
    'tagged',
    { Tags: USER },
    notTagged('oscar', 'tagged', ' because no identity-based policy allows the sts:TagSession action'),
  ],
  [
    'transitive tags',
    'alice',
    'tagged',
    { Tags: USER, TransitiveTagKeys: ['User'] },
    '400 ValidationError: the sandbox does not support the parameter TransitiveTagKeys.member.1; it supports RoleArn, RoleSessionName, DurationSeconds, Policy, ExternalId, SourceIdentity, Tags',
  ],
])('AssumeRole with %s', async (_, as, name, more, outcome) => {
  expect(await failure(assume(as, name, more))).toBe(outcome);
});

test.each<[Partial<AssumeRoleCommandInput>, RegExp]>([
  [{ Policy: '{' }, /^400 MalformedPolicyDocument\w*: The policy is not valid JSON/],
  [{ Policy: '[]' }, /^400 MalformedPolicyDocument/],
  [
    { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Maybe' }] }) },
    /^400 MalformedPolicyDocument/,
  ],
  [{ Policy: ' '.repeat(2049) }, /^400 ValidationError: .*length less than or equal to 2048/],
  [{ RoleSessionName: 'a' }, /^400 ValidationError: .*roleSessionName/],
  [{ RoleSessionName: 'a b' }, /^400 ValidationError: .*roleSessionName/],
  [{ RoleArn: 'x' }, /^400 ValidationError: .*roleArn/],
  [{ ExternalId: 'a<b' }, /^400 ValidationError: .*externalId/],
  [{ Tags: [{ Key: 'a<b', Value: '' }] }, /^400 ValidationError: tags: member 1 must have/],
  [{ Tags: [{ Key: 'AWS:a', Value: '' }] }, /^400 ValidationError: tags: member 1 must have/],
  [{ Tags: [{ Key: 'a', Value: 'x'.repeat(257) }] }, /^400 ValidationError: tags: member 1 must have/],
  [{ Tags: [...USER, { Key: 'user', Value: '' }] }, /^400 ValidationError: tags: a key is listed twice/],
  [
    { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) },
    /^400 ValidationError: tags: a session takes at most 50 tags, got 51/,
  ],
])('AssumeRole refuses %j', async (more, message) => {
  expect(await failure(assume('alice', 'by-account', more))).toMatch(message);
});

test('another action is invalid', async () => {
  expect(await failure(stsAs('alice').send(new GetSessionTokenCommand()))).toMatch(/^400 InvalidAction/);
});

test('a denied call is logged with the role that was requested', async () => {
  const before = sandbox.calls.length;
  await failure(assume('bob', 'by-account'));
  expect(sandbox.calls.slice(before)).toEqual([
    {
      service: 'sts',
      operation: 'AssumeRole',
      principal: arnOf('bob'),
      target: arnOf('by-account'),
      decision: 'implicitDeny',
      deniedAction: 'sts:AssumeRole',
      deniedResource: arnOf('by-account'),
      status: 403,
    },
  ]);
});

test('a session expires at the end of its duration', async () => {
  const client = CLIENTS.sts({ ...settings(sandbox.url, sandbox.credentialsFor(HOP, { seconds: 60 })) });
  open.push(client);
  expect(await failure(client.send(new GetCallerIdentityCommand()))).toBe('no error');
  const start = clock;
  clock = new Date(start.getTime() + 61_000);
  const failed = await failure(client.send(new GetCallerIdentityCommand()));
  clock = start;
  expect(failed).toMatch(/^403 ExpiredToken\w*: The security token included in the request is expired/);
});
