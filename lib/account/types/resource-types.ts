import { BEDROCK_TYPES } from './bedrock';
import { BUDGETS_TYPES } from './budgets';
import { CLOUDFORMATION_TYPES } from './cloudformation';
import { CLOUDWATCH_TYPES } from './cloudwatch';
import { COST_EXPLORER_TYPES } from './cost-explorer';
import { EC2_TYPES } from './ec2';
import { EKS_TYPES } from './eks';
import { EVENTS_TYPES } from './events';
import { IAM_TYPES } from './iam';
import { KMS_TYPES } from './kms';
import { LAMBDA_TYPES } from './lambda';
import { LOGS_TYPES } from './logs';
import type { ResourceType } from './resource-type';
import { SNS_TYPES } from './sns';
import { SQS_TYPES } from './sqs';
import { SSM_TYPES } from './ssm';
import { STEP_FUNCTIONS_TYPES } from './step-functions';

/**
 * All types that templates of this project may contain. The project does not know what access any other type grants.
 */
const TYPES = {
  ...BEDROCK_TYPES,
  ...BUDGETS_TYPES,
  ...CLOUDFORMATION_TYPES,
  ...CLOUDWATCH_TYPES,
  ...COST_EXPLORER_TYPES,
  ...EC2_TYPES,
  ...EKS_TYPES,
  ...EVENTS_TYPES,
  ...IAM_TYPES,
  ...KMS_TYPES,
  ...LAMBDA_TYPES,
  ...LOGS_TYPES,
  ...SNS_TYPES,
  ...SQS_TYPES,
  ...SSM_TYPES,
  ...STEP_FUNCTIONS_TYPES,
};

type ResourceTypeName = keyof typeof TYPES;

/** Names of the types whose resources have a monthly price even when nobody uses them. */
export type ChargedTypeName = {
  [Name in ResourceTypeName]: (typeof TYPES)[Name]['charge'] extends string ? never : Name;
}[ResourceTypeName];

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(Object.entries<ResourceType>(TYPES));

/** Returns the monthly price of one resource of a type. */
export function monthlyPrice(name: ChargedTypeName): (typeof TYPES)[ChargedTypeName]['charge'] {
  return TYPES[name].charge;
}
