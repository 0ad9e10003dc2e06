import { accountArn } from '../../catalog/arn';
import { policyArn, roleArn } from '../names/arns';
import { LIMIT_FOLDER, limitName, type Place, probeRoleName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, planFunction } from '../parts/function-plan';

const APPLICATION = '{application}';

/**
 * The function that attaches denials when the day's dollars of an application are spent, and lifts them.
 *
 * It changes nothing by rights of its own: it becomes the application's role for it. Five minutes past midnight, UTC, a day's
 * dollars begin anew, and the meter has written none of them: a denial by the new day's is never lifted with those of the day
 * before. What an alarm still tells of the day before denies nobody any more.
 */
export function planLimitFunction(place: Place): FunctionPlan {
  const { environment } = place;
  const actions = accountArn(place, 'budgets', `budget/${physicalName([environment])}_*/action/*`);
  return planFunction(place, {
    source: 'limit',
    description: 'Denies applications their profiles at the limit, and lifts that when the limit begins anew',
    memoryMegabytes: 256,
    timeoutSeconds: 900,
    expression: 'cron(5 0 * * ? *)',
    input: { scheduled: true },
    asynchronousRetries: 2,
    variables: {
      ENVIRONMENT: environment,
      LIMIT_ROLE_ARN: roleArn(place, limitName(environment, APPLICATION), LIMIT_FOLDER),
      DENIAL_POLICY_ARN: policyArn(place, limitName(environment, APPLICATION)),
      ACCESS_POLICY_ARN: policyArn(place, physicalName([environment, APPLICATION, 'access-1'])),
      PROBE_ROLE_NAMES: (['probe', 'probe-policies'] as const)
        .map((kind) => probeRoleName(environment, APPLICATION, kind))
        .join(),
    },
    statements: [
      {
        Sid: 'AssumeLimitRoles',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [roleArn(place, '*', LIMIT_FOLDER)],
      },
      {
        // Neither takes a resource (service authorization reference of 2026-09-26). They only tell.
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
