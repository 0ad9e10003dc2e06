import type { Environment } from '../../config/environment';
import { roleArn } from '../names/arns';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, planFunction, planRule } from '../parts/function-plan';
import type { Statement } from '../parts/statement';
import { INVOCATION_LOG_ROLE, invocationLogName, type LoggingPlan } from './logging-plan';
import { ownStacks, readOwnStacks } from './own-stacks';

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
  const { environment } = place;
  const stacks = ownStacks(place, 'Foundation');
  const source = 'account-settings';
  const expression = 'rate(1 day)';
  return planFunction(place, {
    source,
    description: 'Sets invocation logging and activates cost allocation tags, where the environment file asks for them',
    memoryMegabytes: 256,
    // Two calls may each be refused for a minute, until new IAM permissions take effect.
    timeoutSeconds: 180,
    // A repeated run sets the same again.
    asynchronousRetries: 2,
    variables: {
      OWN_STACKS: stacks,
      // The names stay when the file no longer asks for a log, because the function then removes a former one.
      LOG_GROUP_NAME: invocationLogName(environment),
      LOG_ROLE_ARN: roleArn(place, physicalName([environment, INVOCATION_LOG_ROLE])),
      ...(logging !== undefined && { LOG_CONTENT: String(logging.content) }),
      ...(tagKeys !== undefined && { SCHEDULE_RULE_ARN: planRule(place, source, expression, undefined).ruleArn }),
    },
    statements: [
      SETTING,
      ...(logging === undefined ? [] : [letBedrockWrite(logging)]),
      ...(tagKeys === undefined ? [] : [TAGS]),
      { ...readOwnStacks(stacks), Sid: 'ReadOwnStack' },
    ],
    ...(tagKeys !== undefined && { expression, files: { 'tag-keys.json': { TagKeys: tagKeys } } }),
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
