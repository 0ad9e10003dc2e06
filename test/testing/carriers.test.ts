import '../../lib/testing';
import { allow, documentOf, type Json, MODEL, PROFILE, policy, role, sentenceOf, through } from './small-template';

const MANAGED = 'AWS::IAM::ManagedPolicy';
const bare = [allow({ Resource: MODEL })];
const good = [allow({ Resource: PROFILE })];
const OUTSIDE = 'arn:aws:iam::111122223333:policy/outside';
const aws = (name: string): Json => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]],
});
const may = (who: string, by = 'policy Access statement 1', what = MODEL): string =>
  `${who} may bedrock:InvokeModel on ${what} without any profile; allowed by ${by}`;
const claude = 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6';

const cases: readonly [name: string, resources: Json, says: string][] = [
  ['a role', { Api: role(), Access: policy(bare, { Roles: [{ Ref: 'Api' }] }) }, may('role Api')],
  [
    'a role with a name of its own',
    { Api: role({ RoleName: 'api' }), Access: policy(bare, { Roles: ['api'] }) },
    may('role Api'),
  ],
  [
    'an inline policy of a role',
    { Api: role({ Policies: [{ PolicyName: 'models', PolicyDocument: documentOf(bare) }] }) },
    may('role Api', 'inline policy models statement 1'),
  ],
  [
    'a managed policy that the role lists',
    { Api: role({ ManagedPolicyArns: [{ Ref: 'Access' }] }), Access: policy(bare, {}, MANAGED) },
    may('role Api'),
  ],
  [
    'a managed policy that lists the role',
    { Api: role(), Access: policy(bare, { Roles: [{ Ref: 'Api' }] }, MANAGED) },
    may('role Api'),
  ],
  [
    'a managed policy that is not attached',
    { Access: policy(bare, {}, MANAGED) },
    may('any principal with policy Access'),
  ],
  [
    'a managed policy that is only a boundary',
    {
      Api: role({ PermissionsBoundary: { Ref: 'Boundary' } }),
      Access: policy(good, { Roles: [{ Ref: 'Api' }] }),
      Boundary: policy([allow({ Action: '*' })], {}, MANAGED),
    },
    'passes',
  ],
  [
    'a user with a policy of type AWS::IAM::UserPolicy',
    {
      Alice: { Type: 'AWS::IAM::User', Properties: {} },
      Access: policy(bare, { UserName: { Ref: 'Alice' } }, 'AWS::IAM::UserPolicy'),
    },
    may('user Alice'),
  ],
  [
    'a role with a policy of type AWS::IAM::RolePolicy',
    { Api: role(), Access: policy(bare, { RoleName: { Ref: 'Api' } }, 'AWS::IAM::RolePolicy') },
    may('role Api'),
  ],
  [
    'a group',
    {
      Team: { Type: 'AWS::IAM::Group', Properties: { GroupName: { Ref: 'Nobody' } } },
      Access: policy(bare, { GroupName: { Ref: 'Team' } }, 'AWS::IAM::GroupPolicy'),
    },
    may('any member of group Team'),
  ],
  [
    'an inline policy of a group',
    {
      Team: {
        Type: 'AWS::IAM::Group',
        Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: documentOf(bare) }] },
      },
      Alice: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Team' }] } },
    },
    may('any member of group Team', 'inline policy p statement 1'),
  ],
  ['a role of another stack', { Access: policy(bare, { Roles: ['api'] }) }, may('role api outside the template')],
  [
    'a role whose name is known only at deployment',
    { Access: policy(bare, { Roles: [{ 'Fn::ImportValue': 'ApiRole' }] }) },
    may('any principal with policy Access'),
  ],
  [
    'an AWS managed policy without Bedrock actions',
    {
      Api: role({ ManagedPolicyArns: [aws('service-role/AWSLambdaBasicExecutionRole')] }),
      Access: policy(good, { Roles: [{ Ref: 'Api' }] }),
    },
    'passes',
  ],
  [
    'AdministratorAccess',
    { Api: role({ ManagedPolicyArns: [aws('AdministratorAccess')] }) },
    may('role Api', 'policy AdministratorAccess statement 1', claude),
  ],
  [
    'PowerUserAccess',
    { Api: role({ ManagedPolicyArns: [aws('PowerUserAccess')] }) },
    may('role Api', 'policy PowerUserAccess statement 1', claude),
  ],
  [
    'AmazonBedrockFullAccess',
    { Api: role({ ManagedPolicyArns: [aws('AmazonBedrockFullAccess')] }) },
    may('role Api', 'policy AmazonBedrockFullAccess statement 1', claude),
  ],
  [
    'an AWS managed policy as the boundary',
    { Api: role({ PermissionsBoundary: aws('PowerUserAccess') }), Access: policy(bare, { Roles: [{ Ref: 'Api' }] }) },
    may('role Api'),
  ],
  [
    'a resource whose condition is false',
    { Access: { ...policy(bare, {}, MANAGED), Condition: 'No' }, Other: policy(good, {}, MANAGED) },
    'passes',
  ],
  [
    'IAM resources that grant nothing',
    {
      Access: policy(good, {}, MANAGED),
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'alice' } },
      Bucket: { Type: 'AWS::S3::Bucket', Condition: 'Unknown' },
    },
    'passes',
  ],
];

