import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import type { QueuePlan } from '../parts/dead-letters';
import type { FunctionPlan } from '../parts/function-plan';
import { functionMetric, queueMetric } from '../parts/metric-plan';

const PERIOD_SECONDS = 300;

/**
 * Decides the alarms on the functions of this project themselves: one for each function, on errors and throttles, and
 * one on events that no retry could save. They read metrics of AWS's own namespaces, in which nobody else can write, and
 * notify the contact.
 */
export function planFunctionAlarms(
  place: Place,
  functions: readonly FunctionPlan[],
  deadLetters: QueuePlan,
  topics: readonly string[],
): readonly AlarmPlan[] {
  const once = {
    threshold: 1,
    periodSeconds: PERIOD_SECONDS,
    evaluationPeriods: 1,
    // No data point means that the function was not called, or that the queue was empty for hours.
    treatMissingData: 'notBreaching',
    actions: topics,
  } as const;
  const ofFunctions = functions.map(({ functionName, logGroupName }) =>
    planAlarm(place, [`${functionName.slice(place.environment.length + 1)}-function`], {
      ...once,
      runbook: {
        meaning: `The function ${functionName} failed, or Lambda did not start it because the account's concurrency was used up.`,
        lookAt: `the log group ${logGroupName}, and the queue ${deadLetters.name} for the event`,
        run: `aws logs tail ${logGroupName} --since 1h`,
      },
      measure: {
        label: `Errors and throttles of ${functionName}`,
        expression: 'FILL(e, 0) + FILL(t, 0)',
        metrics: { e: functionMetric(functionName, 'Errors'), t: functionMetric(functionName, 'Throttles') },
      },
    }),
  );
  return [
    ...ofFunctions,
    planAlarm(place, ['dead-letters'], {
      ...once,
      runbook: {
        meaning: 'A function of this project did not handle an event, and Lambda does not try again.',
        lookAt: `the messages of the queue (aws sqs receive-message): each holds the event, the function and the error. Delete them afterwards`,
        run: `aws sqs list-queues --queue-name-prefix ${deadLetters.name}`,
      },
      measure: queueMetric(deadLetters.name),
    }),
  ];
}
