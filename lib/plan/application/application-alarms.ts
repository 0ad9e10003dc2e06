import type { ApplicationConfig } from '../../config/environment-schema';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import { type OwnMetric, ownMetric } from '../parts/metric-plan';
import { ratioMath } from '../parts/ratio-plan';

/**
 * Where an application's file says nothing. Five throttles a minute are more than retries of the SDK smooth over; one call
 * in twenty that fails is seen by users; 20 s is longer than a person waits for a whole answer.
 */
export const ALARM_DEFAULTS = { throttlesPerMinute: 5, errorRatePercent: 5, p90LatencyMs: 20_000 } as const;

/** The meter publishes a window of five minutes. */
export const WINDOW_SECONDS = 300;
const HOUR = 3600;
const DAY = 86_400;

/** Calls and throttles in a window below which a rate says nothing: one failure of three calls is 33 percent. */
const LEAST_CALLS = 20;

/** Tokens that an hour writes into a cache below which nobody should be woken: they cost cents. */
const LEAST_CACHE_WRITES = 10_000;

/**
 * US dollars a day at which an application's alarm rings, or `undefined` where nobody said what is much.
 *
 * Without `dailyUsd` it is three times a thirtieth of the monthly budget: a day above that is no busy day but something
 * that goes wrong, and at that rate the month's budget is gone in ten days.
 */
export function dailyLimit({ alarms, budget }: Pick<ApplicationConfig, 'alarms' | 'budget'>): number | undefined {
  return alarms?.dailyUsd ?? (budget && Math.max(0.01, Math.round(budget.monthlyUsd * 10) / 100));
}

/**
 * Decides the alarms of an application, each with one sentence why missing data means what it does.
 *
 * A window of the meter is there 8 to 13 minutes after its beginning. CloudWatch looks further back than the periods that it
 * evaluates and takes the newest points it finds ("Configuring how alarms treat missing data"), so none is lost for that. But
 * what FILL makes up is a point like any other: an expression is multiplied by what is there of every window that was
 * metered, or the newest windows would be zeros until they arrive, and the alarm would ring again and again.
 *
 * @param limitFunctionArn what denies the application's profiles; called where the file asks for it and names the day's limit
 */
export function planApplicationAlarms(
  place: Place,
  application: string,
  config: Pick<ApplicationConfig, 'owner' | 'alarms' | 'budget'>,
  limitFunctionArn: string,
): readonly AlarmPlan[] {
  const { environment } = place;
  const metric = (name: OwnMetric) => ownMetric(place, name, application);
  const tell = [topicArn(place, config.owner)];
  const {
    throttlesPerMinute = ALARM_DEFAULTS.throttlesPerMinute,
    errorRatePercent = ALARM_DEFAULTS.errorRatePercent,
    p90LatencyMs = ALARM_DEFAULTS.p90LatencyMs,
  } = config.alarms ?? {};
  const errors = ratioMath({ part: metric('Errors'), whole: [metric('Calls'), metric('Throttles')] }, 'm');
  // What Bedrock refuses as invalid is an error and no call: were calls alone the whole, a model that is gone, of which every
  // call fails, would ring for nobody.
  const tried = `IF(${errors.sum} > FILL(mp, 0), ${errors.sum}, FILL(mp, 0))`;
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
      // A burst is over before anybody reads of it; two windows of three are not.
      datapointsToAlarm: 2,
      // No point: nothing was throttled.
      treatMissingData: 'notBreaching',
      actions: tell,
    }),
    planAlarm(place, [application, 'errors'], {
      runbook: {
        meaning: `${errorRatePercent} percent or more of the calls and throttles of ${application} end in an error.`,
        lookAt: `${widget('Errors')} and the saved query "errors by cause"`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: {
        label: 'Errors, percent of calls and throttles',
        expression: `t / t * IF(${tried} >= ${LEAST_CALLS}, 100 * FILL(mp, 0) / ${tried}, 0)`,
        metrics: { ...errors.metrics, t: ownMetric(place, 'WindowsMetered') },
      },
      threshold: errorRatePercent,
      periodSeconds: WINDOW_SECONDS,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      // No point: nobody called, so nothing failed.
      treatMissingData: 'notBreaching',
      actions: tell,
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
      // Three windows are up to 28 minutes old before the next is there. Among three periods they would leave the range that
      // CloudWatch looks at, the alarm would end, and ring again with every window.
      evaluationPeriods: 6,
      datapointsToAlarm: 3,
      // No point: nobody called, so nobody waited.
      treatMissingData: 'notBreaching',
      actions: tell,
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
            // No point: the meter did not run, and what was spent stays spent. Were a gap the end of it, its end would ring, and deny, anew.
            treatMissingData: 'ignore',
            actions: [...tell, ...(denies ? [limitFunctionArn] : [])],
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
        expression: `IF(FILL(w, 0) >= ${LEAST_CACHE_WRITES} AND FILL(r, 0) == 0, 1, 0)`,
        metrics: { w: metric('CacheWriteTokens'), r: metric('CacheReadTokens') },
      },
      threshold: 1,
      periodSeconds: HOUR,
      evaluationPeriods: 3,
      // No point: nothing was written, so nothing was wasted.
      treatMissingData: 'notBreaching',
      actions: tell,
    }),
    planAlarm(place, [application, 'legacy'], {
      runbook: {
        meaning: `${application} has called a model that Bedrock lists as legacy, in the last 24 hours.`,
        lookAt: `the models of ${application} in environments/${environment}.yaml; a legacy model costs more after a while, and then answers no more`,
        run: `npx bedrock-access check ${environment}`,
      },
      measure: metric('LegacyCalls'),
      threshold: 1,
      // A day, so that it tells once a day and not at every call.
      periodSeconds: DAY,
      evaluationPeriods: 1,
      // No point: no call of a legacy model.
      treatMissingData: 'notBreaching',
      actions: tell,
    }),
  ];
}
