import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { VerificationSchedule } from '../constructs/verification-schedule';
import type { AccessPlan } from '../plan/access-plan';

export interface OverviewStackProps extends StackProps {
  readonly plan: AccessPlan;
}

/** What watches an environment as a whole: the scheduled verification and its alarm. */
export class OverviewStack extends Stack {
  constructor(scope: Construct, id: string, { plan, ...props }: OverviewStackProps) {
    super(scope, id, props);
    new VerificationSchedule(this, 'Schedule', {
      environment: plan.environment,
      schedule: plan.schedule,
      functionArn: plan.verification.functionArn,
    });
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
