// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub names what it replaces
import { resolveTemplate } from '../../lib/account/templates/resolve-template';
import { resolved, stackOf } from './template';

const NOTHING = { Ref: 'AWS::NoValue' };

const sections = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Count: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
  },
  Mappings: { ByRegion: { 'us-east-1': { Zone: 'a', Zones: ['a', 'b'] } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsThree: { 'Fn::Equals': [{ Ref: 'Count' }, '3'] },
    NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'NotProd' }] },
    Neither: { 'Fn::Or': [{ Condition: 'IsProd' }, { 'Fn::Not': [{ Condition: 'IsThree' }] }] },
    Circle: { 'Fn::Not': [{ Condition: 'CircleBack' }] },
    CircleBack: { 'Fn::Not': [{ Condition: 'Circle' }] },
    CircleThroughIf: { 'Fn::Equals': [{ 'Fn::If': ['CircleThroughIf', 'a', 'b'] }, 'a'] },
    EmptyNot: { 'Fn::Not': [] },
    EmptyAnd: { 'Fn::And': [] },
    SingleOr: { 'Fn::Or': [{ Condition: 'IsDev' }] },
    EqualsMaps: { 'Fn::Equals': [{ a: 1 }, { b: 2 }] },
    TwoKeys: { 'Fn::Not': [{ Condition: 'IsDev' }], 'Fn::Equals': ['a', 'a'] },
    Text: 'IsDev',
    ToMissing: { Condition: 'Missing' },
  },
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'caller', Path: '/chat/' } },
    Unnamed: { Type: 'AWS::IAM::Role', Properties: {} },
    User: { Type: 'AWS::IAM::User', Properties: { UserName: 'alice' } },
    Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'access', Path: '/chat/' } },
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://token.example.com' } },
    Profile: {
      Type: 'AWS::Bedrock::ApplicationInferenceProfile',
      Properties: { InferenceProfileName: 'p', ModelSource: { CopyFrom: 'm' } },
    },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Type: 'String', Value: { Ref: 'Role' } } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'verify' } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/verify' } },
    Absent: { Type: 'AWS::IAM::Role', Condition: 'IsProd', Properties: {} },
    Bucket: { Type: 'AWS::S3::Bucket' },
    constructor: { Type: 'constructor' },
    Circle: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/b', Value: { 'Fn::GetAtt': ['CircleBack', 'Value'] } },
    },
    CircleBack: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/c', Value: { 'Fn::GetAtt': 'Circle.Value' } } },
  },
};

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce((inner) => ({ 'Fn::Join': ['', [inner]] }), 'x');

