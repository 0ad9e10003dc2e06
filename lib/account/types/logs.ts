import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { type Concerns, on, onAnything } from './concern';
import { aliasesOf } from './kms';
import { named } from './made-up-name';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const logName = (r: Resource): string => named(r, 'LogGroupName');
const logArn = (r: Resource): string => regionalArn(r, 'logs', `log-group:${logName(r)}`);
const tagged: Concerns = (r) => on(logArn(r));

/** A log with the alias of the key that encrypts it. */
function log(r: Resource, all: readonly Resource[]): WholeResource {
  const whole = wholeResource(r, logName(r));
  const key = whole.properties['KmsKeyId'];
  const alias = aliasesOf(String(key), all).at(-1);
  return alias === undefined
    ? whole
    : { ...whole, properties: { ...whole.properties, KmsKeyId: text(alias, 'AliasName') } };
}

export const LOGS_TYPES = {
  'AWS::Logs::LogGroup': {
    regions: 'own',
    access: 'none',
    // What a function logs is no secret: a call's content never goes there.
    read: (r, all) =>
      String(r.property('LogGroupName')).startsWith('/aws/lambda/') ? {} : { wholeResources: [log(r, all)] },
    names: unnamed,
    standIn: { ref: logName, attributes: { Arn: (r) => `${logArn(r)}:*` } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::Logs::LogGroup'],
    unusedFeatures: [
      {
        feature: 'data protection',
        absent: ['DataProtectionPolicy'],
        actions: ['logs:PutDataProtectionPolicy'],
        reason: 'the log does not hold the content of calls',
      },
      {
        feature: 'destinations of data protection findings',
        absent: ['DataProtectionPolicy'],
        elsewhere: true,
        actions: ['logs:CreateLogDelivery', 's3:REST.PUT.OBJECT', 'firehose:TagDeliveryStream'],
        reason:
          'there are no findings to deliver; the service authorization reference has no action s3:REST.PUT.OBJECT',
      },
      {
        feature: 'resource policies',
        absent: ['ResourcePolicyDocument'],
        elsewhere: true,
        actions: ['logs:PutResourcePolicy', 'logs:DeleteResourcePolicy'],
        reason: 'only the function writes the log',
      },
      {
        feature: 'field indexes',
        absent: ['FieldIndexPolicies'],
        elsewhere: true,
        actions: ['logs:PutIndexPolicy', 'logs:DeleteIndexPolicy'],
        reason: 'the log defines no field indexes',
      },
      {
        feature: 'bearer tokens',
        absent: ['BearerTokenAuthenticationEnabled'],
        actions: ['logs:PutBearerTokenAuthentication'],
        reason: 'calls are signed',
      },
      {
        feature: 'deletion protection',
        absent: ['DeletionProtectionEnabled'],
        actions: ['logs:PutLogGroupDeletionProtection'],
        reason: 'the log is deleted with its stack',
      },
      {
        feature: 'keys of your own',
        absent: ['KmsKeyId'],
        actions: ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
        reason: "the log is encrypted with the service's own key",
      },
      {
        feature: 'no retention',
        present: ['RetentionInDays'],
        actions: ['logs:DeleteRetentionPolicy'],
        reason: 'the log has a retention; only a log that loses it is changed by this action',
      },
    ],
    actsOn: {
      // AWS documents the first form for tags and the second for everything else, and its refusals show the second.
      itself: (r) => on(logArn(r), `${logArn(r)}:log-stream:`),
      itselfFor: {
        'logs:TagResource': tagged,
        'logs:UntagResource': tagged,
        'logs:ListTagsForResource': tagged,
      },
      others: {
        'logs:DescribeLogGroups': onAnything,
        'logs:DescribeIndexPolicies': onAnything,
        'logs:DescribeResourcePolicies': onAnything,
      },
    },
    judgedByGate: true,
    charge: 'by use',
  },
  'AWS::Logs::QueryDefinition': {
    regions: 'own',
    access: 'none',
    read: notRead,
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::Logs::QueryDefinition'],
    unusedFeatures: [],
    actsOn: onItself(onAnything),
    judgedByGate: false,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
