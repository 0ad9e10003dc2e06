import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { functionMetric, ownMetric } from '../parts/metric-plan';

const HOUR = 3600;

/** Percentage of a quota from which the contact is notified. */
const QUOTA_PERCENT = 80;

/** Decides the alarms of an environment as a whole. They notify its contact. */
export function planEnvironmentAlarms(place: Place, contact: string, everyHours: number): readonly AlarmPlan[] {
  const { environment } = place;
  const topics = [topicArn(place, contact)];
  const meter = physicalName([environment, 'meter']);
  const meterLog = `aws logs tail /aws/lambda/${meter} --since 1h`;
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
    planAlarm(place, ['unplanned-profile'], {
      runbook: {
        meaning: `Somebody calls an application inference profile that no environment of the account and Region names: no application pays for it, and nothing limits it.`,
        lookAt: `"unplannedProfiles" in the log group /aws/lambda/${meter}, and in CloudTrail at CreateInferenceProfile`,
        run: meterLog,
      },
      measure: ownMetric(place, 'UnplannedProfileCalls'),
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // No data point means that there was no such call.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, ['quota'], {
      runbook: {
        meaning: `In some minute of the last hour, the calls of a model took ${QUOTA_PERCENT} percent or more of the account's quota of tokens a minute. Beyond 100 percent, Bedrock refuses calls.`,
        lookAt: `"usedPercent" in the log group /aws/lambda/${meter}, which names the quota; callers that set no maxTokens reserve the model's maximum`,
        run: meterLog,
      },
      measure: ownMetric(place, 'QuotaUsedPercent'),
      threshold: QUOTA_PERCENT,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // No data point means that nobody called, or that the quota is not known.
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
        meaning: `The verification of ${environment} was not started for more than ${everyHours + 1} h; it should be every ${everyHours} h.`,
        lookAt: `the rule ${environment}_verification-schedule and its failed invocations`,
        run: verify,
      },
      measure: ownMetric(place, 'VerificationOverdue'),
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      // No data point means that it is not overdue, or that the meter did not run. That has its own alarm.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, ['meter-stopped'], {
      runbook: {
        meaning: `The meter of ${environment} has not been started for half an hour: what is spent is not seen, and no alarm on it rings. Runs that fail have an alarm of their own.`,
        lookAt: `the log group /aws/lambda/${meter} and the rule ${meter}-schedule`,
        run: meterLog,
      },
      // Before CloudWatch treats data as missing, it looks for older data points, which would take an hour. FILL avoids
      // that wait.
      measure: {
        label: 'Runs of the meter',
        expression: 'FILL(i, 0)',
        metrics: { i: functionMetric(meter, 'Invocations') },
      },
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