const cases: readonly [name: string, value: unknown, expected: unknown][] = [
  ['text', 'text', 'text'],
  ['a list of a number, a boolean and null', [1, true, null], [1, true, null]],
  ['a map without functions', { a: { b: ['c'] } }, { a: { b: ['c'] } }],
  [
    'a map whose key is Condition',
    { Condition: { StringEquals: { a: { Ref: 'Stage' } } } },
    { Condition: { StringEquals: { a: 'dev' } } },
  ],
  ['a property that is called Condition', { Condition: 'IsDev' }, { Condition: 'IsDev' }],
  ['Ref AWS::AccountId', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['Ref AWS::Partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['Ref AWS::Region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['Ref AWS::StackName', { Ref: 'AWS::StackName' }, 'dev--chat'],
  [
    'Ref AWS::StackId',
    { Ref: 'AWS::StackId' },
    'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--chat/00000000-0000-0000-0000-000000000000',
  ],
  ['Ref AWS::URLSuffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref of a number', { Ref: 'Count' }, '3'],
  ['Ref of a list', { Ref: 'Zones' }, ['a', 'b', 'c']],
  ['Ref of a role', { Ref: 'Role' }, 'caller'],
  ['Ref of a role without a name', { Ref: 'Unnamed' }, 'dev--chat-Unnamed-44FEDZHHO2GO'],
  ['Ref of a user', { Ref: 'User' }, 'alice'],
  ['Ref of a managed policy', { Ref: 'Policy' }, 'arn:aws:iam::111122223333:policy/chat/access'],
  ['Ref of an OIDC provider', { Ref: 'Provider' }, 'arn:aws:iam::111122223333:oidc-provider/token.example.com'],
  ['Ref of a parameter resource', { Ref: 'Parameter' }, '/a'],
  ['Ref of a function', { Ref: 'Function' }, 'verify'],
  ['Ref of a log group', { Ref: 'Log' }, '/aws/lambda/verify'],
  ['GetAtt of a role', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/chat/caller'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::111122223333:role/chat/caller'],
  ['GetAtt of a user', { 'Fn::GetAtt': ['User', 'Arn'] }, 'arn:aws:iam::111122223333:user/alice'],
  ['GetAtt of a policy', { 'Fn::GetAtt': ['Policy', 'PolicyArn'] }, 'arn:aws:iam::111122223333:policy/chat/access'],
  [
    'GetAtt of a provider',
    { 'Fn::GetAtt': ['Provider', 'Arn'] },
    'arn:aws:iam::111122223333:oidc-provider/token.example.com',
  ],
  [
    'GetAtt of a function',
    { 'Fn::GetAtt': ['Function', 'Arn'] },
    'arn:aws:lambda:us-east-1:111122223333:function:verify',
  ],
  [
    'GetAtt of a log group',
    { 'Fn::GetAtt': ['Log', 'Arn'] },
    'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/verify:*',
  ],
  ['GetAtt of a parameter resource', { 'Fn::GetAtt': ['Parameter', 'Value'] }, 'caller'],
  ['GetAtt of a profile', ['Type', 'Status'].map((a) => ({ 'Fn::GetAtt': ['Profile', a] })), ['APPLICATION', 'ACTIVE']],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 3, true]] }, 'a-dev-3-true'],
  ['Join of a list that is a function', { 'Fn::Join': ['/', { Ref: 'Zones' }] }, 'a/b/c'],
  ['Join of a list with NoValue', { 'Fn::Join': ['-', ['a', NOTHING, 'b']] }, 'a-b'],
  ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['Select by text', { 'Fn::Select': ['0', { 'Fn::Split': [':', 'x:y'] }] }, 'x'],
  [
    'Split',
    { 'Fn::Split': [':', { 'Fn::GetAtt': ['Role', 'Arn'] }] },
    ['arn', 'aws', 'iam', '', '111122223333', 'role/chat/caller'],
  ],
  [
    'Sub of one text',
    { 'Fn::Sub': '${Stage}-${Role}-${Role.Arn}-${AWS::Region}' },
    'dev-caller-arn:aws:iam::111122223333:role/chat/caller-us-east-1',
  ],
  [
    'Sub with variables',
    { 'Fn::Sub': ['${Mine}-${Stage}', { Mine: { 'Fn::Select': [0, { Ref: 'Zones' }] }, Stage: 'own' }] },
    'a-own',
  ],
  ['Sub with a literal', { 'Fn::Sub': '${!aws:username} ${Stage} $x {y}' }, '${aws:username} dev $x {y}'],
  ['FindInMap', { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'Zone'] }, 'a'],
  ['FindInMap of a list', { 'Fn::FindInMap': ['ByRegion', 'us-east-1', 'Zones'] }, ['a', 'b']],
  ['If over Equals', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
  ['If over a false Equals', { 'Fn::If': ['IsProd', 'yes', 'no'] }, 'no'],
  ['If over Equals of a number', { 'Fn::If': ['IsThree', 'yes', 'no'] }, 'yes'],
  ['If over Not', { 'Fn::If': ['NotProd', 'yes', 'no'] }, 'yes'],
  ['If over And', { 'Fn::If': ['Both', 'yes', 'no'] }, 'yes'],
  ['If over Or', { 'Fn::If': ['Neither', 'yes', 'no'] }, 'no'],
  ['the branch of If that is not taken', { 'Fn::If': ['IsDev', 'yes', { Ref: 'Missing' }] }, 'yes'],
  ['NoValue in a map', { a: NOTHING, b: 1 }, { b: 1 }],
  ['NoValue in a list', ['a', { 'Fn::If': ['IsProd', 'b', NOTHING] }], ['a']],
  ['NoValue alone', NOTHING, undefined],
  [
    'functions in functions',
    {
      'Fn::Join': [
        '',
        [
          'arn:',
          {
            'Fn::Select': [
              { 'Fn::FindInMap': ['Numbers', 'one', 'two'] },
              { 'Fn::Split': [',', { 'Fn::Sub': ['x,${P}', { P: { 'Fn::If': ['IsDev', { Ref: 'Stage' }, 'y'] } }] }] },
            ],
          },
        ],
      ],
    },
    'arn:dev',
  ],
  [
    'a key named like a property of every JavaScript object',
    { ['__proto__x']: 1, constructor: { Ref: 'Stage' } },
    { ['__proto__x']: 1, constructor: 'dev' },
  ],
  ['30 nested functions', nested(30), 'x'],
];

