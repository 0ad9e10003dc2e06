import { parse } from 'yaml';
import { readEnvironment } from '../../lib/config/read-environment';
import { TODAY } from './problem-text';
import { VALID, valid } from './valid-environment';

const read = (content: string | Uint8Array) =>
  readEnvironment('x.yaml', typeof content === 'string' ? Buffer.from(content) : content, TODAY);

const EVERY_KEY = `# every key of an environment file
name: stage-2
account: "111122223333"
region: us-east-1
contact: platform@example.com
tags:
  organization: acme
  "cost:center/group": a b._:/=+-@
costAllocationTags: activate
requiredTags: [Application, CostCenter, Owner, organization]
invocationLogging:
  content: true
  retentionDays: 365
verification:
  gate: warn
  everyHours: 720
oidc: { github: create }
network:
  vpcId: vpc-0123456789abcdef0
  subnetIds: [subnet-0123456789abcdef0, subnet-01234567]
  clientCidr: 10.0.0.0/16
  also: [ssm]
  endpoints: { sts: vpce-0123456789abcdef0 }
limits:
  monthlyUsd: 500
  models: [amazon.*, anthropic.claude-*, "cohere.embed-v4:0"]
  routing: [regional, us, global]
acknowledgements:
  - rule: idle-profile
    resource: support-chat/fast
    reason: >-
      used at quarter end,
      \u00e9t\u00e9 compris
    until: 2027-02-01
applications:
  support-chat:
    owner: chat-team@example.com
    costCenter: CC-1042
    models:
      main:
        model: anthropic.claude-sonnet-4-6
        routing: us
      fast: { model: amazon.nova-lite-v1:0, routing: regional }
      search: { model: "cohere.embed-v4:0", routing: global }
      draft:
        model: anthropic.claude-sonnet-5
        routing: us
        previous: { model: anthropic.claude-sonnet-4-6, routing: us }
        serve: previous
    principals:
      - service: lambda.amazonaws.com
      - role: support-chat-api
      - role: arn:aws:iam::111122223333:role/services/chat/worker
      - github: { repository: acme/support-chat, branches: [main, release/1.x], environments: [production] }
      - account: "444455556666"
        externalId: support-chat-7f3a
      - user: alice
    guardrail: { id: abcdefgh1234, version: "1" }
    tiers: [default, flex]
    budget:
      monthlyUsd: 499.99
      alerts: [1, 50, 80.5, 1000]
      forecast: [100]
      notify: [chat-team@example.com, "a+b@example.co.uk"]
      atLimit: deny
    alarms:
      throttlesPerMinute: 5
      errorRatePercent: 0.5
      p90LatencyMs: 20000
      dailyUsd: 40
    mantle: deny
    verify: [text, stream, tools, image, document]
`;

