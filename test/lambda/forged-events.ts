import type { DescribedResource } from './custom-resource/described-resource';

/** A forged or broken event, and what must come of it. */
export interface ForgedEvent {
  readonly target: 'account-settings' | 'limit' | 'meter' | 'verification';
  readonly forged: string;
  readonly event: unknown;
  /**
   * What CloudFormation says about the resource in the event.
   *
   * @default - it knows no such resource
   */
  readonly described?: DescribedResource | 'throttled' | 'denied';
  /** True if CloudFormation's endpoint is AWS's own, so that only AWS's own addresses may be answered. */
  readonly inAws?: boolean;
  /** `one line`: in the log. `error`: thrown to the caller, which Lambda logs once for each try. */
  readonly told: 'error' | 'one line';
  /** Part of what is told. */
  readonly says: string;
  /** True if CloudFormation is answered that nothing was changed. */
  readonly answered?: boolean;
}

const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack';
const ID = 'c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd';
export const RULE = 'arn:aws:events:us-east-1:111122223333:rule/dev_account-settings-schedule';
const LOGGING = 'Custom::BedrockAccessInvocationLogging';
const GATE = 'Custom::BedrockAccessGate';
const DENIAL = 'Custom::BedrockAccessDenial';

/** Where CloudFormation waits in the tests. The test replaces it by an address on this machine. */
export const HERE = 'here';

const request = (changes: Readonly<Record<string, unknown>>) => ({
  RequestType: 'Update',
  ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:dev_account-settings',
  ResponseURL: HERE,
  StackId: `${STACK}/dev--Foundation/${ID}`,
  RequestId: '9d3c6b0e-6d2a-4bd0-8d6f-1f7f3e5c2a10',
  LogicalResourceId: 'Setting',
  PhysicalResourceId: 'bedrock-access-invocation-logging',
  ResourceType: LOGGING,
  ResourceProperties: { LogGroupName: '/evil', RoleArn: 'arn:evil', Content: 'true', TagKeys: ['evil'] },
  ...changes,
});
const OURS: DescribedResource = {
  type: LOGGING,
  status: 'UPDATE_COMPLETE',
  physicalId: 'bedrock-access-invocation-logging',
};

