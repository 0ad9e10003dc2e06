import type { Random } from '../../iam/random';
import { OPERATORS } from '../../iam/random-case';
import type { MutableStatement } from './mutated-account';

const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp';
const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification';

const ACTIONS = {
  policy: [
    '*',
    'bedrock:*',
    'bedrock:Invoke*',
    'bedrock:InvokeMode?',
    'bedrock:GetInferenceProfile',
    's3:GetObject',
    'ssm:*',
    'iam:PassRole',
  ],
  trust: [
    '*',
    'sts:*',
    'sts:Assume*',
    'sts:AssumeRol?',
    'sts:AssumeRole',
    'sts:AssumeRoleWithWebIdentity',
    'sts:TagSession',
  ],
};
const RESOURCES = [
  '*',
  PROFILE,
  `${PROFILE.slice(0, -4)}*`,
  `${PROFILE.slice(0, -1)}?`,
  'arn:aws:bedrock:*:*:*',
  'arn:aws:bedrock:us-*::foundation-model/*',
  'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6',
  'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/*',
  'arn:aws:iam::111122223333:role/bedrock-access/*',
  'arn:aws:s3:::data/*',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  'arn:aws:s3:::${aws:PrincipalAccount}/*',
];
const PRINCIPALS: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: 'arn:aws:iam::444455556666:root' },
  { AWS: [ROLE, '999988887777'] },
  { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
  { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
];
/** Condition keys of every type, of unknown type, and of the caller. Values are patterns, empty, or in another case. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': [
    ROLE,
    'arn:aws:iam::*:role/*',
    'arn:aws:iam::4444*:role/*',
    'arn:aws:iam::111122223333:user/x',
    '*tion',
  ],
  'aws:PrincipalAccount': ['111122223333', '1*', '9*'],
  'aws:TagKeys': ['User', 'Job', 'user', 'U*', 'CostCenter', ''],
  'aws:UserName': ['bob', 'b*', '?', '', 'B*b'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:RequestedRegion': ['us-east-1', 'us-*', ''],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  'aws:ResourceAccount': ['111122223333', '${aws:PrincipalAccount}'],
  'aws:PrincipalTag/team': ['red', 'r*', 'RED', ''],
  'bedrock:InferenceProfileArn': [PROFILE, `${PROFILE.slice(0, -2)}*`, 'arn:*:*:*:*:*'],
  'sts:ExternalId': ['document-search-7f3a', 'document*', '', 'DOCUMENT-search-7f3a'],
  'token.actions.githubusercontent.com:sub': ['repo:acme/*', 'repo:acme/code-review:ref:refs/heads/main'],
};

type Block = NonNullable<MutableStatement['Condition']>;

function randomBlock(random: Random): Block {
  const operator = random.one(OPERATORS);
  const key = random.one(Object.keys(KEYS));
  if (operator === 'Null' || operator.includes('Bool')) {
    return { [operator]: { [key]: random.one(['true', 'false']) } };
  }
  const values = operator.includes('Arn') ? (KEYS[key] ?? []).filter((v) => v.startsWith('arn:')) : (KEYS[key] ?? []);
  return { [operator]: { [key]: random.some(values.length === 0 ? [PROFILE, ROLE] : values, 2) } };
}

function randomStatement(kind: 'policy' | 'trust', random: Random): MutableStatement {
  return {
    Sid: 'Extra',
    Effect: random.chance(0.65) ? 'Allow' : 'Deny',
    ...(kind === 'trust' && { Principal: random.one(PRINCIPALS) }),
    [random.chance(0.85) ? 'Action' : 'NotAction']: random.some(ACTIONS[kind], 2),
    ...(kind === 'policy' && { [random.chance(0.85) ? 'Resource' : 'NotResource']: random.some(RESOURCES, 2) }),
    ...(random.chance(0.85) && {
      Condition: { ...randomBlock(random), ...(random.chance(0.4) ? randomBlock(random) : {}) },
    }),
  };
}

/** Adds a random statement, or a random condition to a statement. */
export function changeAtRandom(statements: MutableStatement[], kind: 'policy' | 'trust', random: Random): void {
  const extra = randomStatement(kind, random);
  const changed = random.one(statements);
  if (random.chance(0.65)) {
    statements.push(extra);
  } else {
    changed.Condition = { ...(random.chance(0.5) ? changed.Condition : {}), ...randomBlock(random) };
  }
}
