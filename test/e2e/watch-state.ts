import { callEachWithBotocore, callWithBotocore } from './botocore';
import type { TestAccount } from './emulator/start-account';

type Properties = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Properties>>;
type Entry = Readonly<Record<string, string>>;

const list = (account: TestAccount, service: string, operation: string, key: string, parameters = {}) =>
  (callWithBotocore(account, service, operation, parameters)[key] ?? []) as readonly Entry[];
const tagMap = (tags: readonly Entry[], key = 'Key', value = 'Value') =>
  Object.fromEntries(tags.map((tag) => [tag[key], tag[value]]));

/** Reads the dashboards of an account, keyed by name, with the property names of CloudFormation. */
export function dashboards(account: TestAccount): Named {
  const names = list(account, 'cloudwatch', 'list_dashboards', 'DashboardEntries').map(({ DashboardName }) => ({
    DashboardName,
  }));
  return Object.fromEntries(
    callEachWithBotocore(account, 'cloudwatch', 'get_dashboard', names).map(({ DashboardName, DashboardBody }) => [
      DashboardName,
      { DashboardName, DashboardBody: JSON.parse(String(DashboardBody)) },
    ]),
  );
}

/** Reads the topics of an account with their subscribers, keyed by ARN. */
export function topics(account: TestAccount): Named {
  const arns = list(account, 'sns', 'list_topics', 'Topics').map(({ TopicArn = '' }) => TopicArn);
  const ofEach = (operation: string, parameter: string) =>
    callEachWithBotocore(
      account,
      'sns',
      operation,
      arns.map((arn) => ({ [parameter]: arn })),
    );
  const attributes = ofEach('get_topic_attributes', 'TopicArn');
  const subscriptions = ofEach('list_subscriptions_by_topic', 'TopicArn');
  const tags = ofEach('list_tags_for_resource', 'ResourceArn');
  return Object.fromEntries(
    arns.map((arn, i) => {
      const { KmsMasterKeyId, Policy } = (attributes[i]?.['Attributes'] ?? {}) as Entry;
      const Subscription = ((subscriptions[i]?.['Subscriptions'] ?? []) as readonly Entry[]).map(
        ({ Protocol, Endpoint }) => ({ Protocol, Endpoint }),
      );
      const Tags = tagMap((tags[i]?.['Tags'] ?? []) as readonly Entry[]);
      return [
        arn,
        {
          ...{ TopicName: arn.split(':').at(-1), KmsMasterKeyId, Subscription, Tags },
          PolicyDocument: JSON.parse(Policy ?? 'null'),
        },
      ];
    }),
  );
}

/** Reads the queues of an account, keyed by URL, which is their physical id. */
export function queues(account: TestAccount): Named {
  const urls = (callWithBotocore(account, 'sqs', 'list_queues', {})['QueueUrls'] ?? []) as readonly string[];
  const ofEach = (operation: string, parameters = {}) =>
    callEachWithBotocore(
      account,
      'sqs',
      operation,
      urls.map((QueueUrl) => ({ QueueUrl, ...parameters })),
    );
  const attributes = ofEach('get_queue_attributes', { AttributeNames: ['All'] });
  const tags = ofEach('list_queue_tags');
  return Object.fromEntries(
    urls.map((url, i) => {
      const { MessageRetentionPeriod, SqsManagedSseEnabled } = (attributes[i]?.['Attributes'] ?? {}) as Entry;
      const QueueName = url.split('/').at(-1) ?? '';
      return [
        url,
        {
          QueueName,
          MessageRetentionPeriod: Number(MessageRetentionPeriod),
          SqsManagedSseEnabled: SqsManagedSseEnabled === 'true',
          Tags: tags[i]?.['Tags'] ?? {},
        },
      ];
    }),
  );
}

/**
 * Reads the cost budgets of an account with their filters and notifications, keyed by name, without the actual spend.
 */
export function budgets(account: TestAccount): Named {
  const { accountId: AccountId } = account;
  const found = list(account, 'budgets', 'describe_budgets', 'Budgets', { AccountId });
  const notices = callEachWithBotocore(
    account,
    'budgets',
    'describe_notifications_for_budget',
    found.map(({ BudgetName }) => ({ AccountId, BudgetName })),
  );
  return Object.fromEntries(
    found.map(({ BudgetName = '', BudgetLimit, CostFilters }, i) => [
      BudgetName,
      { BudgetName, BudgetLimit, CostFilters, Notifications: notices[i]?.['Notifications'] },
    ]),
  );
}

/** Reads the keys of an account that are not pending deletion, keyed by id. */
export function keys(account: TestAccount): Named {
  return Object.fromEntries(
    list(account, 'kms', 'list_keys', 'Keys').flatMap(({ KeyId = '' }) => {
      const { KeyMetadata } = callWithBotocore(account, 'kms', 'describe_key', { KeyId });
      if ((KeyMetadata as Entry)['KeyState'] === 'PendingDeletion') {
        return [];
      }
      const { Policy } = callWithBotocore(account, 'kms', 'get_key_policy', { KeyId, PolicyName: 'default' });
      const rotation = callWithBotocore(account, 'kms', 'get_key_rotation_status', { KeyId });
      return [
        [
          KeyId,
          {
            Description: (KeyMetadata as Entry)['Description'],
            KeyPolicy: JSON.parse(String(Policy)),
            EnableKeyRotation: rotation['KeyRotationEnabled'],
            Tags: tagMap(list(account, 'kms', 'list_resource_tags', 'Tags', { KeyId }), 'TagKey', 'TagValue'),
          },
        ],
      ];
    }),
  );
}

/** Reads the aliases of keys, keyed by name. */
export function keyAliases(account: TestAccount): Named {
  return Object.fromEntries(
    list(account, 'kms', 'list_aliases', 'Aliases')
      .filter(({ AliasName }) => !AliasName?.startsWith('alias/aws/'))
      .map(({ AliasName = '', TargetKeyId }) => [AliasName, { AliasName, TargetKeyId }]),
  );
}
