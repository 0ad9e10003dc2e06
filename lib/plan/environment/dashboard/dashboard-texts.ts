import { planAliasAlarms } from '../../application/alias-alarms';
import { planApplicationAlarms } from '../../application/application-alarms';
import { limitFunctionArn } from '../../names/arns';
import type { Place } from '../../names/names';
import type { AlarmPlan } from '../../parts/alarm-plan';
import type { WidgetPlan } from '../../parts/dashboard-plan';
import { profileReference } from '../../parts/profile-reference';

/** Explains how to read the graphs. */
export function notes({ environment, region }: Place): WidgetPlan {
  return {
    kind: 'text',
    width: 24,
    height: 8,
    title: 'How to read this',
    lines: [
      {
        about: 'Application',
        text: 'at the top chooses what the graphs show. The metrics of all applications are here, so a graph takes a moment longer the more there are.',
      },
      {
        about: 'Dollars',
        text: 'are tokens at list price, minutes old. Bills come a day later, and have discounts, taxes and what has no price here. Dollars by alias are computed here from what Bedrock counted; cached tokens count under the greater of their two names.',
      },
      {
        about: 'Use of the quota',
        text: "is Bedrock's estimate of input, cache writes and output times their burndown. It is not the reservation (input and maxTokens) that makes Bedrock throttle, and not the quota: compare it with the tokens a minute of the model.",
        link: {
          text: 'Service Quotas',
          url: `https://${region}.console.aws.amazon.com/servicequotas/home/services/bedrock/quotas?region=${region}`,
        },
      },
      {
        about: 'Saved queries',
        text: `of the invocation log, where it is switched on, are called bedrock-access/${environment}/…: dollars by principal and profile, errors by cause, the slowest calls, cache use, calls around the profiles.`,
        link: {
          text: 'Logs Insights',
          url: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:logs-insights`,
        },
      },
    ],
  };
}

/** Returns the runbooks of the alarms that every application and alias has. */
export function alarmNotes(place: Place): WidgetPlan {
  const owner = 'owner@example.com';
  const generation = {
    alias: 'ALIAS',
    modelId: 'MODEL',
    generation: '',
    served: true,
    profileArn: profileReference(place, 'ALIAS'),
  };
  return {
    ...runbooks([
      ...planAliasAlarms(place, 'APP', { owner }, generation),
      ...planApplicationAlarms(place, 'APP', { owner, alarms: { dailyUsd: 1 } }, limitFunctionArn(place), true),
    ]),
    title: 'When an alarm of an application rings; its own description has its own thresholds',
  };
}

/** Returns a text widget with the runbook of each alarm. */
export function runbooks(alarms: readonly AlarmPlan[]): WidgetPlan {
  return {
    kind: 'text',
    title: 'When an alarm of the environment rings',
    lines: alarms.map(({ name, runbook: { meaning, lookAt, run } }) => ({
      about: name,
      text: `${meaning} Look at ${lookAt}. Run`,
      run,
    })),
    width: 24,
    height: 3 + 2 * alarms.length,
  };
}
