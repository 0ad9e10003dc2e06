import { accountArn, regionalArn } from '../../catalog/arn';
import type { Environment } from '../../config/environment';
import type { ApplicationPlan } from '../application/application-plan';
import { type Place, parameterName } from '../names/names';
import type { KeyPlan } from '../parts/key-plan';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';
import { type DollarsQueryPlan, planDollarsQuery } from './dollars-query';
import { planLogQueries, type QueryPlan } from './log-queries';

/** The log of all calls in the account and Region, with its saved queries. */
export interface LoggingPlan {
  readonly logGroupName: string;
  readonly retentionDays: number;
  /**
   * True when prompts and answers are logged, in addition to the caller, the model and the token counts of each call.
   */
  readonly content: boolean;
  readonly key: KeyPlan;
  /** Role with which Bedrock writes to the log. */
  readonly role: ServiceRolePlan;
  readonly queries: readonly QueryPlan[];
  /** Saved queries for the cost of each application, by application. They need the ARNs of its profiles. */
  readonly dollars: Readonly<Record<string, DollarsQueryPlan>>;
}

/** Part of the name of the role with which Bedrock writes to the log, after the environment's name. */
export const INVOCATION_LOG_ROLE = 'invocation-logs';

export function invocationLogName(environment: string): string {
  return parameterName(environment, 'invocations');
}

/** Decides the log of all calls. Returns `undefined` when the file does not set `invocationLogging`. */
export function planLogging(
  place: Place,
  invocationLogging: Environment['invocationLogging'],
  applications: readonly ApplicationPlan[],
): LoggingPlan | undefined {
  if (invocationLogging === undefined) {
    return undefined;
  }
  const { environment } = place;
  const logGroupName = invocationLogName(environment);
  const logGroupArn = regionalArn(place, 'logs', `log-group:${logGroupName}`);
  return {
    logGroupName,
    ...invocationLogging,
    key: planKey(place, logGroupName, logGroupArn),
    role: planServiceRole(place, {
      parts: [INVOCATION_LOG_ROLE],
      service: 'bedrock.amazonaws.com',
      sourceArn: regionalArn(place, 'bedrock', '*'),
      statements: [
        {
          // The only log stream that Bedrock writes to (Bedrock User Guide, "Model invocation logging", 2026).
          Sid: 'WriteInvocations',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [`${logGroupArn}:log-stream:aws/bedrock/modelinvocations`],
        },
      ],
    }),
    queries: planLogQueries(environment, invocationLogging.content),
    dollars: Object.fromEntries(applications.map((a) => [a.name, planDollarsQuery(place, a)])),
  };
}

/**
 * Decides the key of this log group. CloudWatch Logs may use it for no other log group, and only the account's
 * administrators may change it. The key policy names the account's root, because otherwise access to the key could be
 * lost for good (KMS Developer Guide, "Key policies").
 */
function planKey(place: Place, logGroupName: string, logGroupArn: string): KeyPlan {
  return {
    alias: `alias${logGroupName}`,
    description: `Encrypts the log group ${logGroupName}`,
    statements: [
      {
        Sid: 'AccountAdministers',
        Effect: 'Allow',
        Principal: { AWS: accountArn(place, 'iam', 'root') },
        Action: ['kms:*'],
        Resource: '*',
      },
      {
        // This is the statement that CloudWatch Logs documents ("Encrypt log data in CloudWatch Logs using AWS KMS",
        // 2026).
        Sid: 'LogsOfThisGroup',
        Effect: 'Allow',
        Principal: { Service: `logs.${place.region}.amazonaws.com` },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn } },
      },
    ],
  };
}
