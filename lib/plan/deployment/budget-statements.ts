import { BUDGETS_TYPES } from '../../account/types/budgets';
import { ownActions } from '../../account/types/called-actions';
import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { physicalName } from '../names/physical-name';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of the environment's budgets, by their names. No other environment has the same first part of
 * the name.
 */
export function budgetStatements(plan: AccessPlan): readonly Statement[] {
  const { environment, applications, billing } = plan;
  return [billing, ...applications].every(({ budget }) => budget === undefined)
    ? []
    : [
        {
          Sid: 'Budgets',
          Effect: 'Allow',
          Action: ownActions(BUDGETS_TYPES['AWS::Budgets::Budget']),
          Resource: [accountArn(plan, 'budgets', `budget/${physicalName([environment])}_*`)],
        },
        {
          // A budget reads the account's own costs. Every account has a billing view of this name for them.
          Sid: 'SeeCosts',
          Effect: 'Allow',
          Action: ['billing:GetBillingViewData'],
          Resource: [accountArn(plan, 'billing', 'billingview/primary')],
        },
      ];
}
