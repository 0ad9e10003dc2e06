import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/**
 * The functions, which custom resources also invoke, with their logs and the rules that call them. One statement for all of
 * them is shorter and allows no more: an action reaches the resources of its own service alone.
 */
export function functionStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, region, account, functions, split } = plan;
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
        ...(split === undefined ? [] : STATE_MACHINE),
      ],
      Resource: [
        ...[...functions.map((f) => f.functionArn), ...logs].flatMap((arn) => [arn, `${arn}:*`]),
        ...functions.flatMap(({ schedule }) => schedule?.ruleArn ?? []),
        ...(split === undefined ? [] : [split.stateMachineArn]),
      ],
    },
    ...letRulesCall(
      functions
        .filter(({ schedule }) => schedule !== undefined)
        // A state machine calls the verification by a role of its own.
        .filter(({ source }) => source !== 'verify' || split === undefined)
        .map(({ functionArn }) => functionArn),
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
