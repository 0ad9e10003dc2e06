import type { Account } from '../../account/account';
import { BEDROCK_ACTIONS } from '../../catalog/actions';
import { arnWithoutAccount, regionalArn } from '../../catalog/arn';
import { MODEL_IDS } from '../../catalog/catalog';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
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
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  's3:GetObject',
  ...BEDROCK_ACTIONS,
  'iam:DetachRolePolicy',
  'iam:ListEntitiesForPolicy',
  'budgets:DescribeBudgetAction',
  'budgets:ExecuteBudgetAction',
  'budgets:ModifyBudget',
];

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
