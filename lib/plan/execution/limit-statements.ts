import type { AccessPlan } from '../access-plan';
import { limitFunctionArn } from '../limit-function';
import { physicalName } from '../physical-name';
import type { Statement } from '../statement';

/** What makes limits: actions of the environment's budgets, and alarms that call the function of limits. */
export function limitStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, account, environment, applications } = plan;
  const denies = applications.some(({ limit }) => limit !== undefined);
  return [
    {
      // Also where nobody is denied any more: the actions that left the file have to be deleted.
      Sid: 'BudgetActions',
      Effect: 'Allow',
      Action: [
        ...(denies ? ['budgets:CreateBudgetAction', 'budgets:UpdateBudgetAction'] : []),
        'budgets:DescribeBudgetAction',
        'budgets:DeleteBudgetAction',
      ],
      Resource: [`arn:${partition}:budgets::${account}:budget/${physicalName([environment])}_*/action/*`],
    },
    ...(denies
      ? [
          {
            Sid: 'LetAlarmsCall',
            Effect: 'Allow' as const,
            Action: ['lambda:AddPermission'],
            Resource: [limitFunctionArn(plan)],
            Condition: { StringEquals: { 'lambda:Principal': 'lambda.alarms.cloudwatch.amazonaws.com' } },
          },
        ]
      : []),
  ];
}
