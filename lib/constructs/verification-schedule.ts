import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AlarmPlan, SchedulePlan } from '../plan/schedule-plan';
import type { SplitPlan } from '../plan/split-plan';
import { VerificationBatches } from './verification-batches';

export interface VerificationScheduleProps {
  readonly environment: string;
  readonly schedule: SchedulePlan;
  /** ARN of the verification function, by its physical name: stacks import nothing from each other. */
  readonly functionArn: string;
}

/**
 * Has the verification function called by a rule, or batch by batch where one run does not carry the environment, and tells
 * of a run that failed.
 */
export class VerificationSchedule extends Construct {
  constructor(scope: Construct, id: string, props: VerificationScheduleProps) {
    super(scope, id);
    const { schedule } = props;
    const rule = new CfnRule(this, 'Rule', {
      name: schedule.ruleName,
      description: 'Has every access tried',
      scheduleExpression: schedule.expression,
      state: 'ENABLED',
      targets: [schedule.split === undefined ? this.callFunction(props) : this.startBatches(schedule.split, props)],
    });
    for (const permission of this.node.findAll().filter((c) => c instanceof CfnPermission)) {
      rule.addResourceDependency(permission);
    }
    alarm(this, schedule.alarm);
  }

  private callFunction({ schedule, functionArn }: VerificationScheduleProps): CfnRule.TargetProperty {
    // With `SourceAccount` beside it EventBridge could not call the function ("Troubleshooting Amazon EventBridge"). The
    // ARN of the rule names the account.
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: schedule.ruleArn,
    });
    return { id: 'Verification', arn: functionArn, input: JSON.stringify(schedule.event) };
  }

  private startBatches(split: SplitPlan, { environment, functionArn }: VerificationScheduleProps) {
    const { stateMachine, starter } = new VerificationBatches(this, 'Batches', { environment, split, functionArn });
    return { id: 'Verification', arn: stateMachine.ref, roleArn: starter.attrArn, input: '{}' };
  }
}

function alarm(scope: Construct, { name, description, namespace, metricName, dimensions }: AlarmPlan): CfnAlarm {
  return new CfnAlarm(scope, 'Alarm', {
    alarmName: name,
    alarmDescription: description,
    namespace,
    metricName,
    dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
    statistic: 'Maximum',
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: 3600,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    // Between two runs there is nothing to see.
    treatMissingData: 'notBreaching',
  });
}
