import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AnomalyDetection } from '../constructs/anomaly-detection';
import { budget } from '../constructs/budget';
import type { AccessPlan } from '../plan/access-plan';
import type { ApplicationPlan } from '../plan/application-plan';
import type { BillingPlan } from '../plan/billing-plan';

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
    for (const application of applications) {
      if (application.budget !== undefined) {
        budget(budgets, application.name, application.budget);
      }
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
