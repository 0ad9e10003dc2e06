import { boundedText } from '../../aws/bounded-text';
import { property } from '../../aws/property';

/** The order in an event that does not come from CloudFormation. */
export type LimitOrder =
  | { readonly order: 'deny'; readonly application: string; readonly alarmArn: string }
  | { readonly order: 'nothing'; readonly why: string }
  | { readonly order: 'lift' }
  | { readonly order: 'release'; readonly application: string; readonly by: string };

const ALLOWED =
  'allowed: an event of an alarm on an application of the environment, { "scheduled": true } from the schedule, and { "release": "APPLICATION", "by": "WHO" }';

/** Reads the order in an event. Throws an error for an event of any other form. */
export function parseLimitEvent(event: unknown, environment: string, today: Date): LimitOrder {
  if (property(event, 'source') === 'aws.cloudwatch') {
    return parseAlarm(event, environment, today);
  }
  const [release, by, scheduled] = ['release', 'by', 'scheduled'].map((key) => property(event, key));
  const keys = Object.keys(typeof event === 'object' && event !== null ? event : {}).sort();
  if (scheduled === true && keys.join() === 'scheduled') {
    return { order: 'lift' };
  }
  if (typeof release === 'string' && typeof by === 'string' && by !== '' && keys.join() === 'by,release') {
    return { order: 'release', application: release, by: boundedText(by, 200) };
  }
  throw new Error(`the event is ${boundedText(JSON.stringify(event) ?? 'undefined')}; ${ALLOWED}`);
}

/** Reads the event of an alarm (CloudWatch User Guide, "Invoke a Lambda function from an alarm", 2026-11). */
function parseAlarm(event: unknown, environment: string, today: Date): LimitOrder {
  const [alarmArn, alarm] = ['alarmArn', 'alarmData'].map((key) => property(event, key));
  const state = property(property(alarm, 'state'), 'value');
  const metrics = property(property(alarm, 'configuration'), 'metrics');
  const dimensions = (Array.isArray(metrics) ? metrics : [])
    .map((metric) => property(property(property(metric, 'metricStat'), 'metric'), 'dimensions'))
    .find((found) => property(found, 'Environment') === environment);
  const application = property(dimensions, 'Application');
  if (typeof alarmArn !== 'string' || typeof application !== 'string') {
    throw new Error(`the alarm ${boundedText(String(alarmArn))} watches no application of ${environment}; ${ALLOWED}`);
  }
  if (state !== 'ALARM') {
    return { order: 'nothing', why: `${boundedText(alarmArn)} is in the state ${boundedText(String(state))}` };
  }
  const midnight = Math.floor(today.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  return (endOfPoints(property(alarm, 'state')) ?? midnight + 1) > midnight
    ? { order: 'deny', application, alarmArn }
    : { order: 'nothing', why: `${boundedText(alarmArn)} reports a day that is over` };
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * Returns the end of the newest period that the alarm evaluated, in milliseconds since 1970, or `undefined` if the
 * event does not contain it.
 *
 * The figures of a day's last window arrive minutes after midnight, or later if a run was missed. A denial because of
 * them would come after the daily lift, and would last for a whole day on which nothing was spent.
 */
function endOfPoints(state: unknown): number | undefined {
  try {
    const reason: unknown = JSON.parse(String(property(state, 'reasonData')));
    const [points, period] = ['evaluatedDatapoints', 'period'].map((key) => property(reason, key));
    const times = (Array.isArray(points) ? points : []).map((point) =>
      Date.parse(String(property(point, 'timestamp'))),
    );
    const newest = Math.max(...times, Date.parse(String(property(reason, 'startDate'))) || Number.NEGATIVE_INFINITY);
    return Number.isFinite(newest) && typeof period === 'number' ? newest + period * 1000 : undefined;
  } catch {
    return undefined;
  }
}
