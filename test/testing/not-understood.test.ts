// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub and IAM name what they replace
import '../../lib/testing';
import { Stack } from 'aws-cdk-lib';
import type { ReadingOptions } from '../../lib/testing';
import { allow, documentOf, type Json, messageOf, PROFILE, policy, role, sentenceOf } from './small-template';

const OUTSIDE = 'arn:aws:iam::111122223333:policy/outside';
const carried = { Roles: [{ Ref: 'Api' }] };
const access = (...statements: readonly unknown[]): Json => ({ Api: role(), Access: policy(statements, carried) });
const on = (Resource: unknown): Json => access(allow({ Resource }));
const at = 'the template at Resources.Access.Properties.PolicyDocument';
const unknown = (what: string): string => `the access of role Api is not understood: policy Access ${what}`;

const sections: Json = {
  Parameters: {
    Model: { Type: 'String' },
    Models: { Type: 'CommaDelimitedList' },
    Default: { Type: 'String', Default: PROFILE },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/profile' },
  },
  Conditions: { Unknown: { 'Fn::Equals': [{ Ref: 'Model' }, 'a'] } },
};

const cases: readonly [name: string, resources: Json, says: string, options?: ReadingOptions][] = [
  [
    'a parameter without a default',
    on({ Ref: 'Model' }),
    unknown(`statement 1: ${at}.Statement.0.Resource.Ref: the parameter 'Model' has no default`),
    { parameters: { Model: PROFILE } },
  ],
  [
    'a list parameter without a default',
    on({ Ref: 'Models' }),
    unknown(`statement 1: ${at}.Statement.0.Resource.Ref: the parameter 'Models' has no default`),
    { parameters: { Models: `${PROFILE},${PROFILE}` } },
  ],
  [
    'an SSM parameter',
    on({ Ref: 'FromSsm' }),
    unknown(`statement 1: ${at}.Statement.0.Resource.Ref: no template defines the SSM parameter '/profile'`),
    { parameters: { FromSsm: PROFILE } },
  ],
  [
    'a value that another stack exports',
    on({ 'Fn::ImportValue': 'Shared:Profile' }),
    unknown(
      `statement 1: ${at}.Statement.0.Resource.Fn::ImportValue: the value of the export 'Shared:Profile' is unknown`,
    ),
    { imports: { 'Shared:Profile': PROFILE } },
  ],
  [
    'a function within a function',
    on({ 'Fn::Join': ['', ['arn:aws:bedrock:us-east-1::foundation-model/', { Ref: 'Model' }]] }),
    unknown(`statement 1: ${at}.Statement.0.Resource.Fn::Join.1.1.Ref: the parameter 'Model' has no default`),
  ],
  [
    'an attribute of a custom resource',
    { ...on({ 'Fn::GetAtt': ['Maker', 'ProfileArn'] }), Maker: { Type: 'Custom::Profile' } },
    unknown(
      `statement 1: ${at}.Statement.0.Resource.Fn::GetAtt: the value of GetAtt ProfileArn is unknown for the type Custom::Profile`,
    ),
  ],
  [
    'a dynamic reference',
    on('{{resolve:ssm:/profile}}'),
    unknown(
      "statement 1: the dynamic reference '{{resolve:ssm:/profile}}' is resolved only when the template is deployed",
    ),
  ],
  [
    'an action',
    access(allow({ Action: { Ref: 'Model' } })),
    unknown(`statement 1: ${at}.Statement.0.Action.Ref: the parameter 'Model' has no default`),
  ],
  [
    'a condition',
    access(allow({ Condition: { ArnEquals: { 'bedrock:InferenceProfileArn': { Ref: 'Model' } } } })),
    unknown(
      `statement 1: ${at}.Statement.0.Condition.ArnEquals.bedrock:InferenceProfileArn.Ref: the parameter 'Model' has no default`,
    ),
  ],
  [
    'a deny',
    access(allow({ Resource: PROFILE }), allow({ Effect: 'Deny', Resource: { Ref: 'Model' } })),
    unknown(`statement 2: ${at}.Statement.1.Resource.Ref: the parameter 'Model' has no default`),
  ],
  [
    'a statement whose condition is not known',
    access({ 'Fn::If': ['Unknown', allow({}), { Ref: 'AWS::NoValue' }] }),
    unknown("statement 1: the template at Conditions.Unknown.Fn::Equals.0.Ref: the parameter 'Model' has no default"),
  ],
  [
    'a whole document',
    { Api: role(), Access: policy([], { ...carried, PolicyDocument: { Ref: 'Model' } }) },
    unknown(`: ${at}.Ref: the parameter 'Model' has no default`).replace('Access :', 'Access:'),
  ],
  [
    'no document',
    { Api: role(), Access: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', ...carried } } },
    unknown('has no document'),
  ],
  [
    'a condition operator',
    access(allow({ Condition: { BinaryEquals: { 'aws:UserId': 'QUJD' } } })),
    unknown(
      "statement 1: Condition operator 'BinaryEquals' is not supported; use a string, ARN, Bool, Null, numeric, date or IP address operator",
    ),
  ],
  [
    'a policy variable',
    access(allow({ Resource: 'arn:aws:bedrock:us-east-1::foundation-model/${aws:username}' })),
    'the access of role Api cannot be decided: policy Access statement 1: the resource arn:aws:bedrock:us-east-1::foundation-model/${aws:username} has a policy variable, whose value is not known',
  ],
  [
    'a managed policy outside the template',
    { Api: role({ ManagedPolicyArns: [OUTSIDE] }) },
    `the access of role Api is not understood: policy ${OUTSIDE} is not in the template; pass its document in managedPolicies`,
    { managedPolicies: { [OUTSIDE]: documentOf([allow({ Resource: PROFILE })]) } },
  ],
  [
    'an AWS managed policy that is not known',
    { Api: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockReadOnly'] }) },
    'the access of role Api is not understood: policy arn:aws:iam::aws:policy/AmazonBedrockReadOnly is not in the template; pass its document in managedPolicies',
  ],
  [
    'a managed policy whose ARN is a parameter',
    { Api: role({ ManagedPolicyArns: [{ Ref: 'Model' }] }) },
    "the access of role Api is not understood: the template at Resources.Api.Properties.ManagedPolicyArns.0.Ref: the parameter 'Model' has no default",
    { parameters: { Model: OUTSIDE }, managedPolicies: { [OUTSIDE]: documentOf([allow({ Resource: PROFILE })]) } },
  ],
  [
    'a role whose condition is not known',
    { Api: { ...role(), Condition: 'Unknown' } },
    "the template at Conditions.Unknown.Fn::Equals.0.Ref: the parameter 'Model' has no default",
  ],
  [
    'another type of IAM',
    { Odd: { Type: 'AWS::IAM::Odd' } },
    'Odd can grant access, but its type AWS::IAM::Odd is not understood',
  ],
  [
    'a permission set',
    { Admins: { Type: 'AWS::SSO::PermissionSet' } },
    'Admins can grant access, but its type AWS::SSO::PermissionSet is not understood',
  ],
  [
    'a nested stack',
    { ...on(PROFILE), Inner: { Type: 'AWS::CloudFormation::Stack' } },
    "the nested stack Inner has its own template; test that template as well, then set { nestedStacks: 'testedApart' }",
    { nestedStacks: 'testedApart' },
  ],
  [
    'a template without grants',
    { Api: role() },
    'nothing in the template grants Bedrock access, so there is nothing to prove',
  ],
  [
    'a grant of another service',
    access(allow({ Action: 's3:*' })),
    'nothing in the template grants Bedrock access, so there is nothing to prove',
  ],
  [
    'a deny without any allow',
    access(allow({ Effect: 'Deny' })),
    'nothing in the template grants Bedrock access, so there is nothing to prove',
  ],
  [
    'an action that does not exist',
    access(allow({ Action: 'bedrock:Converse' })),
    'nothing in the template grants Bedrock access, so there is nothing to prove',
  ],
];

const named = cases.map(([name, Resources, says, options]) => ({
  name,
  template: { ...sections, Resources },
  says,
  options,
}));

test.each(named)('$name is refused, with .not as well', ({ template, says }) => {
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toBe(says);
  expect(sentenceOf(() => expect(template).not.toInvokeOnlyThroughProfiles())).toBe(says);
});

test.each(named.filter((c) => c.options !== undefined))(
  '$name passes with the missing value',
  ({ template, options }) => {
    expect(template).toInvokeOnlyThroughProfiles(options);
  },
);

const harmless: readonly [name: string, resources: Json][] = [
  [
    'in a statement of another service',
    access(allow({ Resource: PROFILE }), allow({ Action: 's3:GetObject', Resource: { Ref: 'Model' } })),
  ],
  [
    'in a condition operator of another service',
    access(
      allow({ Resource: PROFILE }),
      allow({ Action: 's3:*', Condition: { BinaryEquals: { 'aws:UserId': 'QUJD' } } }),
    ),
  ],
  [
    'outside IAM',
    { ...on(PROFILE), Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Model' } } } },
  ],
  [
    'in the name of the profile',
    {
      ...on({ 'Fn::GetAtt': ['Profile', 'InferenceProfileArn'] }),
      Profile: {
        Type: 'AWS::Bedrock::ApplicationInferenceProfile',
        Properties: { InferenceProfileName: { Ref: 'Model' } },
      },
    },
  ],
  [
    'in the name of the role',
    { Api: role({ RoleName: { Ref: 'Model' } }), Access: policy([allow({ Resource: PROFILE })], carried) },
  ],
  [
    'in the trust policy of the role',
    {
      Api: role({ AssumeRolePolicyDocument: { Ref: 'Model' } }),
      Access: policy([allow({ Resource: PROFILE })], carried),
    },
  ],
  [
    'in the ARN of a resource of another service',
    { ...on([PROFILE, { 'Fn::GetAtt': ['Bucket', 'Arn'] }]), Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } },
  ],
];

test.each(harmless)('an unresolved value does not matter %s', (_, Resources) => {
  expect({ ...sections, Resources }).toInvokeOnlyThroughProfiles();
});

test('the default of a parameter is used', () => {
  expect({ ...sections, Resources: on({ Ref: 'Default' }) }).toInvokeOnlyThroughProfiles();
});

test('the message says that no matcher passes, and how to change that', () => {
  const template = { ...sections, Resources: on({ Ref: 'Model' }) };
  expect(messageOf(() => expect(template).toReachOnlyRegions(['us-east-1']))).toBe(
    `the access of role Api is not understood: policy Access statement 1: ${at}.Statement.0.Resource.Ref: the parameter 'Model' has no default

Both the matcher and its .not fail in this case; pass the missing values as { parameters, imports, managedPolicies }.`,
  );
});

test('a value for a parameter that the template does not have is refused', () => {
  expect(
    sentenceOf(() =>
      expect({ ...sections, Resources: {} }).toInvokeOnlyThroughProfiles({ parameters: { Modle: 'a' } }),
    ),
  ).toBe("the template has no parameter 'Modle'; it has: Model, Models, Default, FromSsm");
});

test('macros, and values that are not templates, are refused', () => {
  const expected = 'expected a Template of aws-cdk-lib/assertions or the JSON of a template, got';
  const received: readonly [unknown, string][] = [
    [
      { Transform: 'AWS::Serverless-2016-10-31', Resources: {} },
      'the template at Transform: macros change a template during its deployment; remove them',
    ],
    [new Stack(), `${expected} Stack; pass Template.fromStack(stack)`],
    [undefined, `${expected} undefined; pass Template.fromStack(stack)`],
    ['{}', `${expected} string; pass Template.fromStack(stack)`],
    [{}, `${expected} Object; pass Template.fromStack(stack)`],
    [Promise.resolve({}), `${expected} Promise; pass Template.fromStack(stack)`],
  ];
  expect(received.map(([r]) => sentenceOf(() => expect(r).not.toInvokeOnlyThroughProfiles()))).toEqual(
    received.map(([, says]) => says),
  );
});
