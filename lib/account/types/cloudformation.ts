import type { ResourceHandlers } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { map, text } from '../resource/resource-properties';
import { on } from './action-target';
import { NO_STAND_IN, notRead, onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

/** Type of a nested stack, whose template is not read. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Type of the custom resource that is the gate of an application's stack. */
export const GATE_TYPE = 'Custom::BedrockAccessGate';
/** Type of the custom resource that keeps an application's denial correct while its stack changes. */
export const DENIAL_TYPE = 'Custom::BedrockAccessDenial';
/** Types of the custom resources for account settings that CloudFormation has no type for. */
export const LOGGING_TYPE = 'Custom::BedrockAccessInvocationLogging';
export const COST_TAGS_TYPE = 'Custom::BedrockAccessCostAllocationTags';

/**
 * CloudFormation invokes the function in `ServiceToken` (CloudFormation User Guide, "Custom resources", and Lambda
 * Developer Guide, "Using AWS Lambda with CloudFormation", read 2026-11-21). The registry lists no handlers.
 */
const INVOKED: ResourceHandlers = {
  create: ['lambda:InvokeFunction'],
  read: [],
  update: ['lambda:InvokeFunction'],
  delete: ['lambda:InvokeFunction'],
  tags: [],
};

/** A custom resource. Types that are not listed below are deployed in the same way, but no account reads them. */
export const CUSTOM_RESOURCE = {
  regions: 'own',
  access: 'none',
  read: (r: Resource) => ({ wholeResources: [wholeResource(r)] }),
  names: unnamed,
  standIn: NO_STAND_IN,
  tags: 'none',
  handlers: INVOKED,
  unusedFeatures: [],
  actsOn: onItself((r: Resource) => on(text(r, 'ServiceToken'))),
  judgedByGate: true,
  charge: 'by use',
} as const satisfies ResourceType;

export const CLOUDFORMATION_TYPES = {
  // The CDK adds this resource. CloudFormation calls no action for it.
  'AWS::CDK::Metadata': {
    regions: 'own and billing',
    access: 'none',
    read: notRead,
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: { create: [], read: [], update: [], delete: [], tags: [] },
    unusedFeatures: [],
    actsOn: onItself(() => []),
    judgedByGate: true,
    charge: 'free',
  },
  [GATE_TYPE]: {
    ...CUSTOM_RESOURCE,
    read: (r) => ({
      gates: [
        {
          application: text(r, 'Application'),
          serviceToken: text(r, 'ServiceToken'),
          onFailure: text(r, 'OnFailure'),
          aliases: Object.fromEntries(Object.entries(map(r, 'Aliases')).map(([alias, arn]) => [alias, String(arn)])),
        },
      ],
    }),
  },
  [DENIAL_TYPE]: CUSTOM_RESOURCE,
  [LOGGING_TYPE]: CUSTOM_RESOURCE,
  [COST_TAGS_TYPE]: CUSTOM_RESOURCE,
} satisfies Readonly<Record<string, ResourceType>>;