const sections = {
  Conditions: { No: { 'Fn::Equals': ['a', 'b'] }, Unknown: { 'Fn::Equals': [{ Ref: 'Nobody' }, 'a'] } },
};

test.each(cases)('%s', (_, Resources, says) => {
  expect(sentenceOf(() => expect({ ...sections, Resources }).toInvokeOnlyThroughProfiles())).toBe(says);
});

test('a boundary of the template limits only the principals that have it', () => {
  const template = {
    Resources: {
      Bounded: role({ PermissionsBoundary: { Ref: 'Boundary' }, ManagedPolicyArns: [{ Ref: 'Access' }] }),
      Free: role({ ManagedPolicyArns: [{ Ref: 'Access' }] }),
      Access: policy(bare, {}, MANAGED),
      Boundary: policy([through('ArnEquals', PROFILE, '*')], {}, MANAGED),
    },
  };
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toBe(may('role Free'));
});

test('an unknown boundary does not matter when the policies grant nothing forbidden', () => {
  const resources = (statements: readonly Json[]): Json => ({
    Resources: {
      Api: role({ PermissionsBoundary: OUTSIDE }),
      Access: policy(statements, { Roles: [{ Ref: 'Api' }] }),
    },
  });
  expect(resources(good)).toInvokeOnlyThroughProfiles();
  const says = `the access of role Api cannot be decided: its permissions boundary: policy ${OUTSIDE} is not in the template; pass its document in managedPolicies`;
  expect(sentenceOf(() => expect(resources(bare)).toInvokeOnlyThroughProfiles())).toBe(says);
  expect(sentenceOf(() => expect(resources(bare)).not.toInvokeOnlyThroughProfiles())).toBe(says);
  const managedPolicies = { [OUTSIDE]: documentOf([through('ArnEquals', PROFILE, '*')]) };
  expect(resources(bare)).toInvokeOnlyThroughProfiles({ managedPolicies });
});

test('a managed policy in permissionsBoundaries is not judged as an attached policy', () => {
  const template = {
    Resources: { Access: policy(good, {}, MANAGED), Boundary: policy([allow({ Action: '*' })], {}, MANAGED) },
  };
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toBe(
    may('any principal with policy Boundary', 'policy Boundary statement 1', claude),
  );
  expect(template).toInvokeOnlyThroughProfiles({ permissionsBoundaries: ['Boundary'] });
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles({ permissionsBoundaries: ['Boundry'] }))).toBe(
    "permissionsBoundaries names 'Boundry', but the template has no such managed policy",
  );
});
