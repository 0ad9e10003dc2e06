import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { type ActionTargets, on, onAnything } from './action-target';
import { resourceName } from './generated-name';
import { aliasesOf } from './kms';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const logName = (r: Resource): string => resourceName(r, 'LogGroupName');
const logArn = (r: Resource): string => regionalArn(r, 'logs', `log-group:${logName(r)}`);
const tagTarget: ActionTargets = (r) => on(logArn(r));

/** Reads a log group. The id of the key that encrypts it is replaced by the key's alias. */
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
    // The logs of functions need no comparison: they never contain the content of a call.
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
        reason: 'only the function writes to the log',
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
        feature: 'customer managed keys',
        absent: ['KmsKeyId'],
        actions: ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
        reason: "the log is encrypted with the service's own key",
      },
      {
        feature: 'a log without retention',
        present: ['RetentionInDays'],
        actions: ['logs:DeleteRetentionPolicy'],
        reason: 'the log keeps its retention, and this action is called only to remove one',
      },
    ],
    actsOn: {
      // AWS documents the first form for tagging and the second form for all other actions. Its error messages show the
      // second.
      itself: (r) => on(logArn(r), `${logArn(r)}:log-stream:`),
      itselfFor: {
        'logs:TagResource': tagTarget,
        'logs:UntagResource': tagTarget,
        'logs:ListTagsForResource': tagTarget,
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
