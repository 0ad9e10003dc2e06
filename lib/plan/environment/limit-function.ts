import { accountArn } from '../../catalog/arn';
import { policyArn, roleArn } from '../names/arns';
import { LIMIT_FOLDER, limitName, type Place, probeRoleName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, planFunction } from '../parts/function-plan';

const APPLICATION = '{application}';

/**
 * Decides the limit function. It attaches the denial of an application that has reached its daily limit, and detaches
 * it later.
 *
 * The function has no right to change a principal itself. It assumes the limit role of the application. It runs at
 * 00:05 UTC, when the cost of a new day starts at zero and the meter has written none of it. So it never removes a
 * denial of the new day together with those of the day before. An alarm that still refers to the day before causes no
 * denial.
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
