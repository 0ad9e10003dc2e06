import { Tags } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { BudgetNotice, BudgetPlan } from '../plan/application/budget-plan';

/**
 * Defines a monthly budget for the resources with the planned tags. The plan sets its name, so that other resources
 * name it without a reference. Such a resource must depend on the budget explicitly.
 */
export function budget(scope: Construct, id: string, plan: BudgetPlan): CfnBudget {
  const resource = new CfnBudget(scope, id, {
    budget: {
      budgetName: plan.name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: plan.monthlyUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [...plan.filters] },
      // With credits included, an account that has credits would seem to spend nothing. Refunds belong to other months.
      costTypes: { includeCredit: false, includeRefund: false },
    },
    notificationsWithSubscribers: plan.notices.map(notification),
  });
  for (const [key, value] of Object.entries(plan.tags)) {
    Tags.of(resource).add(key, value);
  }
  return resource;
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
