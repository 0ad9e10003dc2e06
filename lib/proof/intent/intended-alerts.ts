import { groupBy } from '../../../aws/group-by';
import type { WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { shortHash } from '../../plan/names/physical-name';
import { inAccount, inRegion } from './arns';

/**
 * States a second time, from names and addresses alone, the topics with their policies, the keys, the queue of
 * failed events, and the invocation log. Their policies decide who may publish and decrypt.
 */
export function intendedAlerts(plan: AccessPlan): readonly WholeResource[] {
  const { region, account, environment, applications, tags, logging } = plan;
  const alias = `alias/bedrock-access/${environment}/alerts`;
  const publishers = [
    {
      Sid: 'Alarms',
      Service: 'cloudwatch.amazonaws.com',
      source: inRegion(plan, 'cloudwatch', `alarm:${environment}_*`),
    },
    { Sid: 'Budgets', Service: 'budgets.amazonaws.com', source: inAccount(plan, 'budgets', '*') },
  ];
  const allow = (Action: string | readonly string[], Resource: string) =>
    publishers.map(({ Sid, Service, source }) => ({
      Sid,
      Effect: 'Allow',
      Principal: { Service },
      Action,
      Resource,
      Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': source } },
    }));
  const root = {
    Sid: 'AccountAdministers',
    Effect: 'Allow',
    Principal: { AWS: inAccount(plan, 'iam', 'root') },
    Action: ['kms:*'],
    Resource: '*',
  };
  const log = `/bedrock-access/${environment}/invocations`;
  const logsOf = (logGroup: string) => ({
    Sid: 'LogsOfThisGroup',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition: {
      ArnEquals: {
        'kms:EncryptionContext:aws:logs:arn': inRegion(plan, 'logs', `log-group:${logGroup}`),
      },
    },
  });
  const owners = [...new Set([tags['Owner'] ?? '', ...applications.map((a) => a.owner)])];
  const topics = groupBy(owners.sort(), (owner) => `${environment}_alerts-${shortHash(owner)}`);
  return [
    key(alias, [root, ...allow(['kms:Decrypt', 'kms:GenerateDataKey*'], '*')]),
    ...(logging === undefined
      ? []
      : [
          key(`alias${log}`, [root, logsOf(log)]),
          {
            type: 'AWS::Logs::LogGroup',
            name: log,
            properties: { KmsKeyId: `alias${log}`, LogGroupName: log, RetentionInDays: logging.retentionDays },
          },
        ]),
    {
      type: 'AWS::SQS::Queue',
      name: inRegion(plan, 'sqs', `${environment}_dead-letters`),
      properties: {
        MessageRetentionPeriod: 1_209_600,
        QueueName: `${environment}_dead-letters`,
        SqsManagedSseEnabled: true,
      },
    },
    ...[...topics].flatMap(([name, addresses]): readonly WholeResource[] => {
      const arn = inRegion(plan, 'sns', name);
      return [
        {
          type: 'AWS::SNS::Topic',
          name: arn,
          properties: {
            KmsMasterKeyId: alias,
            Subscription: addresses.map((Endpoint) => ({ Endpoint, Protocol: 'email' })),
            TopicName: name,
          },
        },
        {
          type: 'AWS::SNS::TopicPolicy',
          name: arn,
          properties: {
            PolicyDocument: document(...allow(['sns:Publish'], arn), {
              Sid: 'EncryptedTransportOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: ['sns:Publish'],
              Resource: arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
            Topics: [arn],
          },
        },
      ];
    }),
  ];
}

function document(...Statement: readonly unknown[]) {
  return { Version: '2012-10-17', Statement };
}

function key(alias: string, statements: readonly unknown[]): WholeResource {
  return {
    type: 'AWS::KMS::Key',
    name: alias,
    properties: { Alias: alias, EnableKeyRotation: true, KeyPolicy: document(...statements) },
  };
}
