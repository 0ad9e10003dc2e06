import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion, ownRole } from './arns';
import type { IntendedStatement } from './intent-policy';

/**
 * States what the account-settings function may do: read and change the settings that the environment file asks for.
 */
export function accountSettingsIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const { environment, logging, costAllocationTags } = plan;
  const stack = inRegion(plan, 'cloudformation', `stack/${environment}--Foundation/*`);
  const allow = (Sid: string, Action: readonly string[], ...Resource: readonly string[]) =>
    ({ Sid, Effect: 'Allow', Action, Resource }) as const;
  const setting = ['Get', 'Put', 'Delete'].map((verb) => `bedrock:${verb}ModelInvocationLoggingConfiguration`);
  return [
    allow(
      'the account-settings function reads its stack',
      ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
      stack,
    ),
    // Needed also when the file asks for no log: the function removes the setting of a former one.
    allow('invocation logging is set and removed', setting, '*'),
    ...(logging === undefined
      ? []
      : [
          {
            ...allow('the logging role is passed to Bedrock', ['iam:PassRole'], logsRole(plan)),
            Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
          },
        ]),
    ...(costAllocationTags === undefined
      ? []
      : [
          allow(
            'cost allocation tags are activated',
            ['ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
            '*',
          ),
        ]),
  ];
}

/** States what the role that Bedrock assumes to write the invocation log may do: write the one stream of that log. */
export function invocationLogsIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const group = inRegion(plan, 'logs', `log-group:/bedrock-access/${plan.environment}/invocations`);
  return [
    {
      Sid: 'Bedrock writes the invocation log',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${group}:log-stream:aws/bedrock/modelinvocations`],
    },
  ];
}

/** Returns the ARN of the role with which Bedrock writes the invocation log. */
export function logsRole(plan: AccessPlan): string {
  return ownRole(plan, `${plan.environment}_invocation-logs`);
}
