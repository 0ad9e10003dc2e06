import { type Caller, evaluateTrust } from '../../lib/iam/evaluate/evaluate-trust';
import { documentOf } from './verdict';

const ACCOUNT = '111122223333';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const GITHUB = 'token.actions.githubusercontent.com';
const VERIFY = `arn:aws:iam::${ACCOUNT}:role/bedrock-access/verify`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';

const role = (arn: string, accountId = ACCOUNT): Caller => ({
  kind: 'aws',
  accountId,
  arns: [`arn:aws:sts::${accountId}:assumed-role/${arn.split('/').at(-1)}/session`, arn],
});
const service = (name: string): Caller => ({ kind: 'service', service: name });
const federated = (provider: string): Caller => ({ kind: 'federated', provider });

const allow = (Principal: unknown, rest = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest });

function trust(statements: readonly unknown[], caller: Caller, context = {}, action = 'sts:AssumeRole') {
  const { decision, through } = evaluateTrust(
    { name: 'trust', document: documentOf(...statements) },
    caller,
    action,
    context,
  );
  return through === undefined ? decision : `${decision} through ${through}`;
}

describe('a GitHub role', () => {
  const subjects = ['repo:acme/app:ref:refs/heads/main', 'repo:acme/app:environment:dev'];
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: PROVIDER },
    Action: WEB_IDENTITY,
    Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subjects } },
  };
  const token = (aud: string | undefined, sub: string | undefined) => ({
    ...(aud === undefined ? {} : { [`${GITHUB}:aud`]: [aud] }),
    ...(sub === undefined ? {} : { [`${GITHUB}:sub`]: [sub] }),
  });

  test.each(subjects)('accepts the token of %s', (sub) => {
    const context = token('sts.amazonaws.com', sub);
    expect(trust([statement], federated(PROVIDER), context, WEB_IDENTITY)).toBe('allowed through principal');
  });

  test.each([
    ['sts.amazonaws.com', undefined],
    [undefined, 'repo:acme/app:ref:refs/heads/main'],
    [undefined, undefined],
    ['https://github.com/acme', 'repo:acme/app:ref:refs/heads/main'],
    ['sts.amazonaws.com', ''],
    ['sts.amazonaws.com', '*'],
    ['sts.amazonaws.com', 'repo:acme/app:ref:refs/heads/main2'],
    ['sts.amazonaws.com', 'repo:acme/app:ref:refs/heads/dev'],
    ['sts.amazonaws.com', 'repo:acme/app:ref:refs/tags/main'],
    ['sts.amazonaws.com', 'repo:acme/app:pull_request'],
    ['sts.amazonaws.com', 'repo:acme/app2:ref:refs/heads/main'],
    ['sts.amazonaws.com', 'repo:Acme/app:ref:refs/heads/main'],
    ['sts.amazonaws.com', 'repo:evil/app:ref:refs/heads/main'],
    ['sts.amazonaws.com', 'repo:acme/app:environment:prod'],
    ['sts.amazonaws.com', ' repo:acme/app:environment:dev'],
    ['STS.amazonaws.com', 'repo:acme/app:environment:dev'],
  ])('refuses a token with aud %j and sub %j', (aud, sub) => {
    expect(trust([statement], federated(PROVIDER), token(aud, sub), WEB_IDENTITY)).toBe('implicitDeny');
  });

  test('refuses another provider, another action and a caller without a token', () => {
    const context = token('sts.amazonaws.com', subjects[0]);
    expect([
      trust([statement], federated(PROVIDER.replace('1111', '9999')), context, WEB_IDENTITY),
      trust([statement], federated(PROVIDER), context),
      trust([statement], role(VERIFY), context, WEB_IDENTITY),
    ]).toEqual(['implicitDeny', 'implicitDeny', 'implicitDeny']);
  });
});

describe('a role for another account', () => {
  const statement = allow(
    { AWS: 'arn:aws:iam::444455556666:root' },
    { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } },
  );

  test.each([
    ['the external id', '444455556666', { 'sts:ExternalId': ['secret'] }, 'allowed through account'],
    ['no external id', '444455556666', {}, 'implicitDeny'],
    ['another external id', '444455556666', { 'sts:ExternalId': ['Secret'] }, 'implicitDeny'],
    ['a third account', '777788889999', { 'sts:ExternalId': ['secret'] }, 'implicitDeny'],
  ])('decides a caller with %s from account %s', (_title, accountId, context, expected) => {
    expect(trust([statement], role(`arn:aws:iam::${accountId}:role/x`, accountId), context)).toBe(expected);
  });
});

