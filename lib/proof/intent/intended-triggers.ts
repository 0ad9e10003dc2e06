import type { WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { accountSettingTriggers } from './account-setting-triggers';
import { inRegion, ownRole } from './arns';
import { intendedBatches } from './intended-batches';
import { limitTriggers } from './limit-triggers';

/**
 * Schedules of the functions that every environment has in addition to the verification. The key is the name of the
 * function without the environment's name.
 */
const SCHEDULES: Readonly<Record<string, readonly [expression: string, input?: string]>> = {
  limit: ['rate(5 minutes)', '{"scheduled":true}'],
  meter: ['rate(10 minutes)'],
};

/**
 * States a second time, from names, the schedule and its batches alone, everything that calls a function or may call
 * one. The rule of the schedule calls the verification. Apart from CloudFormation, which calls the gates with
 * permissions of its own, nothing else may call it.
 */
export function intendedTriggers(plan: AccessPlan): readonly WholeResource[] {
  const { environment } = plan;
  return [
    ...verificationTriggers(plan),
    ...accountSettingTriggers(plan),
    // Billing knows a new tag key only after a day, so it is activated on a schedule. The log needs no schedule.
    ...(plan.costAllocationTags === undefined
      ? []
      : calls(plan, `${environment}_account-settings`, 'rate(1 day)', { Id: 'Function' })),
    ...Object.entries(SCHEDULES).flatMap(([name, [expression, Input]]) =>
      calls(plan, `${environment}_${name}`, expression, { Id: 'Function', ...(Input !== undefined && { Input }) }),
    ),
    ...limitTriggers(plan),
  ];
}

function verificationTriggers(plan: AccessPlan): readonly WholeResource[] {
  const { environment, everyHours, split } = plan;
  const expression = `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`;
  const verification = `${environment}_verification`;
  if (split === undefined) {
    return calls(plan, verification, expression, { Id: 'Verification', Input: '{"scheduled":true}' });
  }
  const batches = `${verification}-batches`;
  const target = {
    Id: 'Verification',
    Arn: inRegion(plan, 'states', `stateMachine:${batches}`),
    RoleArn: ownRole(plan, `${environment}_verification-starter`),
    Input: '{}',
  };
  return [
    rule(`${verification}-schedule`, expression, target),
    {
      type: 'AWS::StepFunctions::StateMachine',
      name: batches,
      properties: {
        StateMachineName: batches,
        StateMachineType: 'STANDARD',
        RoleArn: ownRole(plan, `${environment}_verification-runner`),
        DefinitionString: JSON.stringify(intendedBatches(plan, split)),
      },
    },
  ];
}

/** Returns a rule that calls a function, and the permission for the rule to call it. */
function calls(
  plan: AccessPlan,
  functionName: string,
  expression: string,
  target: Readonly<Record<string, string>>,
): readonly WholeResource[] {
  const Arn = inRegion(plan, 'lambda', `function:${functionName}`);
  const ruleName = `${functionName}-schedule`;
  return [
    rule(ruleName, expression, { ...target, Arn }),
    {
      type: 'AWS::Lambda::Permission',
      name: `permission to call ${functionName}`,
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: Arn,
        Principal: 'events.amazonaws.com',
        SourceArn: inRegion(plan, 'events', `rule/${ruleName}`),
      },
    },
  ];
}

function rule(name: string, expression: string, target: Readonly<Record<string, string>>): WholeResource {
  return {
    type: 'AWS::Events::Rule',
    name,
    properties: { Name: name, ScheduleExpression: expression, State: 'ENABLED', Targets: [target] },
  };
}
