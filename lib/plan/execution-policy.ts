import type { AccessPlan } from './access-plan';
import { assetBucket, BOOTSTRAP_VERSION } from './bootstrap';
import { type Existing, executionIamStatements } from './execution-iam';
import { type Place, parameterArn } from './names';
import { packPolicies } from './pack-policies';
import { parameterName } from './physical-name';
import { policyDocument, type Statement } from './statement';
import { githubProviderArn } from './trust';

/** The policy of the role that CloudFormation deploys an environment with, in place of AdministratorAccess. */
export interface ExecutionPolicyPlan {
  readonly statements: readonly Statement[];
  /** The statements, in policies that IAM takes: one, but for the longest names. */
  readonly documents: readonly (readonly Statement[])[];
  readonly existing: Existing;
  /** Length of the longest document as IAM counts it. */
  readonly characters: number;
}

/**
 * Decides what CloudFormation may do to deploy an environment, and nothing else.
 *
 * Everything has a fixed name or path, but for application inference profiles, whose ids Bedrock makes up. Of these the
 * service authorization reference documents `aws:ResourceTag`, and every profile carries `BedrockAccess` from its creation
 * on. Deleting and untagging ask for it (AWS's own AmazonDataZoneBedrockModelManagementPolicy asks for a tag as well when it
 * deletes). Tagging asks for it only where there is one: a profile that is being created has none yet. Creating asks for
 * none: a profile grants nothing, and whether the handler sends the tags with that request is not documented.
 *
 * What a profile copies from is any model and system-defined profile: the role may write the policies that grant them, so
 * a list of models would protect nothing, and every new model would need a new policy. The models are those of any Region,
 * since Bedrock may check every one that a system-defined profile routes to.
 */
export function planExecutionPolicy(plan: AccessPlan): ExecutionPolicyPlan {
  const named = executionPolicy(plan, 'named');
  return named.documents.length === 1 ? named : executionPolicy(plan, 'any');
}

function executionPolicy(plan: AccessPlan, existing: Existing): ExecutionPolicyPlan {
  const statements = [
    ...deploymentStatements(plan),
    ...executionIamStatements(plan, existing),
    ...profileStatements(plan),
    ...functionStatements(plan),
    ...(plan.createGithubProvider ? [githubStatement(plan)] : []),
  ];
  const documents = packPolicies(statements.map((statement) => [statement]));
  const characters = Math.max(...documents.map((document) => JSON.stringify(policyDocument(document)).length));
  return { statements, documents, existing, characters };
}

/** What every template needs, and the aliases. */
function deploymentStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, account, environment } = plan;
  return [
    {
      Sid: 'ReadBootstrapVersion',
      Effect: 'Allow',
      Action: ['ssm:GetParameters'],
      Resource: [parameterArn(plan, BOOTSTRAP_VERSION)],
    },
    {
      // The bucket's name can be foreseen: were it somebody else's, so would the code be that runs as the verification.
      Sid: 'ReadAssets',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`arn:${partition}:s3:::${assetBucket(plan)}/*`],
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
    {
      Sid: 'Aliases',
      Effect: 'Allow',
      Action: [
        'ssm:PutParameter',
        'ssm:GetParameters',
        'ssm:DeleteParameter',
        'ssm:AddTagsToResource',
        'ssm:RemoveTagsFromResource',
        'ssm:ListTagsForResource',
      ],
      Resource: [parameterArn(plan, parameterName(environment, '*'))],
    },
  ];
}

function profileStatements({ partition, region, account, environment }: Place): readonly Statement[] {
  const here = `arn:${partition}:bedrock:${region}:${account}`;
  const profiles = `${here}:application-inference-profile/*`;
  const ours = [environment, `${environment}/*`];
  return [
    {
      Sid: 'CreateProfiles',
      Effect: 'Allow',
      Action: ['bedrock:CreateInferenceProfile'],
      Resource: [profiles, `${here}:inference-profile/*`, `arn:${partition}:bedrock:*::foundation-model/*`],
    },
    {
      Sid: 'ReadProfiles',
      Effect: 'Allow',
      Action: ['bedrock:GetInferenceProfile', 'bedrock:ListTagsForResource'],
      Resource: [profiles],
    },
    {
      Sid: 'TagProfiles',
      Effect: 'Allow',
      Action: ['bedrock:TagResource'],
      Resource: [profiles],
      Condition: { StringLikeIfExists: { 'aws:ResourceTag/BedrockAccess': ours } },
    },
    {
      Sid: 'DeleteProfiles',
      Effect: 'Allow',
      Action: ['bedrock:DeleteInferenceProfile', 'bedrock:UntagResource'],
      Resource: [profiles],
      Condition: { StringLike: { 'aws:ResourceTag/BedrockAccess': ours } },
    },
  ];
}

