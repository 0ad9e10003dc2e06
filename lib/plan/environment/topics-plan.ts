import { groupBy } from '../../../aws/group-by';
import { accountArn, regionalArn } from '../../catalog/arn';
import { topicArn } from '../names/arns';
import { type Place, parameterName, topicName } from '../names/names';
import { shortHash } from '../names/physical-name';
import type { KeyPlan, KeyStatement } from '../parts/key-plan';

/** A statement of a topic policy. */
export interface TopicStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The topic for an owner's alerts. */
export interface TopicPlan {
  readonly name: string;
  readonly arn: string;
  /** The owner's e-mail address. There is a second address only when the six-digit digests of two owners are equal. */
  readonly addresses: readonly string[];
  readonly statements: readonly TopicStatement[];
}

/** The topics for the alerts of an environment. */
export interface TopicsPlan {
  /** Key that encrypts messages in the topics. */
  readonly key: KeyPlan;
  /** Topics by stack, `Foundation` or `Alerts-0` to `Alerts-f`. The topics of each stack are sorted by name. */
  readonly stacks: Readonly<Record<string, readonly TopicPlan[]>>;
}

/**
 * Maximum number of topics in Foundation. Each topic is two resources, and a template has at most 500, including all
 * others.
 */
const FOUNDATION_TOPICS = 200;

/**
 * Decides the topics for all recipients of alerts. Each owner has one topic, whatever the number of applications. The
 * contact's topic is always in Foundation, because Overview and Billing depend on no other stack.
 */
export function planTopics(place: Place, contact: string, owners: readonly string[]): TopicsPlan {
  const { environment } = place;
  const byName = groupBy([...new Set([contact, ...owners])].sort(), (owner) => topicName(environment, owner));
  const publishers = publishersOf(place);
  const stacks: Record<string, TopicPlan[]> = {};
  for (const [name, addresses] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [owner] = addresses;
    const stack = addresses.includes(contact) ? 'Foundation' : topicStack(owner, byName.size);
    const arn = topicArn(place, owner);
    const topics = stacks[stack] ?? [];
    stacks[stack] = [...topics, { name, arn, addresses, statements: topicStatements(arn, publishers) }];
  }
  return {
    key: {
      alias: `alias${parameterName(environment, 'alerts')}`,
      description: `bedrock-access ${environment}: alerts`,
      statements: keyStatements(place, publishers),
    },
    stacks,
  };
}

/** Returns the name of the stack that contains the topic of `owner`. */
export function stackOfTopic({ stacks }: TopicsPlan, owner: string): string | undefined {
  return Object.entries(stacks).find(([, topics]) => topics.some((t) => t.addresses.includes(owner)))?.[0];
}

/** Decides the stack for the topic of `owner`. `topicCount` is the number of all topics. */
function topicStack(owner: string, topicCount: number): string {
  return topicCount <= FOUNDATION_TOPICS ? 'Foundation' : `Alerts-${shortHash(owner).slice(0, 1)}`;
}

/** A service that may publish to the topics, with the condition that limits its sources to this account. */
interface Publisher {
  readonly sid: string;
  readonly service: string;
  readonly condition: NonNullable<TopicStatement['Condition']>;
}

function publishersOf(place: Place): readonly Publisher[] {
  const { account, environment } = place;
  const from = (sourceArn: string): Publisher['condition'] => ({
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': sourceArn },
  });
  return [
    {
      sid: 'Alarms',
      service: 'cloudwatch.amazonaws.com',
      condition: from(regionalArn(place, 'cloudwatch', `alarm:${environment}_*`)),
    },
    // AWS Budgets documents this ARN pattern for topics. It does not say that it sends the ARN of a single budget.
    { sid: 'Budgets', service: 'budgets.amazonaws.com', condition: from(accountArn(place, 'budgets', '*')) },
  ];
}

function topicStatements(arn: string, publishers: readonly Publisher[]): readonly TopicStatement[] {
  return [
    ...publishers.map(
      ({ sid, service, condition }): TopicStatement => ({
        Sid: sid,
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['sns:Publish'],
        Resource: arn,
        Condition: condition,
      }),
    ),
    {
      Sid: 'EncryptedTransportOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sns:Publish'],
      Resource: arn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

/** Returns the statements of the key policy. In a key policy, `Resource: '*'` is the key itself. */
function keyStatements(place: Place, publishers: readonly Publisher[]): readonly KeyStatement[] {
  return [
    {
      Sid: 'AccountAdministers',
      Effect: 'Allow',
      Principal: { AWS: accountArn(place, 'iam', 'root') },
      Action: ['kms:*'],
      Resource: '*',
    },
    ...publishers.map(
      ({ sid, service, condition }): KeyStatement => ({
        Sid: sid,
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: condition,
      }),
    ),
  ];
}
