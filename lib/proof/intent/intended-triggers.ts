import type { WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { accountSettingTriggers } from './account-setting-triggers';
import { inRegion, ownRole } from './arns';
import { intendedBatches } from './intended-batches';
import { limitTriggers } from './limit-triggers';

/** When a clock calls the functions that every environment has beside the verification, by name without the environment's. */
const CALLED: Readonly<Record<string, readonly [expression: string, input?: string]>> = {
  limit: ['cron(5 0 * * ? *)', '{"scheduled":true}'],
  meter: ['rate(5 minutes)'],
};

/**
 * Whatever may call a function or calls one by itself: the schedule's rule calls the verification, and beside CloudFormation,
 * which deploys the gates with rights of its own, nothing else may. It is the intent said a second time, from names, the
 * schedule and its batches alone.
 */
export function intendedTriggers(plan: AccessPlan): readonly WholeResource[] {
  const { environment } = plan;
  return [
    ...verificationTriggers(plan),
    ...accountSettingTriggers(plan),
    // Billing sees a new key a day late; the log needs no clock.
    ...(plan.costAllocationTags === undefined
      ? []
      : calls(plan, `${environment}_account-settings`, 'rate(1 day)', { Id: 'Function' })),
    ...Object.entries(CALLED).flatMap(([name, [expression, Input]]) =>
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

/** A rule that calls a function, and the permission that the function gives it. */
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