/**
 * The functions, which custom resources also invoke, with their logs, the rule that calls the verification and its alarm. One
 * statement for all of them is shorter and allows no more: an action reaches the resources of its own service alone.
 */
function functionStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, region, account, verification, schedule } = plan;
  const { split } = schedule;
  const functions = [verification, ...plan.functions];
  const lambdas = functions.map((f) => `arn:${partition}:lambda:${region}:${account}:function:${f.functionName}`);
  const logs = functions.map((f) => `arn:${partition}:logs:${region}:${account}:log-group:${f.logGroupName}`);
  return [
    {
      // With a qualifier, such as $LATEST, or without one: AWS does not document what of it an authorization shows. Tags of
      // a log are authorized on the first form of its ARN, everything else on the second (CloudWatch Logs API reference).
      Sid: 'Functions',
      Effect: 'Allow',
      Action: [
        'lambda:CreateFunction',
        'lambda:GetFunction',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
        'lambda:DeleteFunction',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:ListTags',
        'lambda:GetFunctionCodeSigningConfig',
        'lambda:GetFunctionRecursionConfig',
        'lambda:GetFunctionScalingConfig',
        'lambda:GetRuntimeManagementConfig',
        'lambda:InvokeFunction',
        'lambda:PutFunctionEventInvokeConfig',
        'lambda:GetFunctionEventInvokeConfig',
        'lambda:UpdateFunctionEventInvokeConfig',
        'lambda:DeleteFunctionEventInvokeConfig',
        'lambda:GetPolicy',
        'lambda:RemovePermission',
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:GetDataProtectionPolicy',
        'logs:DeleteDataProtectionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
        'logs:ListTagsForResource',
        'events:PutRule',
        'events:DescribeRule',
        'events:DeleteRule',
        'events:PutTargets',
        'events:ListTargetsByRule',
        'events:RemoveTargets',
        'events:TagResource',
        'events:UntagResource',
        'events:ListTagsForResource',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
        'cloudwatch:ListTagsForResource',
        ...(split === undefined ? [] : STATE_MACHINE),
      ],
      Resource: [
        ...[...lambdas, ...logs].flatMap((arn) => [arn, `${arn}:*`]),
        ...[schedule, ...plan.functions.flatMap((f) => f.schedule ?? [])].map(
          ({ ruleName }) => `arn:${partition}:events:${region}:${account}:rule/${ruleName}`,
        ),
        `arn:${partition}:cloudwatch:${region}:${account}:alarm:${schedule.alarm.name}`,
        ...(split === undefined ? [] : [split.stateMachineArn]),
      ],
    },
    // A state machine calls the function by its own role.
    ...letRulesCall(
      lambdas.filter((_, i) => (i === 0 ? split === undefined : plan.functions[i - 1]?.schedule !== undefined)),
    ),
    {
      // None of them has a resource type in the service authorization reference.
      Sid: 'FindLog',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups', 'logs:DescribeIndexPolicies', 'logs:DescribeResourcePolicies'],
      Resource: ['*'],
    },
  ];
}

function letRulesCall(lambdas: readonly string[]): readonly Statement[] {
  return lambdas.length === 0
    ? []
    : [
        {
          Sid: 'LetRulesCall',
          Effect: 'Allow',
          Action: ['lambda:AddPermission'],
          Resource: lambdas,
          Condition: { StringEquals: { 'lambda:Principal': 'events.amazonaws.com' } },
        },
      ];
}

/** The state machine of an environment that one run does not carry. */
const STATE_MACHINE = [
  'states:CreateStateMachine',
  'states:DescribeStateMachine',
  'states:UpdateStateMachine',
  'states:DeleteStateMachine',
  'states:TagResource',
  'states:UntagResource',
  'states:ListTagsForResource',
];

/** No deletion: the provider outlives its stack. */
function githubStatement(plan: Place): Statement {
  return {
    Sid: 'GitHubProvider',
    Effect: 'Allow',
    Action: [
      'iam:CreateOpenIDConnectProvider',
      'iam:GetOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:RemoveClientIDFromOpenIDConnectProvider',
      'iam:TagOpenIDConnectProvider',
      'iam:UntagOpenIDConnectProvider',
      'iam:ListOpenIDConnectProviderTags',
    ],
    Resource: [githubProviderArn(plan)],
  };
}
