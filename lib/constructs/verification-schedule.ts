import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { SchedulePlan } from '../plan/environment/schedule-plan';
import { scheduledCall } from './scheduled-call';
import { VerificationBatches } from './verification-batches';

export interface VerificationScheduleProps {
  readonly environment: string;
  readonly schedule: SchedulePlan;
  /** ARN of the verification function, built from its physical name, because stacks import nothing from each other. */
  readonly functionArn: string;
}

/** Calls the verification function on a schedule, in batches if one run cannot verify the whole environment. */
export class VerificationSchedule extends Construct {
  constructor(scope: Construct, id: string, props: VerificationScheduleProps) {
    super(scope, id);
    const { environment, schedule, functionArn } = props;
    const { ruleName, ruleArn, expression, event, split } = schedule;
    const rule = { ruleName, description: 'Has every access tried', expression, targetId: 'Verification' };
    if (split === undefined) {
      scheduledCall(this, { ...rule, ruleArn, functionArn, input: JSON.stringify(event) });
    } else {
      const { stateMachine, starter } = new VerificationBatches(this, 'Batches', { environment, split, functionArn });
      new CfnRule(this, 'Rule', {
        name: ruleName,
        description: rule.description,
        scheduleExpression: expression,
        state: 'ENABLED',
        targets: [{ id: rule.targetId, arn: stateMachine.ref, roleArn: starter.attrArn, input: '{}' }],
      });
    }
  }
}
