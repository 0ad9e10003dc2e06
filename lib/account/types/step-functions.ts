import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { on, passedTo } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const machineArn = (r: Resource): string =>
  regionalArn(r, 'states', `stateMachine:${resourceName(r, 'StateMachineName')}`);

export const STEP_FUNCTIONS_TYPES = {
  'AWS::StepFunctions::StateMachine': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, machineArn(r))] }),
    names: unnamed,
    standIn: { ref: machineArn, attributes: { Arn: machineArn } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::StepFunctions::StateMachine'],
    unusedFeatures: [
      {
        feature: 'a definition in S3',
        absent: ['DefinitionS3Location'],
        elsewhere: true,
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        reason: 'the definition is in the template',
      },
      {
        feature: 'a customer managed key',
        absent: ['EncryptionConfiguration'],
        elsewhere: true,
        actions: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'],
        reason: 'Step Functions encrypts with an AWS owned key',
      },
    ],
    actsOn: {
      itself: (r) => on(machineArn(r)),
      itselfFor: {},
      others: { 'iam:PassRole': (r) => [passedTo(text(r, 'RoleArn'), 'states.amazonaws.com')] },
    },
    judgedByGate: true,
    charge: 'by use',
  },
} satisfies Readonly<Record<string, ResourceType>>;
