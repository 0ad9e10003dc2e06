import { isDeepStrictEqual } from 'node:util';
import type { Account, Trigger } from '../account/account';
import type { AccessPlan } from '../plan/access-plan';
import { batchesDefinition } from '../plan/batches-definition';
import { finding, type PrincipalFinding } from './principal-finding';

/**
 * What may call a function or calls one by itself, against what is intended: the schedule's rule calls the verification,
 * and beside CloudFormation, which deploys the gates with rights of its own, nothing else may.
 */
export function compareTriggers(plan: AccessPlan, { triggers }: Account): readonly PrincipalFinding[] {
  const intended = intendedTriggers(plan);
  const lacks = (all: readonly Trigger[], { type, properties }: Trigger): boolean =>
    !all.some((other) => other.type === type && isDeepStrictEqual(other.properties, properties));
  return [
    ...triggers
      .filter((trigger) => lacks(intended, trigger))
      .map((t) => finding(t.name, `the templates have a ${t.type} that is not in the plan: ${inWords(t)}`)),
    ...intended
      .filter((trigger) => lacks(triggers, trigger))
      .map((t) => finding(t.name, `the templates have no ${t.type} as the plan has it: ${inWords(t)}`)),
  ];
}

/** Said a second time, from names, the schedule and its batches alone. */
function intendedTriggers(plan: AccessPlan): readonly Trigger[] {
  const { partition, region, account, environment, schedule } = plan;
  const { expression, split } = schedule;
  const here = (service: string, rest: string): string => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const role = (name: string): string =>
    `arn:${partition}:iam::${account}:role/bedrock-access/${environment}/${environment}_${name}`;
  const lambda = here('lambda', `function:${environment}_verification`);
  const ruleName = `${environment}_verification-schedule`;
  const rule = (Target: Readonly<Record<string, string>>): Trigger => ({
    type: 'AWS::Events::Rule',
    name: ruleName,
    properties: {
      Name: ruleName,
      ScheduleExpression: expression,
      State: 'ENABLED',
      Targets: [{ Id: 'Verification', ...Target }],
    },
  });
  if (split === undefined) {
    return [
      rule({ Arn: lambda, Input: '{"scheduled":true}' }),
      {
        type: 'AWS::Lambda::Permission',
        name: 'permission to call the verification',
        properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: lambda,
          Principal: 'events.amazonaws.com',
          SourceArn: here('events', `rule/${ruleName}`),
        },
      },
    ];
  }
  const batches = `${environment}_verification-batches`;
  return [
    rule({ Arn: here('states', `stateMachine:${batches}`), RoleArn: role('verification-starter'), Input: '{}' }),
    {
      type: 'AWS::StepFunctions::StateMachine',
      name: batches,
      properties: {
        StateMachineName: batches,
        StateMachineType: 'STANDARD',
        RoleArn: role('verification-runner'),
        DefinitionString: JSON.stringify(batchesDefinition(split, lambda)),
      },
    },
  ];
}

function inWords({ properties }: Trigger): string {
  return JSON.stringify(properties).slice(0, 1000);
}
