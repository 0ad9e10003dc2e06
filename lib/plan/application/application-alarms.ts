import type { ApplicationConfig } from '../../config/environment-schema';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { type OwnMetric, ownMetric } from '../parts/metric-plan';
import { ratioMath } from '../parts/ratio-plan';
import { dailyLimit } from './daily-limit';

/**
 * Thresholds for an application whose file sets none. Retries of the SDK do not hide five throttles a minute. Users
 * notice when one call in twenty fails. Nobody waits longer than 20 seconds for a whole answer.
 */
export const ALARM_DEFAULTS = { throttlesPerMinute: 5, errorRatePercent: 5, p90LatencyMs: 20_000 } as const;

/** Length of the window for which the meter publishes metrics, in seconds. */
export const WINDOW_SECONDS = 300;
const HOUR = 3600;
const DAY = 86_400;

/**
 * Minimum number of calls and throttles in a window for an error rate. One failure in three calls is already 33
 * percent.
 */
const MIN_CALLS = 20;

/** Minimum number of tokens written to the cache in an hour for an alarm. Fewer tokens cost only cents. */
const MIN_CACHE_WRITES = 10_000;

/**
 * Decides the alarms of an application. A comment at each alarm explains how it treats missing data.
 *
 * The metrics of a window arrive 8 to 13 minutes after the window begins. CloudWatch looks further back than the
 * evaluated periods and takes the newest data points that it finds ("Configuring how alarms treat missing data"), so no
 * late point is lost. But a value from FILL counts as a data point. The newest windows would be zero until their
 * metrics arrive, and the alarm would go off again and again. So the expression also reads `WindowsMetered`, which has
 * no value until the window is metered.
 *
 * @param limitFunctionArn the function that denies the application its profiles. The alarm on daily cost calls it if
 * the file sets both `atLimit: deny` and `dailyUsd`.
 */
export function planApplicationAlarms(
  place: Place,
  application: string,
  config: Pick<ApplicationConfig, 'owner' | 'alarms' | 'budget'>,
  limitFunctionArn: string,
): readonly AlarmPlan[] {
  const { environment } = place;
  const metric = (name: OwnMetric) => ownMetric(place, name, application);
  const topics = [topicArn(place, config.owner)];
  const {
    throttlesPerMinute = ALARM_DEFAULTS.throttlesPerMinute,
    errorRatePercent = ALARM_DEFAULTS.errorRatePercent,
    p90LatencyMs = ALARM_DEFAULTS.p90LatencyMs,
  } = config.alarms ?? {};
  const errors = ratioMath({ part: metric('Errors'), whole: [metric('Calls'), metric('Throttles')] }, 'm');
  // A request that Bedrock refuses as invalid counts as an error but not as a call. Without the maximum of both
  // numbers, the alarm would not go off for a model that no longer exists, although every request to it fails.
  const attempts = `IF(${errors.sum} > FILL(mp, 0), ${errors.sum}, FILL(mp, 0))`;
  const usd = dailyLimit(config);
  const denies = config.budget?.atLimit === 'deny' && config.alarms?.dailyUsd !== undefined;
  const widget = (title: string): string => `"${title}" on the dashboard ${environment}_${application}`;
  return [
    planAlarm(place, [application, 'throttles'], {
      runbook: {
        meaning: `Bedrock refuses calls of ${application} for want of quota: ${throttlesPerMinute} or more a minute.`,
        lookAt: `${widget('Use of the quota')}, and in Service Quotas at the tokens a minute of its models; callers that set no maxTokens reserve the model's maximum`,
        run: `npx bedrock-access plan ${environment}`,
      },
      measure: metric('Throttles'),
      threshold: throttlesPerMinute * (WINDOW_SECONDS / 60),
      periodSeconds: WINDOW_SECONDS,
      evaluationPeriods: 3,
      // A burst in one window is over before anybody reads the alert. Throttling in two of three windows goes on.
      datapointsToAlarm: 2,
      // No data point means that nothing was throttled.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, [application, 'errors'], {
      runbook: {
        meaning: `${errorRatePercent} percent or more of the calls and throttles of ${application} end in an error.`,
        lookAt: `${widget('Errors')} and the saved query "errors by cause"`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: {
        label: 'Errors, percent of calls and throttles',
        expression: `t / t * IF(${attempts} >= ${MIN_CALLS}, 100 * FILL(mp, 0) / ${attempts}, 0)`,
        metrics: { ...errors.metrics, t: ownMetric(place, 'WindowsMetered') },
      },
      threshold: errorRatePercent,
      periodSeconds: WINDOW_SECONDS,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      // No data point means that nobody called, so nothing failed.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, [application, 'latency'], {
      runbook: {
        meaning: `One call of ${application} in ten takes ${p90LatencyMs} ms or longer, for a quarter of an hour out of half an hour.`,
        lookAt: `${widget('Latency')}: one profile or all, and whether answers became longer`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: metric('LatencyP90'),
      threshold: p90LatencyMs,
      periodSeconds: WINDOW_SECONDS,
      // Three windows are up to 28 minutes old before the next one arrives. With only three periods, CloudWatch would
      // no longer see them, and the alarm would end and go off again with every window.
      evaluationPeriods: 6,
      datapointsToAlarm: 3,
      // No data point means that nobody called, so nobody waited.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    ...(usd === undefined
      ? []
      : [
          planAlarm(place, [application, 'daily-usd'], {
            runbook: {
              meaning: `${application} has spent an estimated $${usd} since 00:00 UTC${denies ? '; its profiles are denied to it now' : ''}.`,
              lookAt: `${widget('Estimated dollars by alias')} and the saved query of dollars by principal`,
              run: denies
                ? `npx bedrock-access budget ${environment} ${application} --release`
                : `npx bedrock-access costs ${environment}`,
            },
            measure: metric('DailyUsd'),
            threshold: usd,
            periodSeconds: WINDOW_SECONDS,
            evaluationPeriods: 1,
            // No data point means that the meter did not run, but the money is still spent. If a gap ended the alarm,
            // the alarm would go off and deny again after the gap.
            treatMissingData: 'ignore',
            actions: [...topics, ...(denies ? [limitFunctionArn] : [])],
          }),
        ]),
    planAlarm(place, [application, 'cache-reads'], {
      runbook: {
        meaning: `${application} has paid for writing prompts into a cache for three hours, and read nothing from it.`,
        lookAt: `${widget('Cache')}; what stands before a cache point must be the same to the letter, and comes again within its time to live`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: {
        label: '1 for an hour of cache writes without a read',
        expression: `IF(FILL(w, 0) >= ${MIN_CACHE_WRITES} AND FILL(r, 0) == 0, 1, 0)`,
        metrics: { w: metric('CacheWriteTokens'), r: metric('CacheReadTokens') },
      },
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 3,
      // No data point means that nothing was written, so nothing was wasted.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
    planAlarm(place, [application, 'legacy'], {
      runbook: {
        meaning: `${application} has called a model that Bedrock lists as legacy, in the last 24 hours.`,
        lookAt: `the models of ${application} in environments/${environment}.yaml; a legacy model costs more after a while, and then answers no more`,
        run: `npx bedrock-access check ${environment}`,
      },
      measure: metric('LegacyCalls'),
      threshold: 1,
      // With a period of one day the alarm notifies once a day and not for every call.
      periodSeconds: DAY,
      evaluationPeriods: 1,
      // No data point means that nobody called a legacy model.
      treatMissingData: 'notBreaching',
      actions: topics,
    }),
  ];
}
