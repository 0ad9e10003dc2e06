import { PRICES_FILE } from '../../../lambda/dollars/prices';
import { accountArn, regionalArn } from '../../catalog/arn';
import { limitFunctionArn, parameterArn, policyArn, roleArn } from '../names/arns';
import { LIMIT_FOLDER, limitName, limitParameterName, type Place, probeRoleName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, planFunction } from '../parts/function-plan';
import { regionPrices } from '../parts/region-prices';
import { ownStacks, readOwnStacks } from './own-stacks';
import { readAliases } from './verification-plan';

const APPLICATION = '{application}';

/**
 * Decides the limit function. Every five minutes it computes what each application with a limit has spent, from the
 * metrics of Bedrock, and denies or frees the application accordingly.
 *
 * The function has no right to change a principal itself. It assumes the limit role of the application.
 */
export function planLimitFunction(place: Place): FunctionPlan {
  const { environment } = place;
  const limits = parameterArn(place, limitParameterName(environment));
  const actions = accountArn(place, 'budgets', `budget/${physicalName([environment])}_*/action/*`);
  const stacks = ownStacks(place, '*');
  return planFunction(place, {
    source: 'limit',
    description: 'Denies applications their profiles at the limit, and lifts that when the limit begins anew',
    memoryMegabytes: 512,
    // The timeout is shorter than the time between two runs.
    timeoutSeconds: 280,
    expression: 'rate(5 minutes)',
    input: { scheduled: true },
    asynchronousRetries: 2,
    variables: {
      ENVIRONMENT: environment,
      LIMIT_ROLE_ARN: roleArn(place, limitName(environment, APPLICATION), LIMIT_FOLDER),
      DENIAL_POLICY_ARN: policyArn(place, limitName(environment, APPLICATION)),
      PROBE_ROLE_NAMES: (['probe', 'probe-policies'] as const)
        .map((kind) => probeRoleName(environment, APPLICATION, kind))
        .join(),
      OWN_STACKS: stacks,
    },
    files: { [PRICES_FILE]: regionPrices(place.region) },
    statements: [
      readOwnStacks(stacks),
      readAliases(place),
      {
        Sid: 'ReadLimits',
        Effect: 'Allow',
        Action: ['ssm:GetParametersByPath', 'ssm:GetParameters'],
        Resource: [limits, `${limits}/*`],
      },
      {
        Sid: 'WriteStates',
        Effect: 'Allow',
        Action: ['ssm:PutParameter', 'ssm:DeleteParameter'],
        Resource: [`${limits}/*.state`],
      },
      {
        Sid: 'ReserveOwnConcurrency',
        Effect: 'Allow',
        Action: ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
        Resource: [limitFunctionArn(place)],
      },
      // The action takes no resource (service authorization reference of 2026-09-26).
      { Sid: 'SeeConcurrency', Effect: 'Allow', Action: ['lambda:GetAccountSettings'], Resource: ['*'] },
      // The action takes no resource and no condition key `cloudwatch:namespace` (service authorization reference of
      // 2026-09-26).
      { Sid: 'ReadMetrics', Effect: 'Allow', Action: ['cloudwatch:GetMetricData'], Resource: ['*'] },
      {
        Sid: 'TellOwners',
        Effect: 'Allow',
        Action: ['sns:Publish'],
        Resource: [regionalArn(place, 'sns', `${physicalName([environment])}_alerts-*`)],
      },
      {
        // SNS encrypts a message for its publisher, who needs both (SNS Developer Guide, "Key management", 2026-11). The
        // ARN of the key is unknown before the deployment. The statement about the topics says which topics, and so
        // which key.
        Sid: 'EncryptNotices',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: [regionalArn(place, 'kms', 'key/*')],
        Condition: { StringEquals: { 'kms:ViaService': `sns.${place.region}.amazonaws.com` } },
      },
      {
        Sid: 'AssumeLimitRoles',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [roleArn(place, '*', LIMIT_FOLDER)],
      },
      {
        // Neither action takes a resource (service authorization reference of 2026-09-26). Both only read.
        Sid: 'SeeDenialsAndBudgets',
        Effect: 'Allow',
        Action: ['iam:ListPolicies', 'budgets:DescribeBudgetActionsForAccount'],
        Resource: ['*'],
      },
      {
        Sid: 'UndoBudgetActions',
        Effect: 'Allow',
        Action: [
          'budgets:DescribeBudgetAction',
          'budgets:DescribeBudgetActionHistories',
          'budgets:ExecuteBudgetAction',
        ],
        Resource: [actions],
      },
    ],
  });
}