test.each(cases)('%s is resolved', (_, value, expected) => {
  const more = { ...sections, Mappings: { ...sections.Mappings, Numbers: { one: { two: 1 } } } };
  expect(resolved(value, more)).toEqual(expected);
});

test('the id of a profile has twelve letters or digits, and its ARN ends in the id', () => {
  const [id, arn] = ['InferenceProfileId', 'InferenceProfileArn'].map((a) =>
    resolved({ 'Fn::GetAtt': ['Profile', a] }, sections),
  );
  expect(id).toMatch(/^[0-9a-z]{12}$/);
  expect(arn).toBe(`arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`);
});

const refused: readonly [name: string, value: unknown, message: string][] = [
  ['ImportValue', { 'Fn::ImportValue': 'x' }, '.Fn::ImportValue: the function Fn::ImportValue is not understood'],
  ['GetAZs', { 'Fn::GetAZs': '' }, '.Fn::GetAZs: the function Fn::GetAZs is not understood'],
  ['a function that does not exist', { 'Fn::Nope': 1 }, '.Fn::Nope: the function Fn::Nope is not understood'],
  ['a function beside another key', { a: { 'Fn::Join': ['', []], b: 1 } }, '.a: Fn::Join must stand alone'],
  ['Ref of a missing resource', { Ref: 'Missing' }, ".Ref: there is no resource 'Missing'"],
  ['Ref of a map', { Ref: { a: 1 } }, '.Ref: must be text'],
  ['Ref of an unknown type', { Ref: 'Bucket' }, '.Ref: the value of Ref is unknown for the type AWS::S3::Bucket'],
  [
    'Ref of a profile',
    { Ref: 'Profile' },
    '.Ref: the value of Ref is unknown for the type AWS::Bedrock::ApplicationInferenceProfile',
  ],
  ['Ref of a resource whose condition is false', { Ref: 'Absent' }, ".Ref: the condition of 'Absent' is false"],
  [
    'GetAtt of a resource whose condition is false',
    { 'Fn::GetAtt': ['Absent', 'Arn'] },
    ".Fn::GetAtt: the condition of 'Absent' is false",
  ],
  ['GetAtt of a missing resource', { 'Fn::GetAtt': ['Missing', 'Arn'] }, ".Fn::GetAtt: there is no resource 'Missing'"],
  [
    'an unknown attribute',
    { 'Fn::GetAtt': ['Role', 'Nope'] },
    '.Fn::GetAtt: the value of GetAtt Nope is unknown for the type AWS::IAM::Role',
  ],
  [
    'an attribute named like a property of every JavaScript object',
    { 'Fn::GetAtt': ['Role', 'constructor'] },
    '.Fn::GetAtt: the value of GetAtt constructor is unknown for the type AWS::IAM::Role',
  ],
  [
    'a type named like a property of every JavaScript object',
    { 'Fn::GetAtt': ['constructor', 'toString'] },
    '.Fn::GetAtt: the value of GetAtt toString is unknown for the type constructor',
  ],
  ['GetAtt without an attribute', { 'Fn::GetAtt': ['Role'] }, '.Fn::GetAtt: must be a list of 2'],
  ['Ref of __proto__', { Ref: '__proto__' }, ".Ref: there is no resource '__proto__'"],
  ['Ref of toString', { Ref: 'toString' }, ".Ref: there is no resource 'toString'"],
  ['GetAtt of __proto__', { 'Fn::GetAtt': ['__proto__', 'Arn'] }, ".Fn::GetAtt: there is no resource '__proto__'"],
  ['If over __proto__', { 'Fn::If': ['__proto__', 1, 2] }, ".Fn::If: there is no condition '__proto__'"],
  [
    'FindInMap of a property of every JavaScript object',
    { 'Fn::FindInMap': ['constructor', 'name', 'length'] },
    '.Fn::FindInMap: is not in the mappings of this template',
  ],
  [
    'FindInMap of a missing Region',
    { 'Fn::FindInMap': ['ByRegion', 'us-east-2', 'Zone'] },
    '.Fn::FindInMap: is not in the mappings of this template',
  ],
  ['FindInMap of two arguments', { 'Fn::FindInMap': ['ByRegion', 'us-east-1'] }, '.Fn::FindInMap: must be a list of 3'],
  ['Join that is text', { 'Fn::Join': 'x' }, '.Fn::Join: must be a list of 2'],
  ['Join of text', { 'Fn::Join': ['', 'x'] }, '.Fn::Join: must be a list'],
  ['Join of maps', { 'Fn::Join': ['', [{ a: 1 }]] }, '.Fn::Join: must be text'],
  ['Select past the end', { 'Fn::Select': [2, ['a', 'b']] }, '.Fn::Select: has no element 2'],
  ['Select by a word', { 'Fn::Select': ['one', ['a', 'b']] }, '.Fn::Select: has no element one'],
  ['Select by empty text', { 'Fn::Select': ['', ['a', 'b']] }, '.Fn::Select: has no element '],
  ['Split of a list', { 'Fn::Split': [',', ['a']] }, '.Fn::Split: must be text'],
  ['Sub of a missing resource', { 'Fn::Sub': '${Missing}' }, ".Fn::Sub: there is no resource 'Missing'"],
  ['Sub of NoValue', { 'Fn::Sub': '${AWS::NoValue}' }, '.Fn::Sub: must be text'],
  ['Sub with a list of variables', { 'Fn::Sub': ['${Stage}', ['x']] }, '.Fn::Sub: must have a map of variables'],
  ['Sub of a list', { 'Fn::Sub': ['${Zones}', {}] }, '.Fn::Sub: must be text'],
  ['If of two arguments', { 'Fn::If': ['IsDev', 'yes'] }, '.Fn::If: must be a list of 3'],
  ['If over a missing condition', { 'Fn::If': ['Missing', 1, 2] }, ".Fn::If: there is no condition 'Missing'"],
  ['60 nested functions', nested(60), 'is nested more than 100 levels deep'],
];

