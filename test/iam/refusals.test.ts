// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { parsePolicy } from '../../lib/iam/policy/parse-policy';
import { documentOf, verdict } from './verdict';

const STATEMENT = { Sid: 'S', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const { Effect, Action, Resource } = STATEMENT;

const reasons = (document: unknown, kind: 'identity' | 'trust' = 'identity') =>
  parsePolicy({ name: 'p', document }, kind).refusals.map(({ reason }) => reason);

test.each<[unknown, string]>([
  [null, 'the policy is null; it must be an object'],
  ['{}', "the policy is '{}'; it must be an object"],
  [[STATEMENT], 'the policy is a list; it must be an object'],
  [{ Version: '2012-10-17' }, 'Statement holds undefined; it must hold objects'],
  [
    { Version: '2012-10-17', Statement: ['A', 'B', 'A'].map((Sid) => ({ ...STATEMENT, Sid })) },
    'the Sid is used twice; every Sid in a policy must be unique',
  ],
  [{ Statement: [] }, 'Statement is an empty list; list at least one statement'],
  [{ Statement: ['Allow'] }, "Statement holds 'Allow'; it must hold objects"],
  [{ Version: '2012-10-18', Statement: STATEMENT }, "Version is '2012-10-18'; it must be '2012-10-17' or '2008-10-17'"],
  [{ Version: 20121017, Statement: STATEMENT }, "Version is 20121017; it must be '2012-10-17' or '2008-10-17'"],
  [{ Id: 'a', Statement: STATEMENT }, 'Id is not allowed in identity-based policies; leave it out'],
  [
    { Statement: STATEMENT, statement: STATEMENT },
    "the element 'statement' is not known in policies; known: Version, Id, Statement",
  ],
])('the document %j is refused', (document, reason) => {
  expect(reasons(document)).toEqual([reason]);
});

const KNOWN = 'known: Sid, Effect, Action, NotAction, Resource, NotResource, Condition';

test.each<[string, unknown, string]>([
  ['no effect', { Action, Resource }, "Effect is undefined; it must be 'Allow' or 'Deny'"],
  ['an effect in lower case', { Effect: 'allow', Action, Resource }, "Effect is 'allow'; it must be 'Allow' or 'Deny'"],
  ['no action', { Effect, Resource }, 'a statement has either Action or NotAction; this one has neither'],
  [
    'both kinds of action',
    { ...STATEMENT, NotAction: Action },
    'a statement has either Action or NotAction; this one has both',
  ],
  ['no resource', { Effect, Action }, 'a statement has either Resource or NotResource; this one has neither'],
  [
    'both kinds of resource',
    { ...STATEMENT, NotResource: '*' },
    'a statement has either Resource or NotResource; this one has both',
  ],
  [
    'a principal',
    { ...STATEMENT, Principal: '*' },
    `the element 'Principal' is not known in identity policies; ${KNOWN}`,
  ],
  [
    'NotPrincipal',
    { ...STATEMENT, NotPrincipal: '*' },
    `the element 'NotPrincipal' is not known in identity policies; ${KNOWN}`,
  ],
  [
    'a misspelt element',
    { ...STATEMENT, Conditions: {} },
    `the element 'Conditions' is not known in identity policies; ${KNOWN}`,
  ],
  [
    'an inherited name',
    JSON.parse('{"Effect":"Allow","Action":"*","Resource":"*","__proto__":{}}'),
    `the element '__proto__' is not known in identity policies; ${KNOWN}`,
  ],
  ['a Sid that is not a string', { ...STATEMENT, Sid: 7 }, 'Sid is 7; it must be a string'],
  ['an empty list of actions', { ...STATEMENT, Action: [] }, 'Action is an empty list; list at least one string'],
  ['an empty list of resources', { ...STATEMENT, Resource: [] }, 'Resource is an empty list; list at least one string'],
  ['a number for an action', { ...STATEMENT, Action: ['s3:*', 7] }, 'Action holds 7; only strings are allowed'],
  [
    'an intrinsic function for a resource',
    { ...STATEMENT, Resource: { 'Fn::GetAtt': ['A', 'Arn'] } },
    'Resource holds an object; only strings are allowed',
  ],
  [
    'an action that a deployment decides',
    { ...STATEMENT, Action: ['s3:GetObject', 's3:{{resolve:ssm:/a}}'] },
    "Action holds 's3:{{resolve:ssm:/a}}', which is resolved only during deployment; write the value itself",
  ],
  [
    'a resource that a deployment decides',
    { ...STATEMENT, Resource: 'arn:aws:s3:::{{resolve:ssm:/a}}' },
    "Resource holds 'arn:aws:s3:::{{resolve:ssm:/a}}', which is resolved only during deployment; write the value itself",
  ],
  ['a null resource', { ...STATEMENT, Resource: null }, 'Resource holds null; only strings are allowed'],
  [
    'an action without a service',
    { ...STATEMENT, Action: 'GetObject' },
    "Action 'GetObject' is neither '*' nor service:Name",
  ],
  [
    'an action with a wildcard service',
    { ...STATEMENT, Action: 's*:Get' },
    "Action 's*:Get' is neither '*' nor service:Name",
  ],
  ['an action of wildcards', { ...STATEMENT, Action: '*:*' }, "Action '*:*' is neither '*' nor service:Name"],
  ['an action with a space', { ...STATEMENT, Action: 's3:Get ' }, "Action 's3:Get ' is neither '*' nor service:Name"],
  ['an action without a name', { ...STATEMENT, Action: 's3:' }, "Action 's3:' is neither '*' nor service:Name"],
  [
    'a variable in an action',
    { ...STATEMENT, Action: 's3:${aws:x}' },
    "Action 's3:${aws:x}' is neither '*' nor service:Name",
  ],
  [
    'an action with a letter that lower-cases to k',
    { ...STATEMENT, Action: 'bedroc\u212A:*' },
    "Action 'bedroc\u212A:*' is neither '*' nor service:Name",
  ],
  [
    'a short ARN',
    { ...STATEMENT, Resource: 'arn:aws:s3:*' },
    "Resource 'arn:aws:s3:*' is neither '*' nor an ARN of six parts",
  ],
  [
    'a name that is not an ARN',
    { ...STATEMENT, Resource: 'bucket' },
    "Resource 'bucket' is neither '*' nor an ARN of six parts",
  ],
  [
    'a wildcard for arn',
    { ...STATEMENT, Resource: '*:aws:s3:::bucket' },
    "Resource '*:aws:s3:::bucket' is neither '*' nor an ARN of six parts",
  ],
  [
    'a short ARN with colons in its variable',
    { ...STATEMENT, Resource: 'arn:aws:s3:${aws:a}:${aws:b}' },
    "Resource 'arn:aws:s3:${aws:a}:${aws:b}' is neither '*' nor an ARN of six parts",
  ],
  [
    'a wildcard in the service',
    { ...STATEMENT, Resource: 'arn:aws:s?:::bucket' },
    "Resource 'arn:aws:s?:::bucket' has a wildcard in its service; name the service",
  ],
  [
    'a wildcard in the resource type',
    { ...STATEMENT, Resource: 'arn:aws:bedrock:*::foundation*/acme' },
    "Resource 'arn:aws:bedrock:*::foundation*/acme' has a wildcard in its resource type; name the type",
  ],
  [
    'a wildcard for the resource type',
    { ...STATEMENT, Resource: 'arn:aws:iam::111122223333:*:x' },
    "Resource 'arn:aws:iam::111122223333:*:x' has a wildcard in its resource type; name the type",
  ],
  [
    'an unclosed variable',
    { ...STATEMENT, Resource: 'arn:aws:s3:::a/${aws:username' },
    "Resource 'arn:aws:s3:::a/${aws:username' has a malformed variable; write ${key} or ${key, 'default'}",
  ],
  [
    'an empty variable',
    { ...STATEMENT, Resource: 'arn:aws:s3:::a/${}' },
    "Resource 'arn:aws:s3:::a/${}' has a malformed variable; write ${key} or ${key, 'default'}",
  ],
  [
    'a default without quotes',
    { ...STATEMENT, Resource: 'arn:aws:s3:::a/${aws:username, x}' },
    "Resource 'arn:aws:s3:::a/${aws:username, x}' has a malformed variable; write ${key} or ${key, 'default'}",
  ],
])('%s is refused', (_title, statement, reason) => {
  expect(reasons(documentOf(statement))).toEqual([reason]);
});

const unknownOperator = (name: string) =>
  `Condition operator '${name}' is not supported; use a string, ARN, Bool, Null, numeric, date or IP address operator`;

test.each([
  'NumericIs',
  'DateBefore',
  'IpAddressEquals',
  'IpNotAddress',
  'BinaryEquals',
  'stringEquals',
  'StringEqualsifexists',
  'StringEqualsIfExistsIfExists',
  'ForAllValues:Null',
  'NullIfExists',
  'ForSomeValues:StringEquals',
  'forAnyValue:StringEquals',
  'BoolNot',
  'constructor',
  '',
])('the condition operator %j is refused by name', (operator) => {
  expect(reasons(documentOf({ ...STATEMENT, Condition: { [operator]: { a: 'b' } } }))).toEqual([
    unknownOperator(operator),
  ]);
});

test.each<[unknown, string]>([
  ['x', "Condition is 'x'; it must be an object of operators"],
  [[], 'Condition is an empty list; it must be an object of operators'],
  [{ StringEquals: 'x' }, "Condition.StringEquals is 'x'; it must be an object of condition keys"],
  [{ StringEquals: { a: [] } }, 'Condition.StringEquals.a is an empty list; list at least one value'],
  [{ StringEquals: { a: null } }, 'Condition.StringEquals has the value null; write it as a string'],
  [{ StringEquals: { a: { Ref: 'B' } } }, 'Condition.StringEquals has the value an object; write it as a string'],
  [{ StringEquals: { a: [['b']] } }, 'Condition.StringEquals has the value a list; write it as a string'],
  [{ StringEquals: { a: 1e300 } }, 'Condition.StringEquals has the value 1e+300; write it as a string'],
  [{ StringEquals: { a: 'x', A: 'y' } }, "Condition.StringEquals has the key 'A' twice; write its values as one list"],
  [
    { StringEquals: { 'aws:PrincipalTag/${x}': 'x' } },
    "Condition.StringEquals has a variable in the key 'aws:PrincipalTag/${x}'; only values may have variables",
  ],
  [{ Bool: { a: 'yes' } }, "Condition.Bool has the value 'yes'; it must be true or false"],
  [{ Bool: { a: '${aws:x}' } }, "Condition.Bool has the value '${aws:x}'; it must be true or false"],
  [{ Null: { a: 1 } }, 'Condition.Null has the value 1; it must be true or false'],
  [{ ArnLike: { a: '*' } }, "Condition.ArnLike has the value '*', which is not an ARN of six parts"],
  [
    { ArnNotLike: { a: 'arn:aws:s3' } },
    "Condition.ArnNotLike has the value 'arn:aws:s3', which is not an ARN of six parts",
  ],
  [
    { StringLike: { a: '${aws:username' } },
    "Condition.StringLike has a malformed variable in '${aws:username'; write ${key} or ${key, 'default'}",
  ],
])('the condition %j is refused', (condition, reason) => {
  expect(reasons(documentOf({ ...STATEMENT, Condition: condition }))).toEqual([reason]);
});

const malformed = (name: string) => `Principal.AWS '${name}' does not name one principal`;

test.each<[unknown, string]>([
  [undefined, "Principal is undefined; it must be '*' or an object with AWS, Service or Federated"],
  ['111122223333', "Principal is '111122223333'; it must be '*' or an object with AWS, Service or Federated"],
  [{}, "Principal is an object; it must be '*' or an object with AWS, Service or Federated"],
  [{ CanonicalUser: 'a' }, "Principal has the type 'CanonicalUser'; the known types are AWS, Service and Federated"],
  [{ AWS: [] }, 'Principal.AWS is an empty list; list at least one string'],
  [
    { AWS: 'arn:aws:iam::{{resolve:ssm:/a}}:root' },
    "Principal.AWS holds 'arn:aws:iam::{{resolve:ssm:/a}}:root', which is resolved only during deployment; write the value itself",
  ],
  [{ AWS: 111122223333 }, 'Principal.AWS holds 111122223333; only strings are allowed'],
  [{ AWS: '11112222333' }, malformed('11112222333')],
  [{ AWS: 'arn:aws:iam::111122223333:role/*' }, malformed('arn:aws:iam::111122223333:role/*')],
  [{ AWS: 'arn:aws:iam::*:root' }, malformed('arn:aws:iam::*:root')],
  [{ AWS: 'AROAEXAMPLEEXAMPLE' }, malformed('AROAEXAMPLEEXAMPLE')],
  [{ Service: '*' }, "Principal.Service '*' does not name one principal"],
  [
    { Federated: 'arn:aws:iam::*:oidc-provider/x' },
    "Principal.Federated 'arn:aws:iam::*:oidc-provider/x' does not name one principal",
  ],
])('the principal %j is refused', (principal, reason) => {
  expect(reasons(documentOf({ Effect, Action: 'sts:AssumeRole', Principal: principal }), 'trust')).toEqual([reason]);
});

test.each(['Resource', 'NotResource', 'NotPrincipal'])('%s is refused in a trust policy', (name) => {
  const statement = { Effect, Action: 'sts:AssumeRole', Principal: '*', [name]: '*' };
  expect(reasons(documentOf(statement), 'trust')).toEqual([
    `the element '${name}' is not known in trust policies; known: Sid, Effect, Principal, Action, NotAction, Condition`,
  ]);
});

test.each([51, 100_000])('a value %i lists deep is refused without a stack overflow', (depth) => {
  const deep: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const places = [deep, { Statement: deep }, documentOf({ ...STATEMENT, Resource: deep })];
  const condition = { ...STATEMENT, Condition: { StringEquals: { a: deep } } };
  expect([...places, documentOf(condition)].map((document) => reasons(document).length)).toEqual([1, 1, 1, 1]);
});

test('every reason of every statement is named, with its policy and Sid', () => {
  const document = documentOf({ Sid: 'A', Effect: 'No', Action: 'x', Resource }, STATEMENT, {
    Sid: 'B',
    Effect,
    Action,
  });
  const { statements, refusals } = parsePolicy({ name: 'p', document }, 'identity');
  expect(statements.map(({ sid }) => sid)).toEqual(['S']);
  expect(refusals).toEqual([
    { policy: 'p', sid: 'A', reason: "Effect is 'No'; it must be 'Allow' or 'Deny'" },
    { policy: 'p', sid: 'A', reason: "Action 'x' is neither '*' nor service:Name" },
    { policy: 'p', sid: 'B', reason: 'a statement has either Resource or NotResource; this one has neither' },
  ]);
});

test('two hundred thousand mistakes give two hundred thousand reasons', () => {
  const document = documentOf({ ...STATEMENT, Action: Array.from({ length: 200_000 }, () => 7) });
  expect(reasons(document)).toHaveLength(200_000);
});

test('a statement that is not understood refuses the request, whatever the other statements decide', () => {
  const odd = { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { BinaryEquals: { a: 1 } } };
  expect(verdict([{ Effect: 'Allow', Action: '*', Resource: '*' }, odd])).toBe('refused');
  expect(verdict([{ Effect: 'Deny', Action: '*', Resource: '*' }, odd])).toBe('refused');
});
