import type { ApplicationConfig } from '../../config/environment-schema';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import { type AlarmPlan, planAlarm } from '../parts/alarm-plan';
import type { GenerationPlan } from '../parts/generation-plan';
import { type BedrockMetric, bedrockMetric, type MetricPlan } from '../parts/metric-plan';
import { profileIdOf } from '../parts/profile-reference';
import { ALARM_DEFAULTS, WINDOW_SECONDS } from './application-alarms';

const HOUR = 3600;

/** Minimum number of calls and throttles in an hour for an error rate. One failure in three calls is 33 percent. */
const MIN_ATTEMPTS = 20;

/** Number of refused calls in an hour that raise the alarm when no call was answered. */
const MIN_REFUSED = 3;

/**
 * Decides the alarms of one alias, or of one model of it while an upgrade keeps two. They read only the metrics that
 * Bedrock writes for the model's own profile, so neither a busy alias nor a forged metric can hide a failing one.
 */
export function planAliasAlarms(
  place: Place,
  application: string,
  config: Pick<ApplicationConfig, 'owner' | 'alarms'>,
  {
    alias,
    modelId,
    generation,
    served,
    profileArn,
  }: Pick<GenerationPlan, 'alias' | 'modelId' | 'generation' | 'served' | 'profileArn'>,
): readonly AlarmPlan[] {
  const { environment } = place;
  const {
    throttlesPerMinute = ALARM_DEFAULTS.throttlesPerMinute,
    errorRatePercent = ALARM_DEFAULTS.errorRatePercent,
    p90LatencyMs = ALARM_DEFAULTS.p90LatencyMs,
  } = config.alarms ?? {};
  const metric = (name: BedrockMetric, statistic: MetricPlan['statistic'] = 'Sum') =>
    bedrockMetric(profileIdOf(profileArn), name, statistic);
  const parts = [application, alias, ...(served ? [] : [generation])];
  const calls = `${application}/${alias} (${modelId})`;
  const shared = {
    // No data point means that nobody called, so nothing was throttled, nothing failed and nobody waited.
    treatMissingData: 'notBreaching',
    actions: [topicArn(place, config.owner)],
  } as const;
  const widget = (title: string): string => `"${title}" of ${application} on the dashboard ${environment}_overview`;
  return [
    planAlarm(place, [...parts, 'throttles'], {
      runbook: {
        meaning: `Bedrock refuses calls of ${calls} for want of quota: ${throttlesPerMinute} or more a minute.`,
        lookAt: `${widget('Use of the quota')}, and in Service Quotas at the tokens a minute of the model; callers that set no maxTokens reserve the model's maximum`,
        run: `npx bedrock-access plan ${environment}`,
      },
      measure: metric('InvocationThrottles'),
      threshold: throttlesPerMinute * (WINDOW_SECONDS / 60),
      periodSeconds: WINDOW_SECONDS,
      evaluationPeriods: 3,
      // A burst in one window is over before anybody reads the alert. Throttling in two of three windows goes on.
      datapointsToAlarm: 2,
      ...shared,
    }),
    planAlarm(place, [...parts, 'errors'], {
      runbook: {
        meaning: `In the last hour, ${errorRatePercent} percent or more of the calls of ${calls} ended in an error, or every one of at least ${MIN_REFUSED} was refused.`,
        lookAt: `${widget('Errors')} and the saved query "errors by cause"`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: {
        label: 'Errors, percent of calls and throttles; 100 if no call was answered',
        expression: ERROR_RATE,
        metrics: {
          i: metric('Invocations'),
          c: metric('InvocationClientErrors'),
          s: metric('InvocationServerErrors'),
          t: metric('InvocationThrottles'),
        },
      },
      threshold: errorRatePercent,
      // The hour slides: CloudWatch evaluates the last 60 minutes every minute ("Alarm evaluation window", read
      // 2026-11-30). So the alarm sees an alias that is called three times an hour, and a busy alias that fails
      // altogether raises it within minutes.
      periodSeconds: HOUR,
      evaluationPeriods: 1,
      ...shared,
    }),
    planAlarm(place, [...parts, 'latency'], {
      runbook: {
        meaning: `One call of ${calls} in ten takes ${p90LatencyMs} ms or longer, for a quarter of an hour out of half an hour.`,
        lookAt: `${widget('Latency')}: one alias or all, and whether answers became longer`,
        run: `npx bedrock-access verify ${environment}`,
      },
      measure: metric('InvocationLatency', 'p90'),
      threshold: p90LatencyMs,
      periodSeconds: WINDOW_SECONDS,
      // An alias that is called every ten minutes has a value in three of six windows.
      evaluationPeriods: 6,
      datapointsToAlarm: 3,
      ...shared,
    }),
  ];
}

/** Client errors and server errors. */
const ERRORS = '(FILL(c, 0) + FILL(s, 0))';

/**
 * Calls and throttles. AWS documents `Invocations` (`i`) in two ways: as the successful requests, or as all requests
 * that Bedrock accepted, failed ones included. Neither counts a request that Bedrock refuses as invalid, for example
 * because its model no longer exists, and neither counts a throttle. The greater of calls and errors is never too small.
 */
const ATTEMPTS = `(IF(FILL(i, 0) > ${ERRORS}, FILL(i, 0), ${ERRORS}) + FILL(t, 0))`;

/**
 * The error rate of an hour in percent. The first case is an alias whose calls all fail, however few they are: it has no
 * more calls than errors, whichever way Bedrock counts them. Calls that are all throttled count too, because the alarm
 * on throttles needs many. The second case is a rate that needs {@link MIN_ATTEMPTS} attempts to mean something.
 *
 * FILL puts zeros in place of missing values, because Bedrock writes no zeros. It hides nothing here: a period of an
 * hour has no value only if nothing happened in the whole hour.
 */
const ERROR_RATE = `IF(FILL(i, 0) <= ${ERRORS} AND ${ERRORS} + FILL(t, 0) >= ${MIN_REFUSED}, 100, IF(${ATTEMPTS} >= ${MIN_ATTEMPTS}, 100 * ${ERRORS} / ${ATTEMPTS}, 0))`;
