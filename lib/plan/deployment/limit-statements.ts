import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { limitFunctionArn } from '../names/arns';
import { physicalName } from '../names/physical-name';
import type { Statement } from '../parts/statement';

/** Allows the deployment of limits: actions of the environment's budgets, and alarms that invoke the limit function. */
export function limitStatements(plan: AccessPlan): readonly Statement[] {
  const { environment, applications } = plan;
  return applications.every(({ limit }) => limit === undefined)
    ? []
    : [
        {
          Sid: 'BudgetActions',
          Effect: 'Allow',
          Action: [
            'budgets:CreateBudgetAction',
            'budgets:DescribeBudgetAction',
            'budgets:UpdateBudgetAction',
            'budgets:DeleteBudgetAction',
          ],
          Resource: [accountArn(plan, 'budgets', `budget/${physicalName([environment])}_*/action/*`)],
        },
        // The permission covers the alarms of all applications, and exists even if no alarm denies.
        {
          Sid: 'LetAlarmsCall',
          Effect: 'Allow',
          Action: ['lambda:AddPermission'],
          Resource: [limitFunctionArn(plan)],
          Condition: { StringEquals: { 'lambda:Principal': 'lambda.alarms.cloudwatch.amazonaws.com' } },
        },
      ];
}