const addresses: readonly (readonly [string, string])[] = [
  ['any https host', 'https://example.com/collect'],
  ["somebody's bucket", 'https://my-bucket.s3.us-east-1.amazonaws.com/a'],
  ["CloudFormation's bucket of another Region", bucket('euwest1', 's3.eu-west-1.amazonaws.com')],
  ['a bucket with a longer name', bucket('useast1-mine', 's3.us-east-1.amazonaws.com')],
  ['another domain behind the host', bucket('useast1', 's3.us-east-1.amazonaws.com.example.com')],
  ["China's domain in us-east-1", bucket('useast1', 's3.us-east-1.amazonaws.com.cn')],
  ['another port', bucket('useast1', 's3.us-east-1.amazonaws.com:8443')],
  ['the host as a user name', bucket('useast1', 's3.us-east-1.amazonaws.com@example.com')],
  ['plain http', bucket('useast1', 's3.us-east-1.amazonaws.com').replace('https', 'http')],
  ['the metadata of the machine', 'http://169.254.169.254/latest/meta-data/'],
  ['the machine itself', 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next'],
  ['a file', 'file:///etc/passwd'],
  ['no address', 'nowhere'],
];

function bucket(region: string, host: string): string {
  return `https://cloudformation-custom-resource-response-${region}.${host}/a?Signature=s`;
}

const stacks: readonly (readonly [string, string])[] = [
  ['a stack of another account', `arn:aws:cloudformation:us-east-1:444455556666:stack/dev--Foundation/${ID}`],
  ['a stack of another Region', `arn:aws:cloudformation:eu-west-1:111122223333:stack/dev--Foundation/${ID}`],
  ['a stack of another partition', `arn:aws-cn:cloudformation:us-east-1:111122223333:stack/dev--Foundation/${ID}`],
  ['a stack of another environment', `${STACK}/prod--Foundation/${ID}`],
  ["an application's stack", `${STACK}/dev--shop/${ID}`],
  ['a stack with a longer name', `${STACK}/dev--Foundation2/${ID}`],
  ['a name without an ARN', 'dev--Foundation'],
  ['a pattern', `${STACK}/dev--Foundation/*`],
];

const scheduled = (changes: Readonly<Record<string, unknown>>) => ({
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '111122223333',
  time: new Date().toISOString(),
  region: 'us-east-1',
  resources: [RULE],
  detail: {},
  ...changes,
});
const later = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const HOUR = 3_600_000;

const schedules: readonly (readonly [forged: string, changes: Readonly<Record<string, unknown>>, says: string])[] = [
  ['another source', { source: 'aws.s3' }, 'another source'],
  ['a source of its own', { source: 'custom.events' }, 'another source'],
  ['another kind of event', { 'detail-type': 'AWS API Call via CloudTrail' }, 'another detail-type'],
  ['another account', { account: '444455556666' }, 'another account'],
  ['another Region', { region: 'eu-west-1' }, 'another region'],
  ['another rule', { resources: [RULE.replace('settings', 'other')] }, 'another rule'],
  ['the rule of another environment', { resources: [RULE.replace('dev_', 'prod_')] }, 'another rule'],
  ['a second rule beside the own', { resources: [RULE, 'arn:evil'] }, 'another rule'],
  ['no rule', { resources: [] }, 'another rule'],
  ['a time two hours ahead', { time: later(2 * HOUR) }, 'later than the clock'],
  ['a time of the day before yesterday', { time: later(-49 * HOUR) }, 'older than a day'],
  ['no time', { time: undefined }, 'no time'],
  ['a time that is none', { time: 'tomorrow' }, 'no time'],
];

const application = { StackId: `${STACK}/dev--shop/${ID}`, LogicalResourceId: 'Gate' };

export const FORGED_EVENTS: readonly ForgedEvent[] = [
  ...addresses.map(
    ([forged, ResponseURL], i): ForgedEvent => ({
      target: (['account-settings', 'limit', 'verification'] as const)[i % 3] ?? 'limit',
      forged: `ResponseURL: ${forged}`,
      event: request({ RequestType: 'Delete', ResponseURL, ...application }),
      inAws: true,
      told: 'one line',
      says: 'ResponseURL',
    }),
  ),
  ...stacks.map(
    ([forged, StackId]): ForgedEvent => ({
      target: 'account-settings',
      forged: `StackId: ${forged}`,
      event: request({ RequestType: 'Delete', StackId }),
      described: { ...OURS, status: 'DELETE_IN_PROGRESS' },
      told: 'one line',
      says: 'StackId names no stack of this environment',
    }),
  ),
  ...(['Create', 'Update', 'Delete'] as const).map(
    (RequestType): ForgedEvent => ({
      target: 'account-settings',
      forged: `${RequestType} of the invocation log that CloudFormation is not doing`,
      event: request({ RequestType }),
      described: OURS,
      told: 'one line',
      says: `CloudFormation waits for no ${RequestType}`,
      answered: true,
    }),
  ),
  {
    target: 'account-settings',
    forged: 'Delete while CloudFormation updates the log',
    event: request({ RequestType: 'Delete' }),
    described: { ...OURS, status: 'UPDATE_IN_PROGRESS' },
    told: 'one line',
    says: 'waits for no Delete',
    answered: true,
  },
  {
    target: 'account-settings',
    forged: 'Update while CloudFormation deletes the log',
    event: request({}),
    described: { ...OURS, status: 'DELETE_IN_PROGRESS' },
    told: 'one line',
    says: 'waits for no Update',
    answered: true,
  },
  {
    target: 'account-settings',
    forged: 'a physical id with another earlier setting',
    event: request({ RequestType: 'Delete', PhysicalResourceId: 'bedrock-access-invocation-logging?x=true' }),
    described: { ...OURS, status: 'DELETE_IN_PROGRESS' },
    told: 'one line',
    says: 'the physical id of the resource is another one',
    answered: true,
  },
  {
    target: 'account-settings',
    forged: 'a resource of another type in the own stack',
    event: request({ LogicalResourceId: 'Other' }),
    described: { type: 'Custom::Other', status: 'UPDATE_IN_PROGRESS', physicalId: 'x' },
    told: 'one line',
    says: 'the resource has the type Custom::Other',
    answered: true,
  },
  {
    target: 'account-settings',
    forged: 'a resource that does not exist',
    event: request({ LogicalResourceId: 'Nothing' }),
    told: 'one line',
    says: 'Resource does not exist',
    answered: true,
  },
  {
    target: 'account-settings',
    forged: 'a LogicalResourceId that is a form',
    event: request({ LogicalResourceId: 'Setting&Action=DeleteStack' }),
    told: 'one line',
    says: 'LogicalResourceId is not an id',
  },
  {
    target: 'account-settings',
    forged: 'a RequestId of a megabyte',
    event: request({ RequestId: 'r'.repeat(1_000_000) }),
    told: 'one line',
    says: 'RequestId is longer',
  },
  ...(['throttled', 'denied'] as const).map(
    (described): ForgedEvent => ({
      target: 'account-settings',
      forged: `Delete while CloudFormation's answer is ${described}`,
      event: request({ RequestType: 'Delete' }),
      described,
      told: 'one line',
      says: 'nothing was changed, because CloudFormation could not be asked',
      answered: true,
    }),
  ),
  ...(['Read', 'create', '', 7, null] as const).map(
    (RequestType): ForgedEvent => ({
      target: 'account-settings',
      forged: `RequestType: ${JSON.stringify(RequestType)}`,
      event: request({ RequestType }),
      told: 'error',
      says: 'the event comes neither from CloudFormation',
    }),
  ),
  ...schedules.map(
    ([forged, changes, says]): ForgedEvent => ({
      target: 'account-settings',
      forged: `schedule: ${forged}`,
      event: scheduled(changes),
      told: 'error',
      says,
    }),
  ),
  {
    target: 'verification',
    forged: 'a gate that CloudFormation does not wait for',
    event: request({ RequestType: 'Create', PhysicalResourceId: undefined, ...application }),
    described: { type: GATE, status: 'CREATE_COMPLETE', physicalId: 'bedrock-access-gate' },
    told: 'one line',
    says: 'waits for no Create',
    answered: true,
  },
  {
    target: 'verification',
    forged: 'a request for a denial, sent to the verification',
    event: request({ ...application, PhysicalResourceId: 'bedrock-access-denial' }),
    described: { type: DENIAL, status: 'UPDATE_IN_PROGRESS', physicalId: 'bedrock-access-denial' },
    told: 'one line',
    says: `the resource has the type ${DENIAL}`,
    answered: true,
  },
  {
    target: 'verification',
    forged: 'the schedule of EventBridge instead of the own input',
    event: scheduled({}),
    told: 'error',
    says: 'the event has the unknown keys version',
  },
  {
    target: 'verification',
    forged: '"scheduled": "yes"',
    event: { scheduled: 'yes' },
    told: 'error',
    says: 'the event has scheduled "yes"',
  },
  {
    target: 'verification',
    forged: 'no application',
    event: { applications: [] },
    told: 'error',
    says: 'the event has the applications []',
  },
  {
    target: 'verification',
    forged: 'credentials in the event',
    event: { credentials: { accessKeyId: 'evil' } },
    told: 'error',
    says: 'the event has the unknown keys credentials',
  },
  ...(['Update', 'Delete'] as const).map(
    (RequestType): ForgedEvent => ({
      target: 'limit',
      forged: `${RequestType} of a denial that CloudFormation is not doing`,
      event: request({ RequestType, ...application, PhysicalResourceId: 'bedrock-access-denial' }),
      described: { type: DENIAL, status: 'CREATE_COMPLETE', physicalId: 'bedrock-access-denial' },
      told: 'one line',
      says: `waits for no ${RequestType}`,
      answered: true,
    }),
  ),
  {
    target: 'limit',
    forged: 'Delete while CloudFormation cannot be asked',
    event: request({ RequestType: 'Delete', ...application, PhysicalResourceId: 'bedrock-access-denial' }),
    described: 'throttled',
    told: 'one line',
    says: 'could not be asked',
    answered: true,
  },
  {
    target: 'limit',
    forged: 'Delete of a denial from a stack of another environment',
    event: request({ RequestType: 'Delete', StackId: `${STACK}/prod--shop/${ID}` }),
    told: 'one line',
    says: 'StackId names no stack of this environment',
  },
];

/** Returns the table as it stands in the documentation. */
export function forgedTable(events: readonly ForgedEvent[]): string {
  const rows = events.map(({ target, forged, told, says, answered }) => {
    const toldTo = told === 'error' ? 'an error of the function' : 'one line in its log';
    const answer = answered === true ? '; CloudFormation is answered `FAILED`' : '';
    const cell = (text: string): string => text.replaceAll('|', '\\|');
    return `| \`ENV_${target}\` | ${cell(forged)} | nothing changed | ${toldTo}: "… ${cell(says)} …"${answer} |`;
  });
  return ['| function | what was forged | what happened | what was told |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
