import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AnomalyDetection } from '../constructs/anomaly-detection';
import { budget } from '../constructs/budget';
import { budgetAction } from '../constructs/denial';
import type { ApplicationPlan } from '../plan/application/application-plan';
import type { AccessPlan } from '../plan/environment/access-plan';
import type { BillingPlan } from '../plan/environment/billing-plan';

export interface BillingStackProps extends StackProps {
  readonly plan: AccessPlan;
  /**
   * Budget and anomaly detection of the environment as a whole.
   *
   * @default - none; an additional stack has only budgets of applications
   */
  readonly billing?: BillingPlan;
  /** Applications whose budgets are in this stack, because budgets cannot be created in their own Region. */
  readonly applications: readonly ApplicationPlan[];
}

/** Budgets and cost anomaly detection of an environment, in us-east-1, the Region of AWS billing. */
export class BillingStack extends Stack {
  constructor(scope: Construct, id: string, { plan, billing, applications, ...props }: BillingStackProps) {
    super(scope, id, props);
    if (billing?.budget !== undefined) {
      budget(this, 'Budget', billing.budget);
    }
    if (billing?.anomalies !== undefined) {
      new AnomalyDetection(this, 'Anomalies', billing.anomalies);
    }
    const budgets = new Construct(this, 'Budgets');
    const actions = new Construct(this, 'BudgetActions');
    for (const application of applications) {
      if (application.budget !== undefined) {
        const applicationBudget = budget(budgets, application.name, application.budget);
        if (application.limit !== undefined) {
          const { name } = application.budget;
          budgetAction(actions, application.name, application.limit, name).addResourceDependency(applicationBudget);
        }
      }
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
