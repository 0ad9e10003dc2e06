const PROFILES = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile';
const ROLES = 'arn:aws:iam::111122223333:role';

/** A condition key of AWS, with the values that generated requests may have. */
export interface ConditionKey {
  readonly name: string;
  readonly kind: 'string' | 'arn' | 'bool';
  /** True for a multivalued key, which is `ArrayOf…` in the Service Authorization Reference. */
  readonly several?: true;
  readonly values: readonly string[];
}

const TEAMS = [
  'blue',
  'red',
  'Blue',
  'b.ue',
  'bl+ue',
  '(blue)',
  'a*b',
  'a?b',
  '$x',
  'zoé',
  'ZOÉ',
  'b\u{1f600}e',
  '\u{1f600}',
  '',
];

/** Keys that a request of any service may have. */
export const GLOBAL_KEYS: readonly ConditionKey[] = [
  { name: 'aws:username', kind: 'string', values: ['ann', 'bob', 'Ann'] },
  { name: 'aws:PrincipalTag/team', kind: 'string', values: TEAMS },
  { name: 'aws:ResourceTag/team', kind: 'string', values: TEAMS },
  { name: 'aws:RequestedRegion', kind: 'string', values: ['us-east-1', 'eu-west-1'] },
  { name: 'aws:PrincipalArn', kind: 'arn', values: [`${ROLES}/blue/app`, `${ROLES}/red/app`, `${ROLES}/blue/ann`] },
  {
    name: 'aws:SourceArn',
    kind: 'arn',
    values: [
      'arn:aws:sns:us-east-1:111122223333:topic',
      'arn:aws:lambda:us-east-1:111122223333:function:111122223333:app',
      'topic',
    ],
  },
  { name: 'aws:MultiFactorAuthPresent', kind: 'bool', values: ['true', 'false', 'TRUE'] },
  { name: 'aws:ViaAWSService', kind: 'bool', values: ['true', 'false'] },
  {
    name: 'aws:TagKeys',
    kind: 'string',
    several: true,
    values: ['team', 'Team', 'TEAM', 'cost', 'owner', 'owners', 'x', ''],
  },
  { name: 'aws:CalledVia', kind: 'string', several: true, values: ['athena.amazonaws.com', 'glue.amazonaws.com'] },
  { name: 'aws:PrincipalServiceNamesList', kind: 'arn', several: true, values: [`${ROLES}/blue/app`, `${ROLES}/red`] },
  { name: 'aws:PrincipalOrgPaths', kind: 'bool', several: true, values: ['true', 'false'] },
];

/** Keys that only requests for some actions have. */
export const SERVICE_KEYS: readonly ConditionKey[] = [
  { name: 'bedrock:InferenceProfileArn', kind: 'arn', values: [`${PROFILES}/abc123`, `${PROFILES}/def456`] },
  { name: 'bedrock:ServiceTier', kind: 'string', values: ['default', 'flex', 'priority'] },
  { name: 'aws:RequestTag/team', kind: 'string', values: TEAMS },
  { name: 'iam:PassedToService', kind: 'string', values: ['lambda.amazonaws.com', 'bedrock.amazonaws.com'] },
  { name: 'iam:PermissionsBoundary', kind: 'arn', values: ['arn:aws:iam::111122223333:policy/blue/limit'] },
  { name: 'sts:ExternalId', kind: 'string', values: ['blue', 'ann', '42'] },
  { name: 'sts:RoleSessionName', kind: 'string', values: ['ann', 'bob'] },
  { name: 's3:prefix', kind: 'string', values: ['ann/', 'blue/', ''] },
  { name: 's3:x-amz-acl', kind: 'string', values: ['private', 'public-read'] },
];
