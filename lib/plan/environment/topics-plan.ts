import { groupBy } from '../../../aws/group-by';
import { accountArn, regionalArn } from '../../catalog/arn';
import { topicArn } from '../names/arns';
import { type Place, parameterName, topicName } from '../names/names';
import { shortHash } from '../names/physical-name';
import type { KeyPlan, KeyStatement } from '../parts/key-plan';

/** A statement of the policy of a topic. */
export interface TopicStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The topic that an owner's alerts go to. */
export interface TopicPlan {
  readonly name: string;
  readonly arn: string;
  /** E-mail addresses: the owner's, and a second one only where two digests of six digits meet. */
  readonly addresses: readonly string[];
  readonly statements: readonly TopicStatement[];
}

/** Where the alerts of an environment go. */
export interface TopicsPlan {
  /** Encrypts what lies in the topics. */
  readonly key: KeyPlan;
  /** By the stack that holds them, `Foundation` or `Alerts-0` to `Alerts-f`; each sorted by name. */
  readonly stacks: Readonly<Record<string, readonly TopicPlan[]>>;
}

/** Topics, each two resources, that Foundation takes beside its own: a template holds 500. */
const FOUNDATION_TOPICS = 200;

/**
 * Decides the topics of everybody who is told something: one an owner, whatever the number of applications. The contact's
 * is always in Foundation, since Overview and Billing depend on nothing else.
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

/** The stack that holds the topic of `owner`. */
export function stackOfTopic({ stacks }: TopicsPlan, owner: string): string | undefined {
  return Object.entries(stacks).find(([, topics]) => topics.some((t) => t.addresses.includes(owner)))?.[0];
}

/** The stack that the topic of `owner` goes to, where there are `topics` in all. */
function topicStack(owner: string, topics: number): string {
  return topics <= FOUNDATION_TOPICS ? 'Foundation' : `Alerts-${shortHash(owner).slice(0, 1)}`;
}

/** A service that publishes, and for what of this account it does. */
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
    // The ARN as AWS Budgets documents it for topics: that of a single budget is not said to be sent.
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

/** `Resource: '*'` in a key policy is the key itself. */
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
