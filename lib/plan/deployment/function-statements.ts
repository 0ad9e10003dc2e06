import { ownActions } from '../../account/types/called-actions';
import { CUSTOM_RESOURCE } from '../../account/types/cloudformation';
import { EVENTS_TYPES } from '../../account/types/events';
import { LAMBDA_TYPES } from '../../account/types/lambda';
import { LOGS_TYPES } from '../../account/types/logs';
import { STEP_FUNCTIONS_TYPES } from '../../account/types/step-functions';
import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { applicationLogName } from '../names/names';
import type { Statement } from '../parts/statement';

/** This action has a statement of its own, with the service that may invoke the function as a condition. */
const ADD_PERMISSION = 'lambda:AddPermission';

const FUNCTION_TYPES = [
  ...Object.values(LAMBDA_TYPES),
  ...Object.values(EVENTS_TYPES),
  LOGS_TYPES['AWS::Logs::LogGroup'],
  CUSTOM_RESOURCE,
];

/**
 * Allows the deployment of the functions, their log groups and the rules that invoke them, and lets custom resources
 * invoke the functions. One statement for all of them is shorter. It allows no more, because an action applies only to
 * resources of its own service.
 */
export function functionStatements(plan: AccessPlan): readonly Statement[] {
  const { functions, split } = plan;
  const logs = [
    ...functions.map((f) => f.logGroupName),
    ...(plan.applications.some(({ log }) => log !== undefined) ? [applicationLogName(plan.environment, '*')] : []),
  ].map((name) => regionalArn(plan, 'logs', `log-group:${name}`));
  return [
    {
      // Each ARN is listed with and without the suffix `:*`. AWS does not document whether IAM checks the ARN of a
      // function with its qualifier, such as $LATEST. For a log group, IAM checks tagging without the suffix `:*`, and
      // all other actions with it (CloudWatch Logs API reference).
      Sid: 'Functions',
      Effect: 'Allow',
      Action: ownActions(...FUNCTION_TYPES, ...(split === undefined ? [] : Object.values(STEP_FUNCTIONS_TYPES))).filter(
        (action) => action !== ADD_PERMISSION,
      ),
      Resource: [
        ...[...functions.map((f) => f.functionArn), ...logs].flatMap((arn) => [arn, `${arn}:*`]),
        ...functions.flatMap(({ schedule }) => schedule?.ruleArn ?? []),
        ...(split === undefined ? [] : [split.stateMachineArn]),
      ],
    },
    ...letRulesInvoke(
      functions
        .filter(({ schedule }) => schedule !== undefined)
        // The state machine of a split verification invokes it with a role of its own.
        .filter(({ source }) => source !== 'verify' || split === undefined)
        .map(({ functionArn }) => functionArn),
    ),
    {
      // None of these actions has a resource type in the service authorization reference.
      Sid: 'FindLog',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups', 'logs:DescribeIndexPolicies', 'logs:DescribeResourcePolicies'],
      Resource: ['*'],
    },
  ];
}

function letRulesInvoke(lambdas: readonly string[]): readonly Statement[] {
  return lambdas.length === 0
    ? []
    : [
        {
          Sid: 'LetRulesCall',
          Effect: 'Allow',
          Action: [ADD_PERMISSION],
          Resource: lambdas,
          Condition: { StringEquals: { 'lambda:Principal': 'events.amazonaws.com' } },
        },
      ];
}
