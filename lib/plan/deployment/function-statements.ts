import { ownActions } from '../../account/types/called-actions';
import { CUSTOM_RESOURCE } from '../../account/types/cloudformation';
import { EVENTS_TYPES } from '../../account/types/events';
import { LAMBDA_TYPES } from '../../account/types/lambda';
import { LOGS_TYPES } from '../../account/types/logs';
import { STEP_FUNCTIONS_TYPES } from '../../account/types/step-functions';
import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** A statement of its own says which service a function may be called by. */
const ADD_PERMISSION = 'lambda:AddPermission';

const FUNCTION_TYPES = [
  ...Object.values(LAMBDA_TYPES),
  ...Object.values(EVENTS_TYPES),
  LOGS_TYPES['AWS::Logs::LogGroup'],
  CUSTOM_RESOURCE,
];

/**
 * The functions, which custom resources also invoke, with their logs and the rules that call them. One statement for all of
 * them is shorter and allows no more: an action reaches the resources of its own service alone.
 */
export function functionStatements(plan: AccessPlan): readonly Statement[] {
  const { functions, split } = plan;
  const logs = functions.map((f) => regionalArn(plan, 'logs', `log-group:${f.logGroupName}`));
  return [
    {
      // With a qualifier, such as $LATEST, or without one: AWS does not document what of it an authorization shows. Tags of
      // a log are authorized on the first form of its ARN, everything else on the second (CloudWatch Logs API reference).
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
          Action: [ADD_PERMISSION],
          Resource: lambdas,
          Condition: { StringEquals: { 'lambda:Principal': 'events.amazonaws.com' } },
        },
      ];
}
