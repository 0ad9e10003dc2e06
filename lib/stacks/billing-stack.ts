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
   * What concerns the environment as a whole.
   *
   * @default - a further stack, which has budgets of applications alone
   */
  readonly billing?: BillingPlan;
  /** Applications whose budgets are made here, since their own Region has none. */
  readonly applications: readonly ApplicationPlan[];
}

/** What watches the bill of an environment, in us-east-1, where AWS keeps billing. */
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
        const made = budget(budgets, application.name, application.budget);
        if (application.limit !== undefined) {
          const { name } = application.budget;
          budgetAction(actions, application.name, application.limit, name).addResourceDependency(made);
        }
      }
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
