import { type CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface AlarmPermissionProps {
  readonly lambda: CfnFunction;
  readonly account: string;
  /** ARN pattern that matches the alarms. */
  readonly alarmArns: string;
}

/**
 * Lets alarms call a function. One permission covers all of them, because the policy of a function is limited to 20,480
 * bytes ("Lambda quotas"), which is about fifty permissions.
 */
export function alarmPermission(
  scope: Construct,
  id: string,
  { lambda, account, alarmArns }: AlarmPermissionProps,
): CfnPermission {
  return new CfnPermission(scope, id, {
    action: 'lambda:InvokeFunction',
    functionName: lambda.attrArn,
    principal: 'lambda.alarms.cloudwatch.amazonaws.com',
    sourceAccount: account,
    sourceArn: alarmArns,
  });
}
