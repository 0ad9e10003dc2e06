import { environmentSchema } from '../../../lib/config/environment-schema';
import { fileControls } from '../../../lib/proof/controls/file-controls';
import { isBroader } from '../../../lib/proof/controls/width';
import { diffAccess } from '../../../lib/proof/matrix/diff-access';
import { diffFailures } from '../../../lib/proof/matrix/diff-failures';
import { controlWords } from '../../../lib/report/diff/control-words';
import { diffVerdict } from '../../../lib/report/diff/diff-verdict';
import { matrix, profile } from './diff-matrices';

type Json = Record<string, unknown>;

/** An environment file with everything in it. */
const FILE = {
  name: 'dev',
  account: '111122223333',
  region: 'us-east-1',
  contact: 'platform@example.com',
  tags: { organization: 'acme', unit: 'north' },
  costAllocationTags: 'activate',
  requiredTags: ['Application', 'Owner'],
  invocationLogging: { content: true, retentionDays: 90 },
  verification: { gate: 'fail', everyHours: 24 },
  oidc: { github: 'existing' },
  network: {
    vpcId: 'vpc-12345678',
    subnetIds: ['subnet-12345678'],
    clientCidr: '10.0.0.0/16',
    also: ['ssm'],
    endpoints: { sts: 'vpce-12345678' },
  },
  limits: { monthlyUsd: 2000, models: ['amazon.*', 'meta.*'], routing: ['us'] },
  acknowledgements: [{ rule: 'idle-profile', resource: 'x', reason: 'y', until: '2027-02-01' }],
  applications: {
    chat: {
      owner: 'chat@example.com',
      costCenter: 'CC-1',
      models: { main: { model: 'amazon.nova-lite-v1:0', routing: 'us' } },
      principals: [{ service: 'lambda.amazonaws.com' }],
      tiers: ['default', 'flex'],
      budget: {
        monthlyUsd: 500,
        alerts: [50, 80],
        forecast: [100],
        notify: ['a@example.com', 'b@example.com'],
        atLimit: 'deny',
      },
      alarms: { throttlesPerMinute: 5, errorRatePercent: 4, p90LatencyMs: 900, dailyUsd: 40 },
      mantle: 'deny',
      verify: ['text', 'stream'],
    },
  },
};

const CHAT = 'applications.chat';

/** Returns the file with values set, by path. `undefined` takes a field out. */
function changed(changes: Json): unknown {
  const file = structuredClone(FILE) as Json;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    const parent = keys.reduce((at, key) => at[key] as Json, file);
    if (value === undefined) {
      delete parent[last];
    } else {
      parent[last] = value;
    }
  }
  return file;
}

function diffOf(before: Json, after: Json) {
  const [old, current] = [before, after].map((changes) =>
    matrix({ profiles: [profile()], ...fileControls(environmentSchema.parse(changed(changes))) }),
  );
  return diffAccess({ before: old ?? matrix(), after: current ?? matrix() });
}

const sentences = (before: Json, after: Json): readonly string[] =>
  (diffOf(before, after).controls ?? []).map((c) => controlWords(c, (text) => text).join(' '));