test.each(refused)('%s is an error that names the template and the path', (_, value, message) => {
  const error = errorOf(() => resolved(value, sections));
  expect(error?.name).toBe('TemplateError');
  expect(error?.message).toMatch(/^chat\.template\.json at Resources\.Probe\.Properties\.Value/);
  expect(error?.message).toContain(message);
});

const refusedElsewhere: readonly [name: string, value: unknown, message: string][] = [
  [
    'a circle between resources',
    { 'Fn::GetAtt': ['Circle', 'Value'] },
    'Resources.Circle.Properties.Value: refers to itself in a circle',
  ],
  ['a circle between conditions', { 'Fn::If': ['Circle', 1, 2] }, 'Conditions.Circle: refers to itself in a circle'],
  [
    'a circle through If',
    { 'Fn::If': ['CircleThroughIf', 1, 2] },
    'Conditions.CircleThroughIf: refers to itself in a circle',
  ],
  [
    'Not without a condition',
    { 'Fn::If': ['EmptyNot', 1, 2] },
    'Conditions.EmptyNot.Fn::Not: must be a list of 1 conditions',
  ],
  [
    'And without a condition',
    { 'Fn::If': ['EmptyAnd', 1, 2] },
    'Conditions.EmptyAnd.Fn::And: must be a list of 2 to 10 conditions',
  ],
  [
    'Or of one condition',
    { 'Fn::If': ['SingleOr', 1, 2] },
    'Conditions.SingleOr.Fn::Or: must be a list of 2 to 10 conditions',
  ],
  ['Equals of maps', { 'Fn::If': ['EqualsMaps', 1, 2] }, 'Conditions.EqualsMaps.Fn::Equals: must be text'],
  ['a condition of two functions', { 'Fn::If': ['TwoKeys', 1, 2] }, 'Conditions.TwoKeys: is not a condition'],
  ['a condition that is text', { 'Fn::If': ['Text', 1, 2] }, 'Conditions.Text: is not a condition'],
  [
    'a condition over a missing one',
    { 'Fn::If': ['ToMissing', 1, 2] },
    "Conditions.ToMissing.Condition: there is no condition 'Missing'",
  ],
];

