import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ApplicationLogPlan } from '../plan/application/log-plan';
import { managedPolicy } from './managed-policy';

/** Defines the log group of an application's functions, and the policy of the roles that write to it. */
export function applicationLog(
  scope: Construct,
  environment: string,
  { logGroupName, retentionDays, policy }: ApplicationLogPlan,
  roles: readonly CfnRole[],
): void {
  new CfnLogGroup(scope, 'Log', { logGroupName, retentionInDays: retentionDays });
  managedPolicy(scope, 'LogAccess', { environment, policyName: policy.name, statements: policy.statements, roles });
}
