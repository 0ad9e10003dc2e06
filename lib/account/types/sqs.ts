import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { on } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const queueName = (r: Resource): string => resourceName(r, 'QueueName');
const queueArn = (r: Resource): string => regionalArn(r, 'sqs', queueName(r));

export const SQS_TYPES = {
  'AWS::SQS::Queue': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, queueArn(r))] }),
    names: unnamed,
    standIn: { ref: queueArn, attributes: { Arn: queueArn, QueueName: queueName } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::SQS::Queue'],
    unusedFeatures: [],
    actsOn: onItself((r) => on(queueArn(r))),
    judgedByGate: false,
    charge: 'by use',
  },
} satisfies Readonly<Record<string, ResourceType>>;
