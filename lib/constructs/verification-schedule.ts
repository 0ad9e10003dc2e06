import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { SplitPlan } from '../plan/environment/split-plan';
import type { VerificationPlan } from '../plan/environment/verification-plan';
import { scheduledCall } from './scheduled-call';
import { VerificationBatches } from './verification-batches';

export interface VerificationScheduleProps {
  readonly environment: string;
  readonly verification: VerificationPlan;
  /**
   * Batches that the rule starts instead of the function.
   *
   * @default - one run verifies the whole environment
   */
  readonly split?: SplitPlan;
}

/** Calls the verification function on a schedule, in batches if one run cannot verify the whole environment. */
export class VerificationSchedule extends Construct {
  constructor(scope: Construct, id: string, props: VerificationScheduleProps) {
    super(scope, id);
    const { environment, verification, split } = props;
    const { schedule, functionArn } = verification;
    const rule = { description: 'Has every access tried', targetId: 'Verification' };
    if (split === undefined) {
      scheduledCall(this, { ...schedule, ...rule, functionArn });
    } else {
      const { stateMachine, starter } = new VerificationBatches(this, 'Batches', { environment, split, functionArn });
      new CfnRule(this, 'Rule', {
        name: schedule.ruleName,
        description: rule.description,
        scheduleExpression: schedule.expression,
        state: 'ENABLED',
        targets: [{ id: rule.targetId, arn: stateMachine.ref, roleArn: starter.attrArn, input: '{}' }],
      });
    }
  }
}
