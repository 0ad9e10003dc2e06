import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { ownMetric } from '../parts/metric-plan';

const HOUR = 3600;

/** Alarms of an environment as a whole, which its contact hears of. */
export function planEnvironmentAlarms(place: Place, contact: string, everyHours: number): readonly AlarmPlan[] {
  const { environment } = place;
  const tell = [topicArn(place, contact)];
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
      // No point: no such call.
      treatMissingData: 'notBreaching',
      actions: tell,
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
      // Between two runs there is nothing to see: what the last one found stands until the next.
      treatMissingData: 'ignore',
      actions: tell,
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
      // No point: the meter, which looks for it, did not run, and that has an alarm of its own.
      treatMissingData: 'ignore',
      actions: tell,
    }),
    planAlarm(place, ['meter-stopped'], {
      runbook: {
        meaning: `The meter of ${environment} has not run for half an hour: what is spent is not seen, and no alarm on it rings.`,
        lookAt: `the log group /aws/lambda/${environment}_meter and the rule ${environment}_meter-schedule`,
        run: `aws logs tail /aws/lambda/${environment}_meter --since 1h`,
      },
      // CloudWatch looks for older points before it takes one for missing, which would take an hour: FILL does not wait.
      measure: { label: 'Runs of the meter', expression: 'FILL(m, 0)', metrics: { m: ownMetric(place, 'MeterRan') } },
      comparison: 'LessThanThreshold',
      threshold: 1,
      periodSeconds: 900,
      evaluationPeriods: 2,
      // No point at all, not even one that could be filled up to: exactly what it waits for.
      treatMissingData: 'breaching',
      actions: tell,
    }),
  ];
}
