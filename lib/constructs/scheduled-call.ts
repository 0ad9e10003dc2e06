import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface ScheduledCallProps {
  readonly ruleName: string;
  readonly ruleArn: string;
  readonly description: string;
  /** As EventBridge writes it, such as `rate(5 minutes)`. */
  readonly expression: string;
  /** Of the target: what of the environment it is. */
  readonly targetId: string;
  /** ARN of the function, by its physical name: stacks import nothing from each other. */
  readonly functionArn: string;
  /**
   * What the function is called with.
   *
   * @default - the event of the schedule, with its time
   */
  readonly input?: string;
}

/** Defines in `scope` a rule that calls a function by the clock, and the function's permission for it. */
export function scheduledCall(scope: Construct, props: ScheduledCallProps): void {
  const { ruleName, ruleArn, description, expression, targetId, functionArn, input } = props;
  // With `SourceAccount` beside it EventBridge could not call the function ("Troubleshooting Amazon EventBridge"). The
  // ARN of the rule names the account.
  const permission = new CfnPermission(scope, 'Permission', {
    action: 'lambda:InvokeFunction',
    functionName: functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: ruleArn,
  });
  new CfnRule(scope, 'Rule', {
    name: ruleName,
    description,
    scheduleExpression: expression,
    state: 'ENABLED',
    targets: [{ id: targetId, arn: functionArn, ...(input !== undefined && { input }) }],
  }).addResourceDependency(permission);
}
