import { callWithBotocore } from './botocore';
import type { TestAccount } from './start-account';

type Properties = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Properties>>;
type Entry = Readonly<Record<string, string>>;

const list = (account: TestAccount, service: string, operation: string, key: string, parameters = {}) =>
  (callWithBotocore(account, service, operation, parameters)[key] ?? []) as readonly Entry[];
const tagMap = (tags: readonly Entry[], key = 'Key', value = 'Value') =>
  Object.fromEntries(tags.map((tag) => [tag[key], tag[value]]));

/** Dashboards of an account under the names of their CloudFormation properties, by name. */
export function dashboards(account: TestAccount): Named {
  return Object.fromEntries(
    list(account, 'cloudwatch', 'list_dashboards', 'DashboardEntries').map(({ DashboardName = '' }) => {
      const found = callWithBotocore(account, 'cloudwatch', 'get_dashboard', { DashboardName });
      return [DashboardName, { DashboardName, DashboardBody: JSON.parse(String(found['DashboardBody'])) }];
    }),
  );
}

/** Topics of an account with the addresses that they send to, by ARN. */
export function topics(account: TestAccount): Named {
  return Object.fromEntries(
    list(account, 'sns', 'list_topics', 'Topics').map(({ TopicArn = '' }) => {
      const { Attributes } = callWithBotocore(account, 'sns', 'get_topic_attributes', { TopicArn });
      const Subscription = list(account, 'sns', 'list_subscriptions_by_topic', 'Subscriptions', { TopicArn }).map(
        ({ Protocol, Endpoint }) => ({ Protocol, Endpoint }),
      );
      const Tags = tagMap(list(account, 'sns', 'list_tags_for_resource', 'Tags', { ResourceArn: TopicArn }));
      const { KmsMasterKeyId, Policy } = Attributes as Entry;
      return [
        TopicArn,
        {
          ...{ TopicName: TopicArn.split(':').at(-1), KmsMasterKeyId, Subscription, Tags },
          PolicyDocument: JSON.parse(Policy ?? 'null'),
        },
      ];
    }),
  );
}

/** Keys of an account that are not about to be deleted, by id. */
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

/** Aliases of keys, by name. */
export function keyAliases(account: TestAccount): Named {
  return Object.fromEntries(
    list(account, 'kms', 'list_aliases', 'Aliases')
      .filter(({ AliasName }) => !AliasName?.startsWith('alias/aws/'))
      .map(({ AliasName = '', TargetKeyId }) => [AliasName, { AliasName, TargetKeyId }]),
  );
}
