import { trustOf } from '../../../../lib/plan/application/trust/trust';
import { application, MANY_PRINCIPALS, place, planOf } from '../../environments';

test('a service that acts for a resource may assume its role only for this account and Region', () => {
  expect(trustOf(place, { kind: 'service', service: 'ecs-tasks.amazonaws.com' })).toEqual([
    {
      Sid: 'Service',
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: ['sts:AssumeRole'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:111122223333:*' },
      },
    },
  ]);
});

test('a role for GitHub trusts one audience and the exact subjects of its branches and environments', () => {
  const github = { repository: 'acme/code-review', branches: ['main', 'release/1'], environments: ['production'] };
  expect(trustOf(place, { kind: 'github', github })[0]).toEqual({
    Sid: 'GitHub',
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': [
          'repo:acme/code-review:ref:refs/heads/main',
          'repo:acme/code-review:ref:refs/heads/release/1',
          'repo:acme/code-review:environment:production',
        ],
      },
    },
  });
});

test('a role for another account asks for the external id', () => {
  expect(trustOf(place, { kind: 'account', account: '444455556666', externalId: 'search-7f3a' })[0]).toEqual({
    Sid: 'OtherAccount',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'sts:ExternalId': 'search-7f3a' } },
  });
});

const EKS = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const provider = (issuer: string): object => ({ Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` });

test('a role for pods trusts the one service account, and no session tags', () => {
  const irsa = { provider: EKS, namespace: 'chat', serviceAccount: 'api' };
  expect(trustOf(place, { kind: 'irsa', irsa })).toEqual([
    {
      Sid: 'Pods',
      Effect: 'Allow',
      Principal: provider(EKS),
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com', [`${EKS}:sub`]: ['system:serviceaccount:chat:api'] },
      },
    },
  ]);
});

test('a role for GitLab trusts its own address as audience and the exact subjects of its branches', () => {
  const gitlab = { project: 'acme/tools/chat', branches: ['main', 'release/1'], host: 'gitlab.com' };
  expect(trustOf(place, { kind: 'gitlab', gitlab })).toEqual([
    {
      Sid: 'GitLab',
      Effect: 'Allow',
      Principal: provider('gitlab.com'),
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: {
          'gitlab.com:aud': 'https://gitlab.com',
          'gitlab.com:sub': [
            'project_path:acme/tools/chat:ref_type:branch:ref:main',
            'project_path:acme/tools/chat:ref_type:branch:ref:release/1',
          ],
        },
      },
    },
  ]);
});

test.each([
  [
    ['team:search:job:nightly'],
    { StringEquals: { 'ci.example.com:aud': 'bedrock', 'ci.example.com:sub': ['team:search:job:nightly'] } },
  ],
  [
    ['team:search:*'],
    { StringEquals: { 'ci.example.com:aud': 'bedrock' }, StringLike: { 'ci.example.com:sub': ['team:search:*'] } },
  ],
])(
  'a role for the subjects %j of another issuer compares them as patterns only with a wildcard',
  (subjects, condition) => {
    const oidc = { provider: 'ci.example.com', audience: 'bedrock', subjects };
    const [token, tags] = trustOf(place, { kind: 'oidc', oidc });
    expect([token?.Principal, token?.Condition, tags?.Sid]).toEqual([
      provider('ci.example.com'),
      condition,
      'TagSession',
    ]);
  },
);

test('a role for an organization asks for the organization and the pattern of the role, and a source identity', () => {
  const other = { account: '444455556666', organization: 'o-a1b2c3d4e5', rolePattern: 'deploy-*' };
  const Principal = { AWS: 'arn:aws:iam::444455556666:root' };
  const [assume, tags, source] = trustOf(place, { kind: 'account', ...other, sourceIdentity: 'required' });
  expect([assume?.Principal, assume?.Condition, tags?.Sid, source]).toEqual([
    Principal,
    {
      StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/deploy-*' },
      StringLike: { 'sts:SourceIdentity': '?*' },
    },
    'TagSession',
    { Sid: 'SourceIdentity', Effect: 'Allow', Principal, Action: ['sts:SetSourceIdentity'] },
  ]);
});

test('a probe role trusts only the verification role of its environment', () => {
  expect(trustOf(place, { kind: 'probe', tries: 'access' })).toEqual([
    {
      Sid: 'VerificationAlone',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: ['sts:AssumeRole'],
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification' },
      },
    },
  ]);
});

test('each principal has one role, existing roles and users are named, and there are two probe roles', () => {
  const principals = [
    { service: 'lambda.amazonaws.com' },
    { role: 'arn:aws:iam::111122223333:role/services/chat-api' },
    { github: { repository: 'acme/code-review', branches: ['main'] } },
    { account: '444455556666', externalId: 'chat-7f3a' },
    { user: 'alice' },
  ];
  const [chat] = planOf({ chat: application({ principals }) }).applications;
  const arn = 'arn:aws:iam::111122223333:role/bedrock-access/dev/';
  expect(chat?.roles.map(({ trust, path, ...role }) => ({ ...role, trust: trust[0]?.Sid }))).toEqual([
    {
      name: 'dev_chat_lambda',
      arn: `${arn}dev_chat_lambda`,
      boundaryArn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
      principal: { kind: 'service', service: 'lambda.amazonaws.com' },
      trust: 'Service',
    },
    {
      name: 'dev_chat_github-code-review-677acd',
      arn: `${arn}dev_chat_github-code-review-677acd`,
      boundaryArn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
      principal: { kind: 'github', github: { repository: 'acme/code-review', branches: ['main'] } },
      trust: 'GitHub',
    },
    {
      name: 'dev_chat_from-444455556666',
      arn: `${arn}dev_chat_from-444455556666`,
      boundaryArn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
      principal: { kind: 'account', account: '444455556666', externalId: 'chat-7f3a' },
      trust: 'OtherAccount',
    },
    {
      name: 'dev_chat_probe',
      arn: `${arn}probe/dev_chat_probe`,
      boundaryArn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
      principal: { kind: 'probe', tries: 'access' },
      trust: 'VerificationAlone',
    },
    {
      name: 'dev_chat_probe-policies',
      arn: `${arn}probe/dev_chat_probe-policies`,
      boundaryArn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_probe-boundary',
      principal: { kind: 'probe', tries: 'policies' },
      trust: 'VerificationAlone',
    },
  ]);
  expect([chat?.existingRoles, chat?.existingUsers]).toEqual([['chat-api'], ['alice']]);
});

test('sessions of GitHub and of other accounts may set session tags, and no other sessions may', () => {
  const principals = [
    { service: 'lambda.amazonaws.com' },
    { github: { repository: 'acme/code-review', branches: ['main'] } },
    { account: '444455556666', externalId: 'chat-7f3a' },
  ];
  const [chat] = planOf({ chat: application({ principals }) }).applications;
  const tagging = (Principal: object) => ({
    Sid: 'TagSession',
    Effect: 'Allow',
    Principal,
    Action: ['sts:TagSession'],
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['User', 'Job'] } },
  });
  expect(chat?.roles.map(({ trust }) => trust[1])).toEqual([
    undefined,
    tagging({ Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }),
    tagging({ AWS: 'arn:aws:iam::444455556666:root' }),
    undefined,
    undefined,
  ]);
});

test('a session may set no tag that the file sets', () => {
  expect(() => planOf({ chat: application() }, { tags: { job: 'x' } })).toThrow(
    /the tag 'Job' is reserved for sessions, whose tag would override it; choose another key/,
  );
});

test.each([
  ['a dot and a hyphen', ['x.y.amazonaws.com', 'x-y.amazonaws.com']],
  ['two hyphens', ['x--y.amazonaws.com', 'x-y.amazonaws.com']],
  ['a probe', ['probe.amazonaws.com', 'probe-policies.amazonaws.com']],
  ['an account', ['from-444455556666.amazonaws.com']],
])('services that differ by %s have roles with different names', (_, services) => {
  const principals = [
    ...services.map((service) => ({ service })),
    { account: '444455556666', externalId: 'chat-7f3a' },
  ];
  const roles = planOf({ chat: application({ principals }) }).applications[0]?.roles ?? [];
  expect(new Set(roles.map((r) => r.name)).size).toBe(principals.length + 2);
});

test('every trust policy fits the 2,048 characters that IAM allows', () => {
  const roles = planOf({ chat: application({ principals: MANY_PRINCIPALS }) }).applications[0]?.roles ?? [];
  const sizes = roles.map((r) => JSON.stringify({ Version: '2012-10-17', Statement: r.trust }).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
});
