import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface ScheduledCallProps {
  readonly ruleName: string;
  readonly ruleArn: string;
  readonly description: string;
  /** Schedule expression of EventBridge, such as `rate(5 minutes)`. */
  readonly expression: string;
  /** Id of the rule's target. */
  readonly targetId: string;
  /** ARN of the function, built from its physical name, because stacks import nothing from each other. */
  readonly functionArn: string;
  /**
   * Event that the function receives, as JSON.
   *
   * @default - EventBridge's own event, which contains the scheduled time
   */
  readonly input?: string;
}

/** Defines in `scope` a rule that calls a function on a schedule, and the permission for this call. */
export function scheduledCall(scope: Construct, props: ScheduledCallProps): void {
  const { ruleName, ruleArn, description, expression, targetId, functionArn, input } = props;
  // With `SourceAccount` in addition to `SourceArn`, EventBridge could not call the function ("Troubleshooting Amazon
  // EventBridge"). The ARN of the rule already names the account.
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
