import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alarm } from '../constructs/alarm';
import { scheduledCall } from '../constructs/scheduled-call';
import { VerificationSchedule } from '../constructs/verification-schedule';
import type { AccessPlan } from '../plan/environment/access-plan';

export interface OverviewStackProps extends StackProps {
  readonly plan: AccessPlan;
}

/** Resources that watch the whole environment: scheduled verification, other scheduled calls, and alarms. */
export class OverviewStack extends Stack {
  constructor(scope: Construct, id: string, { plan, ...props }: OverviewStackProps) {
    super(scope, id, props);
    const [verification, ...others] = plan.functions;
    new VerificationSchedule(this, 'Schedule', {
      environment: plan.environment,
      verification,
      ...(plan.split !== undefined && { split: plan.split }),
    });
    const calls = new Construct(this, 'Calls');
    for (const { source, schedule, functionArn, description } of others) {
      if (schedule !== undefined) {
        scheduledCall(new Construct(calls, source), { ...schedule, functionArn, description, targetId: 'Function' });
      }
    }
    const alarms = new Construct(this, 'Alarms');
    for (const planned of plan.alarms) {
      alarm(alarms, planned.name, planned);
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