const weaker: readonly (readonly [change: Json, sentence: string])[] = [
  [
    { [`${CHAT}.budget.atLimit`]: 'notify' },
    'chat: the application is no longer denied when its budget is spent (atLimit: deny → notify)',
  ],
  [
    { [`${CHAT}.budget.atLimit`]: undefined },
    'chat: the application is no longer denied when its budget is spent (atLimit: deny → notify)',
  ],
  [{ [`${CHAT}.budget.monthlyUsd`]: 501 }, 'chat: the monthly budget is higher (monthlyUsd: 500 → 501)'],
  [{ [`${CHAT}.budget.alerts`]: [80] }, 'chat: the alerts of the budget are fewer (alerts: 50, 80 → 80)'],
  [{ [`${CHAT}.budget.alerts`]: [50, 1000] }, 'chat: the alerts of the budget come later (alerts: 50, 80 → 50, 1000)'],
  [
    { [`${CHAT}.budget.forecast`]: undefined },
    'chat: the forecast alerts of the budget are fewer (forecast: 100 → none)',
  ],
  [
    { [`${CHAT}.budget.notify`]: ['c@example.com', 'd@example.com'] },
    'chat: the alerts of the budget no longer go to everybody they went to (notify: a@example.com, b@example.com → c@example.com, d@example.com)',
  ],
  [
    { [`${CHAT}.budget.notify`]: ['a@example.com'] },
    'chat: the alerts of the budget no longer go to everybody they went to (notify: a@example.com, b@example.com → a@example.com)',
  ],
  [{ [`${CHAT}.alarms.dailyUsd`]: 41 }, 'chat: the limit of dollars a day is higher (dailyUsd: 40 → 41)'],
  [{ [`${CHAT}.alarms.dailyUsd`]: undefined }, 'chat: the limit of dollars a day is gone (dailyUsd: 40 → none)'],
  [
    { [`${CHAT}.alarms.throttlesPerMinute`]: 6 },
    'chat: the alarm on throttles per minute is higher (throttlesPerMinute: 5 → 6)',
  ],
  [
    { [`${CHAT}.alarms.errorRatePercent`]: undefined },
    'chat: the alarm on the percentage of errors is higher (errorRatePercent: 4 → 5)',
  ],
  [{ [`${CHAT}.alarms.p90LatencyMs`]: 901 }, 'chat: the alarm on latency is higher (p90LatencyMs: 900 → 901)'],
  [
    { [`${CHAT}.owner`]: 'eve@example.com' },
    'chat: the address for alerts of the application changes (owner: chat@example.com → eve@example.com)',
  ],
  [{ [`${CHAT}.verify`]: ['text'] }, 'chat: the probes of the verification are fewer (verify: text, stream → text)'],
  [
    { contact: 'eve@example.com' },
    'the address for alerts of the environment changes (contact: platform@example.com → eve@example.com)',
  ],
  [
    { costAllocationTags: 'leave' },
    'the tags are no longer kept active for cost allocation (costAllocationTags: activate → leave)',
  ],
  [{ requiredTags: ['Owner'] }, 'the required tags are fewer (requiredTags: Application, Owner → Owner)'],
  [
    { requiredTags: ['Owner', 'Other'] },
    'the required tags are others (requiredTags: Application, Owner → Owner, Other)',
  ],
  [{ invocationLogging: undefined }, 'calls are no longer logged'],
  [{ 'invocationLogging.content': false }, 'prompts and answers are no longer logged (content: true → false)'],
  [
    { 'invocationLogging.retentionDays': 30 },
    'the number of days for which the log is kept is lower (retentionDays: 90 → 30)',
  ],
  [{ 'verification.gate': 'warn' }, 'a deployment no longer fails when access does not work (gate: fail → warn)'],
  [
    { 'verification.everyHours': 720 },
    'the number of hours between two verifications is higher (everyHours: 24 → 720)',
  ],
  [{ 'oidc.github': 'create' }, 'the account gets an identity provider that trusts GitHub (github: existing → create)'],
  [{ network: undefined }, 'calls no longer go through the endpoint of a VPC'],
  [{ 'network.vpcId': 'vpc-87654321' }, 'the VPC of the endpoint changes (vpcId: vpc-12345678 → vpc-87654321)'],
  [
    { 'network.clientCidr': '0.0.0.0/0' },
    'the range of client addresses of the endpoint changes (clientCidr: 10.0.0.0/16 → 0.0.0.0/0)',
  ],
  [
    { 'network.subnetIds': ['subnet-12345678', 'subnet-87654321'] },
    'the subnets of the endpoint are more (subnetIds: subnet-12345678 → subnet-12345678, subnet-87654321)',
  ],
  [{ 'network.also': [] }, 'the further services with an endpoint are fewer (also: ssm → none)'],
  [
    { 'network.endpoints.sts': 'vpce-87654321' },
    'the existing endpoint of sts changes (sts: vpce-12345678 → vpce-87654321)',
  ],
  [{ 'limits.monthlyUsd': 2001 }, 'the limit for the sum of all budgets is higher (monthlyUsd: 2000 → 2001)'],
  [{ 'limits.monthlyUsd': undefined }, 'the limit for the sum of all budgets is gone (monthlyUsd: 2000 → none)'],
  [{ 'limits.models': ['*'] }, 'the allowed models are more (models: amazon.*, meta.* → *)'],
  [{ 'limits.models': undefined }, 'the allowed models are no longer limited (models: amazon.*, meta.* → none)'],
  [{ 'limits.routing': ['us', 'global'] }, 'the allowed routings are more (routing: us → us, global)'],
  [
    {
      acknowledgements: [
        ...FILE.acknowledgements,
        { rule: 'side-door', resource: 'z', reason: 'y', until: '2027-03-01' },
      ],
    },
    'the accepted findings are more (acknowledgements: reason: y, resource: x, rule: idle-profile, until: 2027-02-01 → reason: y, resource: x, rule: idle-profile, until: 2027-02-01, reason: y, resource: z, rule: side-door, until: 2027-03-01)',
  ],
  [
    { [`${CHAT}.tiers`]: ['default', 'flex', 'priority'] },
    'chat: the service tiers that a call may name are more (tiers: default, flex → default, flex, priority)',
  ],
];

