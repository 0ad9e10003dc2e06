import { regionalArn } from '../../catalog/arn';
import type { Environment } from '../../config/environment';
import { type Place, stackName } from '../names/names';
import { type FunctionPlan, planFunction } from '../parts/function-plan';
import type { Statement } from '../parts/statement';
import type { LoggingPlan } from './logging-plan';

/** Tag keys that show in billing which application of this project caused a cost. */
const OWN_KEYS = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'];

/** Returns the tag keys to activate for billing, sorted, or `undefined` when the file leaves them unchanged. */
export function planCostAllocationTags({
  costAllocationTags,
  requiredTags,
}: Pick<Environment, 'costAllocationTags' | 'requiredTags'>): readonly string[] | undefined {
  return costAllocationTags === 'activate' ? [...new Set([...OWN_KEYS, ...requiredTags])].sort() : undefined;
}

/** Decides the function that applies the account's settings. Returns `undefined` when the file asks for no settings. */
export function planAccountSettings(
  place: Place,
  logging: LoggingPlan | undefined,
  tagKeys: readonly string[] | undefined,
): FunctionPlan | undefined {
  if (logging === undefined && tagKeys === undefined) {
    return undefined;
  }
  return planFunction(place, {
    source: 'account-settings',
    description: 'Sets invocation logging and activates cost allocation tags, where the environment file asks for them',
    memoryMegabytes: 256,
    // Two calls may each be refused for a minute, until new IAM permissions take effect.
    timeoutSeconds: 180,
    variables: {},
    statements: [
      SETTING,
      ...(logging === undefined ? [] : [letBedrockWrite(logging)]),
      ...(tagKeys === undefined ? [] : [TAGS]),
      {
        Sid: 'ReadOwnStack',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks'],
        Resource: [regionalArn(place, 'cloudformation', `stack/${stackName(place.environment, 'Foundation')}/*`)],
      },
    ],
    ...(tagKeys !== undefined && { expression: 'rate(1 day)', files: { 'tag-keys.json': { TagKeys: tagKeys } } }),
  });
}

/**
 * Allows the function to change invocation logging, even if the file asks only for tags. When `invocationLogging` is
 * removed from the file, CloudFormation first changes this policy and only then has the setting removed.
 *
 * None of the actions takes a resource (service authorization reference of 2026-09-26), because there is only one
 * setting.
 */
const SETTING: Statement = {
  Sid: 'InvocationLogging',
  Effect: 'Allow',
  Action: [
    'bedrock:GetModelInvocationLoggingConfiguration',
    'bedrock:PutModelInvocationLoggingConfiguration',
    'bedrock:DeleteModelInvocationLoggingConfiguration',
  ],
  Resource: ['*'],
};

function letBedrockWrite({ role }: LoggingPlan): Statement {
  return {
    Sid: 'LetBedrockWrite',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [role.arn],
    Condition: { StringEquals: { 'iam:PassedToService': role.service } },
  };
}

/**
 * Allows the function to activate tags. Neither action takes a resource (service authorization reference of
 * 2026-09-26).
 */
const TAGS: Statement = {
  Sid: 'CostAllocationTags',
  Effect: 'Allow',
  Action: ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
  Resource: ['*'],
};
