import { BUDGETS_TYPES } from '../../account/types/budgets';
import { ownActions } from '../../account/types/called-actions';
import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { physicalName } from '../names/physical-name';
import type { Statement } from '../parts/statement';

/** Budgets of the environment: by their names, whose first part no other environment has. */
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
          // What a budget counts: the account's own costs, which every account has as a view of this name.
          Sid: 'SeeCosts',
          Effect: 'Allow',
          Action: ['billing:GetBillingViewData'],
          Resource: [accountArn(plan, 'billing', 'billingview/primary')],
        },
      ];
}