test.each(refusedElsewhere)('%s is an error that names its place', (_, value, message) => {
  expect(errorOf(() => resolved(value, sections))).toMatchObject({
    name: 'TemplateError',
    message: `chat.template.json at ${message}`,
  });
});

test.each<[name: string, parameters: object, ref: string, message: string]>([
  ['without a default', { P: { Type: 'String' } }, 'P', "the parameter 'P' has no default"],
  [
    'that names an SSM parameter of no template',
    { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } },
    'P',
    "no template defines the SSM parameter '/x'",
  ],
])('a parameter %s is an error', (_, Parameters, Ref, message) => {
  expect(errorOf(() => resolved({ Ref }, { Parameters }))?.message).toBe(
    `chat.template.json at Resources.Probe.Properties.Value.Ref: ${message}`,
  );
});

const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--chat/00000000-0000-0000-0000-000000000000';
const DECIDED = "only a deployment decides the parameter 'Stage'; write the value itself";
const NO_STACK_ID = 'only a deployment decides the id of the stack; a template must not depend on it';
const NO_CHOICE = 'a choice must not depend on a resource, whose values only a deployment decides';
const NO_SPLIT = "must not split a value that only a deployment decides, except at ':' or '/'";
const profileArn = { 'Fn::GetAtt': ['Profile', 'InferenceProfileArn'] };
const when = (left: unknown, right: unknown) => ({ Judged: { 'Fn::Equals': [left, right] } });
const judged = { 'Fn::If': ['Judged', 'bedrock:ListTagsForResource', 'bedrock:*'] };

