import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { ownMetric } from '../parts/metric-plan';

const HOUR = 3600;

/** Decides the alarms of an environment as a whole. They notify its contact. */
export function planEnvironmentAlarms(place: Place, contact: string, everyHours: number): readonly AlarmPlan[] {
  const { environment } = place;
  const topics = [topicArn(place, contact)];
  const verify = `npx bedrock-access verify ${environment}`;
  return [
    planAlarm(place, ['calls-around-profiles'], {
      runbook: {
        meaning: `Somebody in the account calls models without an application profile: no application pays for it, and nothing in ${environment} limits it.`,
        lookAt:
          'the saved query "calls around the profiles", or in CloudTrail at InvokeModel and Converse by requestParameters.modelId',
        run: `npx bedrock-access access ${environment}`,
      },
      measure: ownMetric(place, 'CallsAroundProfiles'),
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // No data point means that there was no such call.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, ['verification-failed'], {
      runbook: {
        meaning: `Access in ${environment} does not work as intended: the scheduled verification failed.`,
        lookAt: `the log group /aws/lambda/${environment}_verification`,
        run: verify,
      },
      measure: ownMetric(place, 'ScheduledRunFailed'),
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // There are no data points between two runs. The result of the last run stays valid until the next one.
      treatMissingData: 'ignore',
      actions: topics,
    }),
    planAlarm(place, ['verification-overdue'], {
      runbook: {
        meaning: `The verification of ${environment} did not run for more than ${everyHours + 1} h; it should every ${everyHours} h.`,
        lookAt: `the rule ${environment}_verification-schedule and its failed invocations`,
        run: verify,
      },
      measure: ownMetric(place, 'VerificationOverdue'),
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // No data point means that the meter, which writes this metric, did not run. That has its own alarm.
      treatMissingData: 'ignore',
      actions: topics,
    }),
    planAlarm(place, ['meter-stopped'], {
      runbook: {
        meaning: `The meter of ${environment} has not run for half an hour: what is spent is not seen, and no alarm on it rings.`,
        lookAt: `the log group /aws/lambda/${environment}_meter and the rule ${environment}_meter-schedule`,
        run: `aws logs tail /aws/lambda/${environment}_meter --since 1h`,
      },
      // Before CloudWatch treats data as missing, it looks for older data points, which would take an hour. FILL avoids
      // that wait.
      measure: { label: 'Runs of the meter', expression: 'FILL(m, 0)', metrics: { m: ownMetric(place, 'MeterRan') } },
      comparison: 'LessThanThreshold',
      threshold: 1,
      periodSeconds: 900,
      evaluationPeriods: 2,
      // Without any data points there is nothing that FILL could fill, and the meter has stopped.
      treatMissingData: 'breaching',
      actions: topics,
    }),
  ];
}
