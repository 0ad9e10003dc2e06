import type { Account, WholeResource } from '../../../lib/account/account';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { Assembly } from '../../cli/assembly';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('dev');
const PROFILE = 'dev_support-chat_main_claude-sonnet-4-6_2caeab';
const ALIAS = '/bedrock-access/dev/support-chat/main';

const GATE = {
  application: 'support-chat',
  serviceToken: plan.functions[0].functionArn,
  onFailure: plan.gate,
  aliases: {},
};

const permission = (changes: WholeResource['properties']): WholeResource => ({
  type: 'AWS::Lambda::Permission',
  name: 'Extra',
  properties: { Action: 'lambda:InvokeFunction', FunctionName: 'dev_verification', ...changes },
});

const assembly = new Assembly('dev');
afterAll(() => assembly.dispose());

interface Case {
  readonly title: string;
  readonly changed: Account;
  readonly first: readonly [kind: string, message: string];
}

const without = <T extends { readonly name: string }>(list: readonly T[], name: string): readonly T[] =>
  list.filter((item) => item.name !== name);

const CASES: readonly Case[] = [
  {
    title: 'a profile is missing',
    changed: { ...account, profiles: without(account.profiles, PROFILE) },
    first: [
      'excess',
      'role dev_support-chat_lambda and 2 more may bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6 through arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp; allowed by policy dev_support-chat_access-1 Sid Main2caeabModel; the environment file does not ask for this',
    ],
  },
  {
    title: 'a profile is not in the plan',
    changed: {
      ...account,
      profiles: account.profiles.flatMap((p) =>
        p.name === PROFILE ? [p, { ...p, arn: `${p.arn}x`, name: 'extra' }] : [p],
      ),
    },
    first: [
      'resource',
      "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxppx: the templates have a profile 'extra' that is not in the plan",
    ],
  },
  {
    title: 'a profile has no tags',
    changed: { ...account, profiles: account.profiles.map((p) => (p.name === PROFILE ? { ...p, tags: {} } : p)) },
    first: [
      'resource',
      "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp: has the tag organization ''; the plan has 'acme'",
    ],
  },
  {
    title: 'an alias points to another profile',
    changed: {
      ...account,
      parameters: account.parameters.map((p) =>
        p.name === ALIAS ? { ...p, value: account.profiles[0]?.arn ?? '' } : p,
      ),
    },
    first: [
      'resource',
      '/bedrock-access/dev/support-chat/main: holds arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/xmgbwyzg5lyd; the plan has arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp',
    ],
  },
  {
    title: 'an alias is missing',
    changed: { ...account, parameters: without(account.parameters, ALIAS) },
    first: [
      'resource',
      '/bedrock-access/dev/support-chat/main: holds nothing; the plan has arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp',
    ],
  },
  {
    title: 'an alias of another environment is written',
    changed: {
      ...account,
      parameters: [...account.parameters, { name: '/bedrock-access/prod/support-chat/main', value: '' }],
    },
    first: [
      'resource',
      '/bedrock-access/prod/support-chat/main: the templates have a parameter that is not in the plan',
    ],
  },
  {
    title: 'an application has no gate',
    changed: { ...account, gates: account.gates.filter(({ application }) => application !== 'support-chat') },
    first: ['resource', 'support-chat: the templates have 0 gates for it; the plan has one'],
  },
  {
    title: 'an application has two gates',
    changed: { ...account, gates: [...account.gates, GATE] },
    first: ['resource', 'support-chat: the templates have 2 gates for it; the plan has one'],
  },
  {
    title: 'a gate is for an application that is not in the plan',
    changed: { ...account, gates: [...account.gates, { ...GATE, application: 'other' }] },
    first: ['resource', 'other: the templates have a gate for it that is not in the plan'],
  },
  {
    title: 'a gate calls another function',
    changed: { ...account, gates: account.gates.map((g) => ({ ...g, serviceToken: `${g.serviceToken}2` })) },
    first: [
      'resource',
      'code-review: its gate has the serviceToken arn:aws:lambda:us-east-1:111122223333:function:dev_verification2; the plan has arn:aws:lambda:us-east-1:111122223333:function:dev_verification',
    ],
  },
  {
    title: 'a gate only warns',
    changed: { ...account, gates: account.gates.map((g) => ({ ...g, onFailure: 'warn' })) },
    first: ['resource', 'code-review: its gate has the onFailure warn; the plan has fail'],
  },
  {
    title: 'everybody may call the verification',
    changed: { ...account, wholeResources: [...account.wholeResources, permission({ Principal: '*' })] },
    first: [
      'resource',
      'Extra: the templates have a resource of type AWS::Lambda::Permission that is not in the plan: {"Action":"lambda:InvokeFunction","FunctionName":"dev_verification","Principal":"*"}',
    ],
  },
  {
    title: 'any rule of any account may call the verification',
    changed: {
      ...account,
      wholeResources: [
        ...account.wholeResources.filter(({ type }) => type !== 'AWS::Lambda::Permission'),
        permission({ FunctionName: plan.functions[0].functionArn, Principal: 'events.amazonaws.com' }),
      ],
    },
    first: ['resource', expect.stringMatching(/"Principal":"events.amazonaws.com"}$/)],
  },
  {
    title: 'a service may call the function of an application',
    changed: {
      ...account,
      wholeResources: [...account.wholeResources, permission({ FunctionName: 'other', Principal: 's3.amazonaws.com' })],
    },
    first: ['resource', expect.stringMatching(/^Extra: .*"FunctionName":"other","Principal":"s3.amazonaws.com"/)],
  },
  {
    title: 'the schedule leaves applications out',
    changed: {
      ...account,
      wholeResources: account.wholeResources.map((t) =>
        t.type === 'AWS::Events::Rule'
          ? { ...t, properties: { ...t.properties, Targets: [{ Input: '{"applications":["a"]}' }] } }
          : t,
      ),
    },
    first: [
      'resource',
      expect.stringMatching(
        /^dev_verification-schedule: the templates have a resource of type AWS::Events::Rule that is not in the plan: .*"applications/,
      ),
    ],
  },
  {
    title: 'no schedule calls the verification',
    changed: { ...account, wholeResources: [] },
    first: [
      'resource',
      expect.stringMatching(/^dev_verification-schedule: the templates lack the AWS::Events::Rule of the plan/),
    ],
  },
];

