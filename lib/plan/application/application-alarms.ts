import { METER_SECONDS } from '../../../lambda/meter/intervals';
import type { ApplicationConfig } from '../../config/environment-schema';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { type OwnMetric, ownMetric } from '../parts/metric-plan';
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

/** Minimum number of tokens written to the cache in an hour for an alarm. Fewer tokens cost only cents. */
const MIN_CACHE_WRITES = 10_000;

/**
 * Decides the alarms of an application as a whole. They read metrics that the meter writes. A comment at each alarm
 * explains how it treats missing data.
 *
 * @param limitFunctionArn the function that denies the application its profiles. The alarm on daily cost wakes it if
 * the file sets both `atLimit: deny` and `dailyUsd`. The function does not trust the alarm: it counts the dollars itself.
 * @param caches true if a model of the application caches prompts
 */
export function planApplicationAlarms(
  place: Place,
  application: string,
  config: Pick<ApplicationConfig, 'owner' | 'alarms' | 'budget'>,
  limitFunctionArn: string,
  caches: boolean,
): readonly AlarmPlan[] {
  const { environment } = place;
  const metric = (name: OwnMetric) => ownMetric(place, name, application);
  const topics = [topicArn(place, config.owner)];
  const usd = dailyLimit(config);
  const denies = config.budget?.atLimit === 'deny' && config.alarms?.dailyUsd !== undefined;
  const widget = (title: string): string => `"${title}" of ${application} on the dashboard ${environment}_overview`;
  return [
    ...(usd === undefined
      ? []
      : [
          planAlarm(place, [application, 'daily-usd'], {
            runbook: {
              meaning: `${application} has spent an estimated $${usd} since 00:00 UTC.${denies ? ` The function ${environment}_limit looks what Bedrock has counted, and tells you what it did.` : ''}`,
              lookAt: `${widget('Estimated dollars by alias')} and the saved query of dollars by principal`,
              run: `npx bedrock-access costs ${environment}`,
            },
            measure: metric('DailyUsd'),
            threshold: usd,
            periodSeconds: METER_SECONDS,
            evaluationPeriods: 1,
            // No data point means that the meter did not run, or that the day has cost nothing yet. If a gap ends the
            // alarm, it goes off again after the gap. That notifies twice and denies nothing twice.
            treatMissingData: 'notBreaching',
            actions: [...topics, ...(denies ? [limitFunctionArn] : [])],
          }),
        ]),
    ...(caches
      ? [
          planAlarm(place, [application, 'cache-reads'], {
            runbook: {
              meaning: `${application} has paid for writing prompts into a cache for three hours, and read nothing from it.`,
              lookAt: `${widget('Cache')}; what stands before a cache point must be the same to the letter, and comes again within its time to live`,
              run: `npx bedrock-access verify ${environment}`,
            },
            measure: metric('CacheWritesUnread'),
            threshold: MIN_CACHE_WRITES,
            periodSeconds: HOUR,
            evaluationPeriods: 3,
            // No data point means that nothing was written, so nothing was wasted.
            treatMissingData: 'notBreaching',
            actions: topics,
          }),
        ]
      : []),
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