// Each template could read differently in a deployment from how it reads here.
test.each<[name: string, value: unknown, conditions: object, message: string]>([
  ['a parameter', { Ref: 'Stage' }, {}, DECIDED],
  ['a parameter in a text', { 'Fn::Sub': 'bedrock:${Stage}' }, {}, DECIDED],
  ['a parameter in a joined text', { 'Fn::Join': ['', ['bedrock:', { Ref: 'Stage' }]] }, {}, DECIDED],
  ['a parameter as the key of a mapping', { 'Fn::FindInMap': ['ByRegion', { Ref: 'Stage' }, 'Zone'] }, {}, DECIDED],
  ['a condition over a parameter', judged, when({ Ref: 'Stage' }, 'dev'), DECIDED],
  ['the id of the stack', { Ref: 'AWS::StackId' }, {}, NO_STACK_ID],
  ['the id of the stack in a text', { 'Fn::Sub': '${AWS::StackId}' }, {}, NO_STACK_ID],
  ['a condition over the id of the stack', judged, when({ Ref: 'AWS::StackId' }, STACK_ID), NO_STACK_ID],
  [
    'a condition over a part of the id of the stack',
    judged,
    when({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, STACK_ID.slice(-36)),
    NO_STACK_ID,
  ],
  [
    'a condition over the id of the stack as one of two sides of Or',
    { 'Fn::If': ['Either', 'a', 'b'] },
    {
      ...when('a', 'b'),
      Either: { 'Fn::Or': [{ Condition: 'Judged' }, { 'Fn::Equals': [{ 'Fn::Sub': '${AWS::StackId}' }, STACK_ID] }] },
    },
    NO_STACK_ID,
  ],
  ['a condition over the ARN of a profile', judged, when(profileArn, 'arn'), NO_CHOICE],
  ['a condition over a Ref', judged, when({ Ref: 'Role' }, 'caller'), NO_CHOICE],
  ['a condition over a text with an ARN', judged, when({ 'Fn::Sub': '${Profile.InferenceProfileId}' }, 'x'), NO_CHOICE],
  ['a mapping by a profile', { 'Fn::FindInMap': ['ByRegion', profileArn, 'Zone'] }, {}, NO_CHOICE],
  ['a choice of an item by a profile', { 'Fn::Select': [profileArn, ['a', 'b']] }, {}, NO_CHOICE],
  [
    'a condition in its place of use',
    { 'Fn::If': [{ 'Fn::Equals': ['a', 'a'] }, 1, 2] },
    {},
    'must be the name of a condition',
  ],
  ['a text that is split within an ARN', { 'Fn::Split': ['a', profileArn] }, {}, NO_SPLIT],
  ['a text that is split at an ARN', { 'Fn::Split': [profileArn, { 'Fn::Sub': 'a${Role}' }] }, {}, NO_SPLIT],
])('%s is refused, because only a deployment decides it', (_, value, Conditions, message) => {
  expect(
    errorOf(() => resolved(value, { ...sections, Conditions: { IsProd: when('a', 'b').Judged, ...Conditions } }, {}))
      ?.message,
  ).toMatch(new RegExp(`: ${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
});

test.each<[name: string, value: unknown, expected: unknown]>([
  ['the last part of an ARN', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] }, 'chat'],
  ['a list in a text', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
  ['a choice by Region', { 'Fn::If': ['Here', 'a', 'b'] }, 'a'],
  ['a mapping by Region', { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'Zone'] }, 'a'],
  ['the first of two ARNs', { 'Fn::Select': [0, [{ Ref: 'Role' }, { Ref: 'User' }]] }, 'caller'],
])('%s is known before a deployment', (_, value, expected) => {
  const Conditions = { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } };
  expect(resolved(value, { ...sections, Conditions: { IsProd: when('a', 'b').Judged, ...Conditions } }, {})).toEqual(
    expected,
  );
});

test('a resource whose condition is false is absent', () => {
  const ids = resolveTemplate(stackOf(sections), { assumes: true }).map((r) => r.logicalId);
  expect(ids).not.toContain('Absent');
  expect(ids).toContain('Role');
});

test.each<[name: string, template: object, message: string]>([
  [
    'a macro',
    { Transform: 'AWS::LanguageExtensions', Resources: {} },
    'at Transform: macros change a template during its deployment; remove them',
  ],
  ['resources that are a list', { Resources: [] }, 'at Resources: must be an object'],
  [
    'a loop of resources',
    { Resources: { 'Fn::ForEach::X': ['A', ['b'], {}] } },
    "at Resources.Fn::ForEach::X: there is no resource 'Fn::ForEach::X'",
  ],
  ['a resource without type', { Resources: { A: {} } }, 'at Resources.A.Type: must be text'],
  [
    'properties that are a function',
    { Resources: { A: { Type: 'T', Properties: { 'Fn::Transform': {} } } } },
    'at Transform: macros change a template during its deployment; remove them',
  ],
  [
    'a condition that is missing',
    { Resources: { A: { Type: 'T', Condition: 'X' } } },
    "at Resources.A.Condition: there is no condition 'X'",
  ],
])('%s is an error', (_, template, message) => {
  expect(errorOf(() => resolveTemplate(stackOf({ ...template })))?.message).toBe(`chat.template.json ${message}`);
});

function errorOf(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
