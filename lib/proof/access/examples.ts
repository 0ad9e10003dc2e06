import type { Account } from '../../account/account';
import { BEDROCK_ACTIONS } from '../../catalog/actions';
import { arnWithoutAccount, regionalArn } from '../../catalog/arn';
import { MODEL_IDS } from '../../catalog/catalog';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { parameterArn, policyArn, roleArn } from '../../plan/names/arns';
import { PROBE_FOLDER, parameterName } from '../../plan/names/names';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';

/** Actions from which witnesses are chosen, the most instructive first. */
export const EXAMPLE_ACTIONS: readonly string[] = [
  ...INVOKE_ACTIONS,
  'bedrock:GetInferenceProfile',
  'bedrock:ApplyGuardrail',
  'sts:AssumeRole',
  'iam:PassRole',
  'iam:PutRolePolicy',
  'iam:AttachRolePolicy',
  'iam:CreatePolicyVersion',
  'ssm:PutParameter',
  'ssm:DeleteParameter',
  'ssm:DeleteParameters',
  'ssm:LabelParameterVersion',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'lambda:UpdateFunctionCode',
  'lambda:InvokeFunction',
  'lambda:UpdateFunctionConfiguration',
  'cloudformation:UpdateStack',
  'cloudformation:CreateChangeSet',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:DescribeStacks',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'servicequotas:ListServiceQuotas',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  's3:GetObject',
  'aws-external-anthropic:CreateInference',
  'bedrock-agentcore:InvokeAgentRuntime',
  'sagemaker:InvokeEndpoint',
  'events:PutTargets',
  'cloudwatch:DisableAlarmActions',
  'sns:Unsubscribe',
  'states:StopExecution',
  'logs:DeleteLogGroup',
  's3:PutObject',
  'kms:ScheduleKeyDeletion',
  ...BEDROCK_ACTIONS,
  'iam:DetachRolePolicy',
  'iam:ListEntitiesForPolicy',
  'budgets:DescribeBudgetAction',
  'budgets:ExecuteBudgetAction',
  'budgets:ModifyBudget',
  ...Object.values(REGISTRY_HANDLERS).flatMap((handlers) => Object.values(handlers).flat()),
];

/** Lists the ARNs of resources of this project that a role could use or change without its boundary. */
export function ownResources(plan: AccessPlan): readonly string[] {
  const { environment, account, partition, region } = plan;
  return [
    ...plan.functions.map((f) => f.functionArn),
    regionalArn(plan, 'events', `rule/${environment}_meter-schedule`),
    regionalArn(plan, 'cloudwatch', `alarm:${environment}_meter-stopped`),
    regionalArn(plan, 'sns', `${environment}_alerts-abc123`),
    regionalArn(plan, 'sqs', `${environment}_dead-letters`),
    regionalArn(plan, 'kms', 'key/any'),
    regionalArn(plan, 'cloudformation', `stack/${environment}--foundation/any`),
    arnWithoutAccount(partition, 's3', `cdk-hnb659fds-assets-${account}-${region}/any`),
  ];
}

/** Lists the ARNs from which witnesses are chosen: resources that a principal with too much access could reach. */
export function exampleResources(
  plan: AccessPlan,
  application: ApplicationPlan | undefined,
  account: Account,
): readonly string[] {
  const { region, partition, environment } = plan;
  const own = application?.generations ?? [];
  const elsewhere = ['eu-west-1', 'us-west-2', 'ap-northeast-1'].filter((r) => r !== region);
  const models = (regions: readonly string[], ids: readonly string[]): readonly string[] =>
    regions.flatMap((r) => ids.map((id) => foundationModelArn(partition, r, id)));
  const modelIds = own.map((g) => g.modelId);
  return [
    ...models(elsewhere, modelIds),
    ...models([region], [...modelIds, ...MODEL_IDS.slice(0, 3)]),
    ...own.flatMap((g) => g.systemProfileArn ?? []),
    ...account.profiles.slice(0, 4).map((p) => p.arn),
    regionalArn(plan, 'bedrock', 'provisioned-model/abcdefghij12'),
    roleArn(plan, 'any', PROBE_FOLDER),
    roleArn(plan, 'any'),
    policyArn(plan, plan.boundary.name),
    parameterArn(plan, parameterName(environment, 'another-application', 'main')),
    arnWithoutAccount(partition, 's3', 'a-bucket/a-key'),
  ];
}

/** Lists the values from which witnesses of condition keys are chosen, by key in lower case. */
export function exampleValues(
  plan: AccessPlan,
  application: ApplicationPlan | undefined,
  account: Account,
): Readonly<Record<string, readonly string[]>> {
  return {
    'bedrock:inferenceprofilearn': [
      ...(application?.generations ?? []).flatMap((g) => g.systemProfileArn ?? []),
      ...account.profiles.slice(0, 4).map((p) => p.arn),
      regionalArn(plan, 'bedrock', 'inference-profile/us.amazon.nova-lite-v1:0'),
      regionalArn(plan, 'bedrock', 'application-inference-profile/abcdefghij12'),
    ],
    'bedrock:guardrailidentifier': [regionalArn(plan, 'bedrock', 'guardrail/abcdefghij12:1')],
    'bedrock:servicetier': ['priority', 'reserved', 'flex', 'default'],
    'aws:requestedregion': [plan.region, 'eu-west-1', 'us-west-2', 'unspecified'],
    'aws:sourceip': ['203.0.113.7'],
  };
}