test('an environment with every key is read completely, with warnings for its network, its embedding model and its user', () => {
  const { environment, warnings } = read(EVERY_KEY);
  expect(environment).toEqual({
    file: 'x.yaml',
    aliasLines: {
      'support-chat/main': 40,
      'support-chat/fast': 43,
      'support-chat/search': 44,
      'support-chat/draft': 45,
    },
    name: 'stage-2',
    account: '111122223333',
    region: 'us-east-1',
    contact: 'platform@example.com',
    tags: { organization: 'acme', 'cost:center/group': 'a b._:/=+-@' },
    costAllocationTags: 'activate',
    requiredTags: ['Application', 'CostCenter', 'Owner', 'organization'],
    invocationLogging: { content: true, retentionDays: 365 },
    verification: { gate: 'warn', everyHours: 720 },
    oidc: { github: 'create' },
    network: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-01234567'],
      clientCidr: '10.0.0.0/16',
      also: ['ssm'],
      endpoints: { sts: 'vpce-0123456789abcdef0' },
    },
    limits: {
      monthlyUsd: 500,
      models: ['amazon.*', 'anthropic.claude-*', 'cohere.embed-v4:0'],
      routing: ['regional', 'us', 'global'],
    },
    acknowledgements: [
      {
        rule: 'idle-profile',
        resource: 'support-chat/fast',
        reason: 'used at quarter end, \u00e9t\u00e9 compris',
        until: '2027-02-01',
      },
    ],
    applications: {
      'support-chat': {
        owner: 'chat-team@example.com',
        costCenter: 'CC-1042',
        models: {
          main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us', serve: 'current' },
          fast: { model: 'amazon.nova-lite-v1:0', routing: 'regional', serve: 'current' },
          search: { model: 'cohere.embed-v4:0', routing: 'global', serve: 'current' },
          draft: {
            model: 'anthropic.claude-sonnet-5',
            routing: 'us',
            previous: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' },
            serve: 'previous',
          },
        },
        principals: [
          { kind: 'service', service: 'lambda.amazonaws.com' },
          { kind: 'role', role: 'support-chat-api' },
          { kind: 'role', role: 'arn:aws:iam::111122223333:role/services/chat/worker' },
          {
            kind: 'github',
            github: {
              repository: 'acme/support-chat',
              branches: ['main', 'release/1.x'],
              environments: ['production'],
            },
          },
          { kind: 'account', account: '444455556666', externalId: 'support-chat-7f3a' },
          { kind: 'user', user: 'alice' },
        ],
        guardrail: { id: 'abcdefgh1234', version: '1' },
        tiers: ['default', 'flex'],
        budget: {
          monthlyUsd: 499.99,
          alerts: [1, 50, 80.5, 1000],
          forecast: [100],
          notify: ['chat-team@example.com', 'a+b@example.co.uk'],
          atLimit: 'deny',
        },
        alarms: { throttlesPerMinute: 5, errorRatePercent: 0.5, p90LatencyMs: 20000, dailyUsd: 40 },
        mantle: 'deny',
        verify: ['text', 'stream', 'tools', 'image', 'document'],
      },
    },
  });
  expect(warnings.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
    '22:9 network.also',
    '44:24 applications.support-chat.models.search.model',
    '57:15 applications.support-chat.principals[5].user',
  ]);
});

