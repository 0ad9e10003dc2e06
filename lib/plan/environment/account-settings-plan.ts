import { regionalArn } from '../../catalog/arn';
import type { Environment } from '../../config/environment';
import { type Place, stackName } from '../names/names';
import { type FunctionPlan, planFunction } from '../parts/function-plan';
import type { Statement } from '../parts/statement';
import type { LoggingPlan } from './logging-plan';

/** Keys that tell in billing what of this project was called, and by whom. */
const OWN_KEYS = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'];

/** The tag keys to activate for billing, sorted; `undefined` where the file leaves them as they are. */
export function planCostAllocationTags({
  costAllocationTags,
  requiredTags,
}: Pick<Environment, 'costAllocationTags' | 'requiredTags'>): readonly string[] | undefined {
  return costAllocationTags === 'activate' ? [...new Set([...OWN_KEYS, ...requiredTags])].sort() : undefined;
}

/** Decides the function that keeps the account's settings; there is none where none is asked. */
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
    // Two calls may each be refused for a minute, until IAM has spread what they need.
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
 * Where tags alone are asked too: when `invocationLogging` leaves the file, CloudFormation changes this policy first, and has
 * the setting removed after that.
 *
 * None takes a resource (service authorization reference of 2026-09-26): there is one setting.
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

/** None takes a resource (service authorization reference of 2026-09-26). */
const TAGS: Statement = {
  Sid: 'CostAllocationTags',
  Effect: 'Allow',
  Action: ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
  Resource: ['*'],
};
