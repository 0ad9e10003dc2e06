import { accountArn, regionalArn } from '../../catalog/arn';
import type { Environment } from '../../config/environment';
import type { ApplicationPlan } from '../application/application-plan';
import { type Place, parameterName } from '../names/names';
import type { KeyPlan } from '../parts/key-plan';
import { planServiceRole, type ServiceRolePlan } from '../parts/service-role-plan';
import { type DollarsQueryPlan, planDollarsQuery } from './dollars-query';
import { planLogQueries, type QueryPlan } from './log-queries';

/** Where the calls of the account and Region are logged, and the questions that are asked of the log. */
export interface LoggingPlan {
  readonly logGroupName: string;
  readonly retentionDays: number;
  /** Whether prompts and answers are logged, beside who called what and for how many tokens. */
  readonly content: boolean;
  readonly key: KeyPlan;
  /** What Bedrock writes as. */
  readonly role: ServiceRolePlan;
  readonly queries: readonly QueryPlan[];
  /** By application: what needs the ARNs of its profiles. */
  readonly dollars: Readonly<Record<string, DollarsQueryPlan>>;
}

/** Decides the log of all calls, where the file asks for one. */
export function planLogging(
  place: Place,
  asked: Environment['invocationLogging'],
  applications: readonly ApplicationPlan[],
): LoggingPlan | undefined {
  if (asked === undefined) {
    return undefined;
  }
  const { environment } = place;
  const logGroupName = parameterName(environment, 'invocations');
  const logGroupArn = regionalArn(place, 'logs', `log-group:${logGroupName}`);
  return {
    logGroupName,
    ...asked,
    key: planKey(place, logGroupName, logGroupArn),
    role: planServiceRole(place, {
      parts: ['invocation-logs'],
      service: 'bedrock.amazonaws.com',
      sourceArn: regionalArn(place, 'bedrock', '*'),
      statements: [
        {
          // The one stream that Bedrock writes (Bedrock User Guide, "Model invocation logging", 2026).
          Sid: 'WriteInvocations',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [`${logGroupArn}:log-stream:aws/bedrock/modelinvocations`],
        },
      ],
    }),
    queries: planLogQueries(environment, asked.content),
    dollars: Object.fromEntries(applications.map((a) => [a.name, planDollarsQuery(place, a)])),
  };
}

/**
 * A key for this log alone: CloudWatch Logs may use it for no other, and the account's administrators alone change it. The
 * root is in it since a key whose policy names nobody else can be lost for good (KMS Developer Guide, "Key policies").
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
        // As CloudWatch Logs documents it ("Encrypt log data in CloudWatch Logs using AWS KMS", 2026).
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
