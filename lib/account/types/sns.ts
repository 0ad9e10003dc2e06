import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { texts } from '../resource/resource-properties';
import { on } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const topicName = (r: Resource): string => resourceName(r, 'TopicName');
const topicArn = (r: Resource): string => regionalArn(r, 'sns', topicName(r));

export const SNS_TYPES = {
  'AWS::SNS::Topic': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, topicArn(r))] }),
    names: unnamed,
    standIn: { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: topicName } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::SNS::Topic'],
    unusedFeatures: [
      {
        feature: 'data protection',
        absent: ['DataProtectionPolicy'],
        actions: ['sns:PutDataProtectionPolicy'],
        reason: 'alerts contain nothing that must be masked',
      },
      {
        feature: 'delivery status logging',
        absent: ['DeliveryStatusLogging'],
        elsewhere: true,
        actions: ['iam:GetRole', 'iam:PassRole'],
        reason: 'deliveries are not logged',
      },
    ],
    actsOn: onItself((r) => on(topicArn(r))),
    judgedByGate: true,
    charge: 'by use',
  },
  'AWS::SNS::TopicPolicy': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r)] }),
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::SNS::TopicPolicy'],
    unusedFeatures: [],
    actsOn: onItself((r) => on(...texts(r, 'Topics'))),
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
