import { isDeepStrictEqual } from 'node:util';
import type { Account, Trigger } from '../account/account';
import type { AccessPlan } from '../plan/access-plan';
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

/** Said a second time, from names and the schedule alone. */
function intendedTriggers({ partition, region, account, environment, schedule }: AccessPlan): readonly Trigger[] {
  const lambda = `arn:${partition}:lambda:${region}:${account}:function:${environment}_verification`;
  const rule = `${environment}_verification-schedule`;
  return [
    {
      type: 'AWS::Events::Rule',
      name: rule,
      properties: {
        Name: rule,
        ScheduleExpression: schedule.expression,
        State: 'ENABLED',
        Targets: [{ Id: 'Verification', Arn: lambda, Input: '{"scheduled":true}' }],
      },
    },
    {
      type: 'AWS::Lambda::Permission',
      name: 'permission to call the verification',
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: lambda,
        Principal: 'events.amazonaws.com',
        SourceArn: `arn:${partition}:events:${region}:${account}:rule/${rule}`,
      },
    },
  ];
}

function inWords({ properties }: Trigger): string {
  return JSON.stringify(properties).slice(0, 1000);
}