test.each([
  ['the verification role', VERIFY, 'allowed through account'],
  ['another role of the account', `arn:aws:iam::${ACCOUNT}:role/other`, 'implicitDeny'],
  ['a role with a longer name', `${VERIFY}2`, 'implicitDeny'],
])('under the account root aws:PrincipalArn decides: %s', (_title, arn, expected) => {
  const statement = allow({ AWS: ROOT }, { Condition: { ArnEquals: { 'aws:PrincipalArn': VERIFY } } });
  expect(trust([statement], role(arn), { 'aws:PrincipalArn': [arn] })).toBe(expected);
});

test.each([
  ['everyone', '*', role(VERIFY), 'allowed through principal'],
  ['everyone, as AWS', { AWS: '*' }, role(VERIFY), 'allowed through principal'],
  ['the account by number', { AWS: ACCOUNT }, role(VERIFY), 'allowed through account'],
  ['the account by root', { AWS: ROOT }, role(VERIFY), 'allowed through account'],
  ['the role', { AWS: VERIFY }, role(VERIFY), 'allowed through principal'],
  ['the role and its account', { AWS: [ROOT, VERIFY] }, role(VERIFY), 'allowed through principal'],
  [
    'the session',
    { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/verify/session` },
    role(VERIFY),
    'allowed through principal',
  ],
  ['another session', { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/verify/other` }, role(VERIFY), 'implicitDeny'],
  [
    'a user',
    { AWS: `arn:aws:iam::${ACCOUNT}:user/ann` },
    role(`arn:aws:iam::${ACCOUNT}:user/ann`),
    'allowed through principal',
  ],
  ['a service', { Service: 'lambda.amazonaws.com' }, service('lambda.amazonaws.com'), 'allowed through principal'],
  [
    'one of two services',
    { Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
    service('b.amazonaws.com'),
    'allowed through principal',
  ],
  ['another service', { Service: 'lambda.amazonaws.com' }, service('ec2.amazonaws.com'), 'implicitDeny'],
  ['a service, when a role calls', { Service: 'lambda.amazonaws.com' }, role(VERIFY), 'implicitDeny'],
  ['the account, when a service calls', { AWS: ROOT }, service('lambda.amazonaws.com'), 'implicitDeny'],
  ['a service and a role', { Service: 'a.amazonaws.com', AWS: VERIFY }, role(VERIFY), 'allowed through principal'],
])('a statement that names %s decides the caller', (_title, principal, caller, expected) => {
  expect(trust([allow(principal)], caller)).toBe(expected);
});

test('an allow of the caller itself takes precedence over one of its account', () => {
  const document = documentOf(allow({ AWS: ROOT }, { Sid: 'Account' }), allow({ AWS: VERIFY }, { Sid: 'Role' }));
  expect(evaluateTrust({ name: 'trust', document }, role(VERIFY), 'sts:AssumeRole', {})).toEqual({
    decision: 'allowed',
    layer: 'trust',
    through: 'principal',
    decidedBy: [{ layer: 'trust', policy: 'trust', sid: 'Role' }],
    refusals: [],
  });
});

test.each([
  ['everyone', '*'],
  ['the account', { AWS: ROOT }],
  ['the role', { AWS: VERIFY }],
])('a deny of %s overrides the allow', (_title, principal) => {
  const document = documentOf(allow({ AWS: VERIFY }), { ...allow(principal, { Sid: 'No' }), Effect: 'Deny' });
  expect(evaluateTrust({ name: 'trust', document }, role(VERIFY), 'sts:AssumeRole', {})).toEqual({
    decision: 'explicitDeny',
    layer: 'trust',
    decidedBy: [{ layer: 'trust', policy: 'trust', sid: 'No' }],
    refusals: [],
  });
});

test('a deny of another principal has no effect', () => {
  expect(trust([allow({ AWS: VERIFY }), { ...allow({ AWS: `${VERIFY}2` }), Effect: 'Deny' }], role(VERIFY))).toBe(
    'allowed through principal',
  );
});