test('a permission in any stack is read, whatever it grants', () => {
  const { type: Type, properties } = permission({ Principal: '*' });
  const folder = assembly.mutated('support-chat', (t) => t.add('Extra', { Type, Properties: properties }));
  const [violation] = proveAccess(plan, readTemplateAccount(folder, 'dev')).violations;
  expect(violation?.message).toMatch(
    /^Extra: the templates have a resource of type AWS::Lambda::Permission .*"Principal":"\*"/,
  );
});

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:other';

test.each([
  ['an alarm', 'AWS::CloudWatch::Alarm', { AlarmName: 'dev_extra', InsufficientDataActions: [FUNCTION] }],
  [
    'a dashboard',
    'AWS::CloudWatch::Dashboard',
    { DashboardName: 'dev_extra', DashboardBody: `{"endpoint":"${FUNCTION}"}` },
  ],
  [
    'a configuration of calls',
    'AWS::Lambda::EventInvokeConfig',
    { FunctionName: 'dev_meter', Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: FUNCTION } } },
  ],
])('%s that calls a function is found, whatever its type', (_, Type, Properties) => {
  const folder = assembly.mutated('support-chat', (t) => t.add('Extra', { Type, Properties }));
  const messages = proveAccess(plan, readTemplateAccount(folder, 'dev')).violations.map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringContaining(`the templates have a resource of type ${Type} that is not in the plan: `),
  ]);
});

/** The ids of the first profile of support-chat, as the dashboard's template reads them. */
const ids = (parameter: string) => ({ 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: parameter }] }] });

test('a function in the body of a dashboard is found beside the ids of profiles', () => {
  const folder = assembly.mutated('Dashboard', (t) => {
    const { Properties } = t.resource((r) => r.Type === 'AWS::CloudWatch::Dashboard');
    const [body, variables] = Properties.DashboardBody['Fn::Sub'];
    Properties.DashboardBody = { 'Fn::Sub': [body.replace('_APPLICATION_', FUNCTION), variables] };
  });
  const messages = proveAccess(plan, readTemplateAccount(folder, 'dev')).violations.map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining('AWS::CloudWatch::Dashboard that is not in the plan: ')]);
});

test.each([
  ['AWS::CloudWatch::Alarm', { AlarmName: 'dev_extra', AlarmActions: ['x'] }, 'AlarmName'],
  ['AWS::SNS::TopicPolicy', { Topics: ['x'], PolicyDocument: {} }, 'PolicyDocument'],
  ['AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'dev_extra', PolicyDocument: {} }, 'PolicyDocument'],
])('no other resource may read the ids of profiles: %s', (Type, properties, property) => {
  const folder = assembly.mutated('Dashboard', (t) => {
    const { Properties: dashboard } = t.resource((r) => r.Type === 'AWS::CloudWatch::Dashboard');
    const [parameter = ''] = /ProfileIds\w+/.exec(JSON.stringify(dashboard)) ?? [];
    t.add('Extra', { Type, Properties: { ...properties, [property]: ids(parameter) } });
  });
  expect(() => readTemplateAccount(folder, 'dev')).toThrow('only a deployment decides the parameter');
});

test.each(['before', 'after'])('an extra alias of a key is found %s the planned alias', (where) => {
  const folder = assembly.mutated('Foundation', (t) => {
    const first = t.resource((r) => r.Type === 'AWS::KMS::Alias');
    const { AliasName } = first.Properties;
    t.add('More', {
      ...first,
      Properties: { ...first.Properties, AliasName: where === 'before' ? AliasName : 'alias/extra' },
    });
    first.Properties.AliasName = where === 'before' ? 'alias/extra' : AliasName;
  });
  const messages = proveAccess(plan, readTemplateAccount(folder, 'dev')).violations.map(({ message }) => message);
  expect(messages.join()).toContain('alias/extra');
});

test.each(CASES)('the proof fails if $title', ({ changed, first }) => {
  const [violation] = proveAccess(plan, changed).violations;
  expect([violation?.kind, violation?.message]).toEqual(first);
});
