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

/** The log of all calls, encrypted with a key of its own, the role that Bedrock writes as, and the questions. */
export class InvocationLog extends Construct {
  /** What has to be there before Bedrock is told to log. */
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
    const questions = new Construct(this, 'Queries');
    for (const query of queries) {
      savedQuery(questions, query, logGroupName).addResourceDependency(log);
    }
  }
}
