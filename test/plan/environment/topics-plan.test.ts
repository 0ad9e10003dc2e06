import { planTopics, stackOfTopic, type TopicsPlan } from '../../../lib/plan/environment/topics-plan';
import { place } from '../environments';

const owners = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `team-${i}@example.com`);
const CONTACT = 'platform@example.com';
const sizes = ({ stacks }: TopicsPlan) => Object.fromEntries(Object.entries(stacks).map(([id, t]) => [id, t.length]));

test('an owner of several applications has one topic, and so has a contact who owns an application', () => {
  const { stacks } = planTopics(place, CONTACT, ['a@example.com', CONTACT, 'a@example.com']);
  expect(Object.values(stacks).flatMap((topics) => topics.map(({ addresses }) => addresses))).toEqual([
    ['a@example.com'],
    [CONTACT],
  ]);
});

const NAME = 'dev_alerts-6bfbb1';
const ARN = `arn:aws:sns:us-east-1:111122223333:${NAME}`;
const FROM = {
  alarms: {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_*' },
  },
  budgets: {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111122223333:*' },
  },
};

test('only alarms and budgets of this account may publish, over TLS, and only they and root use the key', () => {
  expect(planTopics(place, CONTACT, [])).toEqual({
    key: {
      alias: 'alias/bedrock-access/dev/alerts',
      description: 'bedrock-access dev: alerts',
      statements: [
        {
          Sid: 'AccountAdministers',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['kms:*'],
          Resource: '*',
        },
        {
          Sid: 'Alarms',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: FROM.alarms,
        },
        {
          Sid: 'Budgets',
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: FROM.budgets,
        },
      ],
    },
    stacks: {
      Foundation: [
        {
          name: NAME,
          arn: ARN,
          addresses: [CONTACT],
          statements: [
            {
              Sid: 'Alarms',
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: ['sns:Publish'],
              Resource: ARN,
              Condition: FROM.alarms,
            },
            {
              Sid: 'Budgets',
              Effect: 'Allow',
              Principal: { Service: 'budgets.amazonaws.com' },
              Action: ['sns:Publish'],
              Resource: ARN,
              Condition: FROM.budgets,
            },
            {
              Sid: 'EncryptedTransportOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: ['sns:Publish'],
              Resource: ARN,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      ],
    },
  });
});

test('Foundation holds 200 topics; one more moves them to 16 stacks, except for the topic of the contact', () => {
  expect(sizes(planTopics(place, CONTACT, owners(199)))).toEqual({ Foundation: 200 });
  const more = planTopics(place, CONTACT, owners(200));
  expect(sizes(more)['Foundation']).toBe(1);
  expect(Object.keys(more.stacks).filter((id) => /^Alerts-[0-9a-f]$/.test(id))).toHaveLength(16);
  expect(stackOfTopic(more, CONTACT)).toBe('Foundation');
});

test('with 2,000 owners, more than a file can name, every stack has fewer than the 500 resources of a template', () => {
  const topics = planTopics(place, CONTACT, owners(2000));
  expect(Math.max(...Object.values(sizes(topics))) * 2).toBeLessThan(450);
  const addresses = Object.values(topics.stacks).flatMap((all) => all.flatMap((t) => t.addresses));
  expect(addresses.sort()).toEqual([CONTACT, ...owners(2000)].sort());
});

test('two owners with the same digest share a topic, and both are subscribed', () => {
  const [one, two] = withSameDigest();
  const { stacks } = planTopics(place, CONTACT, [one, two]);
  expect(stacks['Foundation']?.map((t) => t.addresses).filter((a) => a.length > 1)).toEqual([[one, two].sort()]);
});

function withSameDigest(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let i = 0; ; i++) {
    const owner = `team-${i}@example.com`;
    const name = planTopics(place, owner, []).stacks['Foundation']?.[0]?.name ?? '';
    const before = seen.get(name);
    if (before !== undefined) {
      return [before, owner];
    }
    seen.set(name, owner);
  }
}
