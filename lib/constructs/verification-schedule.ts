import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AlarmPlan, SchedulePlan } from '../plan/schedule-plan';

export interface VerificationScheduleProps {
  readonly schedule: SchedulePlan;
  /** ARN of the verification function, by its physical name: stacks import nothing from each other. */
  readonly functionArn: string;
}

/** Has the verification function called by a rule, which alone may, and tells of a run that failed. */
export class VerificationSchedule extends Construct {
  constructor(scope: Construct, id: string, { schedule, functionArn }: VerificationScheduleProps) {
    super(scope, id);
    const { ruleName, ruleArn, expression, event } = schedule;

    // With `SourceAccount` beside it EventBridge could not call the function ("Troubleshooting Amazon EventBridge"). The
    // ARN of the rule names the account.
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: ruleArn,
    });
    new CfnRule(this, 'Rule', {
      name: ruleName,
      description: 'Has every access tried',
      scheduleExpression: expression,
      state: 'ENABLED',
      targets: [{ id: 'Verification', arn: functionArn, input: JSON.stringify(event) }],
    }).addResourceDependency(permission);
    alarm(this, schedule.alarm);
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
