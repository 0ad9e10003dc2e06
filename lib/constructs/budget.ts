import { Tags } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { BudgetNotice, BudgetPlan } from '../plan/application/budget-plan';

/**
 * A monthly budget of what carries its tags. What it is called is fixed by the plan, so that others name it without a
 * reference; they have to depend on it.
 */
export function budget(scope: Construct, id: string, plan: BudgetPlan): CfnBudget {
  const made = new CfnBudget(scope, id, {
    budget: {
      budgetName: plan.name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: plan.monthlyUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [...plan.filters] },
      // With credits taken off an account that has some would show nothing spent; refunds are of other months.
      costTypes: { includeCredit: false, includeRefund: false },
    },
    notificationsWithSubscribers: plan.notices.map(notification),
  });
  for (const [key, value] of Object.entries(plan.tags)) {
    Tags.of(made).add(key, value);
  }
  return made;
}

function notification({
  type,
  percent,
  addresses,
  topicArn,
}: BudgetNotice): CfnBudget.NotificationWithSubscribersProperty {
  return {
    notification: {
      notificationType: type,
      comparisonOperator: 'GREATER_THAN',
      threshold: percent,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [
      ...addresses.map((address) => ({ subscriptionType: 'EMAIL', address })),
      { subscriptionType: 'SNS', address: topicArn },
    ],
  };
}
