import type { CfnResource } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LoggingPlan } from '../plan/environment/logging-plan';
import { EncryptionKey } from './encryption-key';
import { savedQuery } from './saved-query';
import { serviceRole } from './service-role';

export interface InvocationLogProps {
  readonly environment: string;
  readonly logging: LoggingPlan;
}

/**
 * The log group of all calls with its own encryption key, the role with which Bedrock writes to it, and saved queries.
 */
export class InvocationLog extends Construct {
  /** Resources that must exist before logging is switched on. */
  readonly destination: readonly CfnResource[];

  constructor(scope: Construct, id: string, { environment, logging }: InvocationLogProps) {
    super(scope, id);
    const { logGroupName, retentionDays, key, role, queries } = logging;
    const log = new CfnLogGroup(this, 'Log', {
      logGroupName,
      kmsKeyId: new EncryptionKey(this, 'Key', key).key.attrArn,
      retentionInDays: retentionDays,
    });
    this.destination = [log, serviceRole(this, 'Role', environment, role)];
    const queryScope = new Construct(this, 'Queries');
    for (const query of queries) {
      savedQuery(queryScope, query, logGroupName).addResourceDependency(log);
    }
  }
}