test.each(weaker)('%j is a weaker control, told as a sentence', (change, sentence) => {
  const diff = diffOf({}, change);
  expect(sentences({}, change)).toEqual([`+ ${sentence}`]);
  expect(diffVerdict(diff)).toContain('1 control is weaker');
  expect(diffFailures(diff, { any: false, broader: true, replaced: false })).toEqual([
    { environment: 'dev', choice: 'broader', because: 'a control is weaker' },
  ]);
});

test.each(weaker.filter(([, sentence]) => !/changes|others|c@example/.test(sentence)))(
  'the opposite of %j is a stronger control',
  (change) => {
    const diff = diffOf(change, {});
    expect(diff.controls).toHaveLength(1);
    expect(diff.controls?.filter(isBroader)).toEqual([]);
  },
);

test.each<[change: Json, sentence: string]>([
  [{ [`${CHAT}.costCenter`]: 'CC-2' }, '~ chat: another cost center is charged (costCenter: CC-1 → CC-2)'],
  [
    { tags: { unit: 'north' } },
    '~ the tags of all resources change (tags: organization: acme, unit: north → unit: north)',
  ],
  [
    { [`${CHAT}.budget.notify`]: [...FILE.applications.chat.budget.notify, 'c@example.com'] },
    '~ chat: the alerts of the budget go to more people (notify: a@example.com, b@example.com → a@example.com, b@example.com, c@example.com)',
  ],
])('%j is told and is not a weaker control', (change, sentence) => {
  expect(sentences({}, change)).toEqual([sentence]);
  expect(diffOf({}, change).controls?.filter(isBroader)).toEqual([]);
});

const BUDGET = { monthlyUsd: 500, notify: ['a@example.com'] };
const WITHOUT = { [`${CHAT}.alarms`]: undefined, [`${CHAT}.verify`]: undefined, [`${CHAT}.budget`]: BUDGET };

// What a file leaves out has a default, and a change is compared with it.
test.each<[before: Json, after: Json, sentence: string]>([
  [
    WITHOUT,
    { [`${CHAT}.alarms`]: { throttlesPerMinute: 1000 } },
    '+ chat: the alarm on throttles per minute is higher (throttlesPerMinute: 5 → 1000)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.alarms`]: { errorRatePercent: 100 } },
    '+ chat: the alarm on the percentage of errors is higher (errorRatePercent: 5 → 100)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.alarms`]: { p90LatencyMs: 600_000 } },
    '+ chat: the alarm on latency is higher (p90LatencyMs: 20000 → 600000)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.alarms`]: { p90LatencyMs: 10_000 } },
    '- chat: the alarm on latency is lower (p90LatencyMs: 20000 → 10000)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.alarms`]: { dailyUsd: 1e6 } },
    '+ chat: the limit of dollars a day is higher (dailyUsd: 50 → 1000000)',
  ],
  [
    { ...WITHOUT, [`${CHAT}.alarms`]: { errorRatePercent: 50 } },
    {},
    '- chat: the alarm on the percentage of errors is lower (errorRatePercent: 50 → 5)',
  ],
  [
    { ...WITHOUT, [`${CHAT}.alarms`]: { dailyUsd: 60 } },
    {},
    '- chat: the limit of dollars a day is lower (dailyUsd: 60 → 50)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.budget`]: { ...BUDGET, alerts: [1000] } },
    '+ chat: the alerts of the budget come later (alerts: 100 → 1000)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.budget`]: { ...BUDGET, alerts: [80] } },
    '- chat: the alerts of the budget come earlier or are more (alerts: 100 → 80)',
  ],
  [
    WITHOUT,
    { [`${CHAT}.verify`]: ['text'] },
    '+ chat: the probes of the verification are fewer (verify: all that the model can do → text)',
  ],
  [
    { ...WITHOUT, [`${CHAT}.verify`]: ['text'] },
    { [`${CHAT}.verify`]: undefined },
    '- chat: the probes of the verification are more (verify: text → all that the model can do)',
  ],
  [
    {},
    { 'limits.models': ['amazon.nova-*', 'meta.*'] },
    '- the allowed models are fewer (models: amazon.*, meta.* → amazon.nova-*, meta.*)',
  ],
  [
    {},
    { 'limits.models': ['amazon.*', 'amazon.nova-*', 'meta.*'] },
    '~ the allowed models are the same, listed in another way (models: amazon.*, meta.* → amazon.*, amazon.nova-*, meta.*)',
  ],
  [{}, { 'limits.models': ['a*', 'meta.*'] }, '+ the allowed models are more (models: amazon.*, meta.* → a*, meta.*)'],
])('from %j to %j is told as a sentence that knows the defaults', (before, after, sentence) => {
  expect(sentences(before, { ...WITHOUT, ...after })).toEqual(
    'limits.models' in after ? expect.arrayContaining([sentence]) : [sentence],
  );
});

