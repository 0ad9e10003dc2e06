import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion, ownRole } from './arns';
import type { IntendedStatement } from './intent-policy';

/** What keeps the account's settings may read and change those that the file asks for, and nothing else. */
export function accountSettingsIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const { environment, logging, costAllocationTags } = plan;
  const stack = inRegion(plan, 'cloudformation', `stack/${environment}--Foundation/*`);
  const allow = (Sid: string, Action: readonly string[], ...Resource: readonly string[]) =>
    ({ Sid, Effect: 'Allow', Action, Resource }) as const;
  const setting = ['Get', 'Put', 'Delete'].map((verb) => `bedrock:${verb}ModelInvocationLoggingConfiguration`);
  return [
    allow('a setting asks whether its stack rolls back', ['cloudformation:DescribeStacks'], stack),
    // Also without a log: the setting of one that was there is removed by this right.
    allow('invocation logging is set and removed', setting, '*'),
    ...(logging === undefined
      ? []
      : [
          {
            ...allow('Bedrock is given its role', ['iam:PassRole'], logsRole(plan)),
            Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
          },
        ]),
    ...(costAllocationTags === undefined
      ? []
      : [allow('tags are activated', ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'], '*')]),
  ];
}

/** What Bedrock writes the log as may write its one stream. */
export function invocationLogsIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const group = inRegion(plan, 'logs', `log-group:/bedrock-access/${plan.environment}/invocations`);
  return [
    {
      Sid: 'calls are logged',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${group}:log-stream:aws/bedrock/modelinvocations`],
    },
  ];
}

/** ARN of the role that Bedrock writes the log as. */
export function logsRole(plan: AccessPlan): string {
  return ownRole(plan, `${plan.environment}_invocation-logs`);
}
