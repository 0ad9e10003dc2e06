import type { Account, WholeResource } from '../../../lib/account/account';
import { compareWholeResources } from '../../../lib/proof/templates/compare-whole-resources';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('dev');

interface Document {
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Returns the account with a change of a topic, topic policy or key of the owner of support-chat. */
function changed(
  type: string,
  change: (properties: WholeResource['properties']) => WholeResource['properties'],
): Account {
  const [first] = account.wholeResources.filter((a) => a.type === type);
  const wholeResources = account.wholeResources.map((a) =>
    a === first ? { ...a, properties: change(a.properties) } : a,
  );
  return { ...account, wholeResources };
}

const inStatement =
  (document: string, sid: string, change: Readonly<Record<string, unknown>>) =>
  (properties: WholeResource['properties']): WholeResource['properties'] => ({
    ...properties,
    [document]: {
      ...Object(properties[document]),
      Statement: (properties[document] as Document).Statement.map((s) => (s['Sid'] === sid ? { ...s, ...change } : s)),
    },
  });
const less =
  (document: string, sid: string) =>
  (properties: WholeResource['properties']): WholeResource['properties'] => ({
    ...properties,
    [document]: {
      ...Object(properties[document]),
      Statement: (properties[document] as Document).Statement.filter((s) => s['Sid'] !== sid),
    },
  });

test('topics, policies and keys of dev are as intended', () => {
  expect(account.wholeResources.length).toBeGreaterThan(10);
  expect(compareWholeResources(plan, account)).toEqual([]);
});

const TOPIC = 'AWS::SNS::Topic';
const POLICY = 'AWS::SNS::TopicPolicy';
const KEY = 'AWS::KMS::Key';

test.each<
  [what: string, type: string, change: (properties: WholeResource['properties']) => WholeResource['properties']]
>([
  ['anybody may publish', POLICY, inStatement('PolicyDocument', 'Alarms', { Principal: '*' })],
  ['alarms of any account may publish', POLICY, inStatement('PolicyDocument', 'Alarms', { Condition: {} })],
  [
    'a third service may publish',
    POLICY,
    inStatement('PolicyDocument', 'Budgets', { Principal: { Service: 's3.amazonaws.com' } }),
  ],
  [
    'alarms may also subscribe',
    POLICY,
    inStatement('PolicyDocument', 'Alarms', { Action: ['sns:Publish', 'sns:Subscribe'] }),
  ],
  ['plain HTTP is allowed', POLICY, less('PolicyDocument', 'EncryptedTransportOnly')],
  ['the policy belongs to no topic', POLICY, (p) => ({ ...p, Topics: [] })],
  ['a topic is not encrypted', TOPIC, ({ KmsMasterKeyId, ...p }) => p],
  [
    'a topic is encrypted with a key that alarms may not use',
    TOPIC,
    (p) => ({ ...p, KmsMasterKeyId: 'alias/aws/sns' }),
  ],
  [
    'a topic has another subscriber',
    TOPIC,
    (p) => ({
      ...p,
      Subscription: [...(p['Subscription'] as readonly object[]), { Protocol: 'email', Endpoint: 'x@example.org' }],
    }),
  ],
  ['a topic has no subscriber', TOPIC, (p) => ({ ...p, Subscription: [] })],
  ['everybody may use the key', KEY, inStatement('KeyPolicy', 'AccountAdministers', { Principal: { AWS: '*' } })],
  [
    'another account administers the key',
    KEY,
    inStatement('KeyPolicy', 'AccountAdministers', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
  ],
  ['no principal administers the key', KEY, less('KeyPolicy', 'AccountAdministers')],
  ['alarms cannot encrypt', KEY, less('KeyPolicy', 'Alarms')],
  ['budgets of any account may decrypt', KEY, inStatement('KeyPolicy', 'Budgets', { Condition: {} })],
  ['the key is never rotated', KEY, ({ EnableKeyRotation, ...p }) => p],
  ['the key has another alias', KEY, (p) => ({ ...p, Alias: 'alias/other' })],
])('the comparison finds that %s, and shows both values', (_, type, change) => {
  const findings = compareWholeResources(plan, changed(type, change)).map(({ message }) => message);
  expect(findings).toEqual([
    expect.stringContaining(`the templates have a resource of type ${type} that is not in the plan: `),
    expect.stringContaining(`the templates lack the ${type} of the plan: `),
  ]);
});

test('a key, a topic or an alias that is not in the plan is found', () => {
  const more: readonly WholeResource[] = [
    { type: KEY, name: 'Extra', properties: { KeyPolicy: {} } },
    { type: TOPIC, name: 'Extra', properties: { TopicName: 'extra' } },
    { type: 'AWS::KMS::Alias', name: 'Extra', properties: { AliasName: 'alias/extra', TargetKeyId: 'k' } },
  ];
  const findings = compareWholeResources(plan, { ...account, wholeResources: [...account.wholeResources, ...more] });
  expect(findings.map(({ message }) => message.split(' that is not')[0])).toEqual([
    `the templates have a resource of type ${KEY}`,
    `the templates have a resource of type ${TOPIC}`,
    'the templates have a resource of type AWS::KMS::Alias',
  ]);
});