test('an alert on forecasts that takes the place of the default alert is weaker', () => {
  const after = { ...WITHOUT, [`${CHAT}.budget`]: { ...BUDGET, forecast: [1000] } };
  expect(sentences(WITHOUT, after)).toContain('+ chat: the alerts of the budget are fewer (alerts: 100 → none)');
});

test.each<[change: Json, sentences: readonly string[]]>([
  [
    { [`${CHAT}.budget`]: undefined },
    [
      '+ chat: the application is no longer denied when its budget is spent (atLimit: deny → none)',
      '+ chat: the application has no budget any more (monthlyUsd: 500 → none)',
    ],
  ],
])('a budget that is gone is told as a whole, with the denial at its limit', (change, expected) => {
  expect(sentences({}, change)).toEqual(expected);
});

test('a new budget is told as a whole', () => {
  const before = { [`${CHAT}.budget`]: undefined };
  expect(sentences(before, { [`${CHAT}.budget`]: BUDGET })).toEqual([
    '- chat: the application has a budget (monthlyUsd: none → 500)',
  ]);
});

test.each<[what: string, accepted: readonly Json[]]>([
  ['a reason of 60,000 characters', [{ reason: 'A'.repeat(60_000) }]],
  ['2,000 entries', Array.from({ length: 2000 }, (_, i) => ({ reason: `r${i}` }))],
])('%s in an accepted finding does not push other sentences out of a comment', (_, accepted) => {
  const acknowledgements = accepted.map(({ reason }) => ({ ...FILE.acknowledgements[0], reason }));
  const [told = '', ...others] = sentences({}, { acknowledgements });
  expect(told.length).toBeLessThan(1500);
  expect(told).toContain('until: 2027-02-01');
  expect(others).toEqual([]);
});

test('seven weaker controls in one change are seven sentences, and fail', () => {
  const change = Object.assign({}, ...[0, 2, 8, 16, 23, 22, 31].map((i) => weaker[i]?.[0])) as Json;
  const diff = diffOf({}, change);
  expect(sentences({}, change)).toHaveLength(7);
  expect(diffVerdict(diff)).toContain('7 controls are weaker');
  expect(diffFailures(diff, { any: false, broader: true, replaced: false })).toMatchObject([
    { because: '7 controls are weaker' },
  ]);
});

test('a control of another version of this program counts as weaker when it changes', () => {
  const [before, after] = [1, 2].map((value) => matrix({ controls: { 'future.control': value } }));
  expect(diffAccess({ before: before ?? matrix(), after: after ?? matrix() }).controls).toMatchObject([
    { field: 'future.control', width: 'both' },
  ]);
});

test('the controls of a new application are part of the application', () => {
  const after = matrix({ controls: { 'applications.new.tiers': ['default', 'priority'] } });
  expect(diffAccess({ before: matrix(), after }).controls).toEqual([]);
});

test('every control of the file is compared, and no other field', () => {
  expect(Object.keys(fileControls(environmentSchema.parse(FILE)).controls)).toEqual(
    [
      ...['acknowledgements', 'contact', 'costAllocationTags', 'requiredTags', 'tags', 'oidc.github'],
      ...[
        'invocationLogging.content',
        'invocationLogging.retentionDays',
        'verification.everyHours',
        'verification.gate',
      ],
      ...['limits.models', 'limits.monthlyUsd', 'limits.routing'],
      ...['owner', 'costCenter', 'tiers', 'verify'].map((key) => `${CHAT}.${key}`),
      ...['also', 'clientCidr', 'endpoints.sts', 'subnetIds', 'vpcId'].map((key) => `network.${key}`),
      ...['alerts', 'atLimit', 'forecast', 'notify'].map((key) => `${CHAT}.budget.${key}`),
      ...['dailyUsd', 'errorRatePercent', 'p90LatencyMs', 'throttlesPerMinute'].map((key) => `${CHAT}.alarms.${key}`),
    ].sort(),
  );
});