/** Optional keys of the environment with every key: the lines to leave out, the part that changes, and its default. */
const OPTIONAL: readonly (readonly [
  title: string,
  pattern: RegExp,
  part: (environment: Read) => unknown,
  expected: unknown,
])[] = [
  ['tags', /tags:\n( {2}.*\n)+/, (e) => e.tags, {}],
  ['costAllocationTags', /costAllocationTags.*\n/, (e) => e.costAllocationTags, 'leave'],
  ['requiredTags', /requiredTags.*\n/, (e) => e.requiredTags, []],
  ['invocationLogging', /invocationLogging:\n( {2}.*\n)+/, (e) => e.invocationLogging, undefined],
  [
    'invocationLogging.content',
    / {2}content: true\n/,
    (e) => e.invocationLogging,
    { content: false, retentionDays: 365 },
  ],
  [
    'invocationLogging.retentionDays',
    / {2}retentionDays.*\n/,
    (e) => e.invocationLogging,
    { content: true, retentionDays: 90 },
  ],
  ['verification', /verification:\n( {2}.*\n)+/, (e) => e.verification, { gate: 'fail', everyHours: 24 }],
  ['verification.gate', / {2}gate.*\n/, (e) => e.verification, { gate: 'fail', everyHours: 720 }],
  ['oidc', /oidc.*\n/, (e) => e.oidc, { github: 'existing' }],
  ['network.also', / {2}also.*\n/, (e) => e.network?.also, []],
  ['network.endpoints', / {2}endpoints.*\n/, (e) => e.network?.endpoints, {}],
  ['network', /network:\n( {2}.*\n)+/, (e) => e.network, undefined],
  ['limits', /limits:\n( {2}.*\n)+/, (e) => e.limits, {}],
  ['limits.models', / {2}models: \[.*\n/, (e) => e.limits, { monthlyUsd: 500, routing: ['regional', 'us', 'global'] }],
  ['acknowledgements', /acknowledgements:\n( {2}.*\n)+/, (e) => e.acknowledgements, []],
  ['serve', / {8}serve.*\n/, (e) => e.applications['support-chat']?.models['draft']?.serve, 'current'],
  ['guardrail', / {4}guardrail.*\n/, (e) => e.applications['support-chat']?.guardrail, undefined],
  ['tiers', / {4}tiers.*\n/, (e) => e.applications['support-chat']?.tiers, ['default']],
  ['budget', / {4}budget:\n( {6}.*\n)+/, (e) => e.applications['support-chat']?.budget, undefined],
  ['budget.alerts', / {6}alerts.*\n/, (e) => e.applications['support-chat']?.budget?.alerts, []],
  ['budget.forecast', / {6}forecast.*\n/, (e) => e.applications['support-chat']?.budget?.forecast, []],
  ['budget.atLimit', / {6}atLimit.*\n/, (e) => e.applications['support-chat']?.budget?.atLimit, 'notify'],
  ['alarms', / {4}alarms:\n( {6}.*\n)+/, (e) => e.applications['support-chat']?.alarms, undefined],
  ['mantle', / {4}mantle.*\n/, (e) => e.applications['support-chat']?.mantle, 'deny'],
  ['verify', / {4}verify.*\n/, (e) => e.applications['support-chat']?.verify, undefined],
];
type Read = ReturnType<typeof read>['environment'];

test.each(OPTIONAL)('%s may be left out', (title, pattern, part, expected) => {
  const without = EVERY_KEY.replace(pattern, '');
  expect(without).not.toBe(EVERY_KEY);
  const content = title === 'tags' ? without.replace(', organization]', ']') : without;
  expect(part(read(content).environment)).toEqual(expected);
});

/** Other ways to write the small valid environment. */
const SAME: readonly (readonly [title: string, content: string | Uint8Array])[] = [
  ['CR LF', VALID.replaceAll('\n', '\r\n')],
  ['no line break at the end', VALID.trimEnd()],
  ['a byte order mark', `\ufeff${VALID}`],
  ['a byte order mark and CR LF', `\ufeff${VALID.replaceAll('\n', '\r\n')}`],
  ['a document start', `# first\n---\n${VALID}`],
  ['a document end', `${VALID}...\n`],
  ['comments on every line', VALID.replaceAll('\n', ' # \u00e9\u{1f600}\n')],
  ['blank lines', VALID.replaceAll('\n', '\n\n')],
  ['single quotes', VALID.replaceAll('"', "'")],
  ['quoted keys', VALID.replace(/^( *)([a-zA-Z-]+):/gm, '$1"$2":')],
  ['quoted values', valid('us-east-1', '"us-east-1"').replace('routing: us', "routing: 'us'")],
  ['escapes in quotes', valid('name: dev', 'name: "d\\u0065v"')],
  ['tabs between values', valid('region: us-east-1', 'region:\tus-east-1')],
  ['explicit keys', valid('region: us-east-1', '? region\n: us-east-1')],
  [
    'a budget in block style',
    valid(
      'budget: { monthlyUsd: 500, alerts: [80, 100], notify: [chat-team@example.com] }',
      'budget:\n      monthlyUsd: 500\n      alerts:\n      - 80\n      - 100\n      notify:\n        - chat-team@example.com',
    ),
  ],
  [
    'a flow map over lines',
    valid(
      '{ model: anthropic.claude-sonnet-4-6, routing: us }',
      '{\n        model: anthropic.claude-sonnet-4-6,\n        routing: us,\n      }',
    ),
  ],
  ['numbers as people write them', valid('500', '5.0e2').replace('[80, 100]', '[80.0, +100]')],
  ['JSON', JSON.stringify(jsonOf())],
  ['JSON with indentation', JSON.stringify(jsonOf(), null, 2)],
];

function jsonOf(): unknown {
  return parse(VALID);
}

test.each(SAME)('%s reads the same', (_, content) => {
  // The lines of the aliases differ, because the files are written differently.
  const { aliasLines } = read(content).environment;
  const { environment, warnings } = read(VALID);
  expect(read(content)).toEqual({ environment: { ...environment, aliasLines }, warnings });
});

/** Values that are just within the limits. */
const ALLOWED: readonly (readonly [title: string, from: string, to: string])[] = [
  ['an account with leading zeros', '"111122223333"', '"000000000001"'],
  ['a name of 20 characters', 'name: dev', 'name: abcdefghij-123456789'],
  ['an application of 24 characters', 'support-chat:', 'support-chat-for-all-123:'],
  ['an application with the name of a method of objects', 'support-chat:', 'valueof:'],
  ['an alias of one letter', 'main:', 'a:'],
  ['an alias with the name of a method of objects', 'main:', 'valueof:'],
  ['an unquoted code with a letter', 'CC-1042', '1042a'],
  ['a quoted number as a code', 'CC-1042', '"1042"'],
  ['a code of 256 characters', 'CC-1042', 'c'.repeat(256)],
  ['the lowest and the highest threshold', '[80, 100]', '[1, 1000]'],
  ['five notifications', '[80, 100]', '[10, 20, 30, 40], forecast: [100]'],
  ['the same threshold actual and forecast', '[80, 100]', '[100], forecast: [100]'],
  [
    'ten addresses',
    '[chat-team@example.com]',
    `[${Array.from({ length: 10 }, (_, i) => `t${i}@example.com`).join(', ')}]`,
  ],
  ['a role with every character', '- service: lambda.amazonaws.com', '- role: A_b+c=d,e.f@g-h'],
  [
    'a GitHub environment alone',
    '- service: lambda.amazonaws.com',
    '- github: { repository: acme/x.y_z, environments: [Production EU] }',
  ],
  [
    'a repository with the ids that its token names',
    '- service: lambda.amazonaws.com',
    '- github: { repository: acme@1234/chat@5678, branches: [main] }',
  ],
  [
    'an external id of two characters',
    '- service: lambda.amazonaws.com',
    '- { account: "444455556666", externalId: x1 }',
  ],
  [
    'one repository and one role of the same name',
    '- service: lambda.amazonaws.com',
    '- role: chat\n      - github: { repository: acme/chat, branches: [main] }',
  ],
  ['a regional model', 'anthropic.claude-sonnet-4-6, routing: us', 'amazon.nova-lite-v1:0, routing: regional'],
  ['a global profile', 'routing: us', 'routing: global'],
  ['empty limits', '\napplications:', 'limits: {}\napplications:'],
  ['empty lists', '\napplications:', 'requiredTags: []\nacknowledgements: []\napplications:'],
  ['a budget of the whole limit', '\napplications:', 'limits: { monthlyUsd: 500 }\napplications:'],
];

test.each(ALLOWED)('%s is accepted without a warning', (_, from, to) => {
  expect(read(valid(from, to)).warnings).toEqual([]);
});

test('a service tier that costs more than the catalog knows is a warning', () => {
  const file = (tiers: string) => valid('    budget:', `    tiers: ${tiers}\n    budget:`);
  expect(read(file('[default, flex]')).warnings).toEqual([]);
  expect(read(file('[default, flex, priority]')).warnings).toMatchObject([
    { path: 'applications.support-chat.tiers', message: expect.stringMatching(/^'priority' costs more than /) },
  ]);
});

test.each(['\n', '\r\n'])('positions are right with a byte order mark and line breaks of %j', (lineBreak) => {
  const warned = `\ufeff${valid('- service: lambda.amazonaws.com', '- user: alice').replaceAll('\n', lineBreak)}`;
  expect(read(warned).warnings).toMatchObject([{ line: 13, column: 15, length: 5, source: '      - user: alice' }]);
  const first = `\ufeff${valid('name: dev', 'name: Dev').replaceAll('\n', lineBreak)}`;
  expect(() => read(first)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ line: 1, column: 7, source: 'name: Dev' })] }),
  );
});
