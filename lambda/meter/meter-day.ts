import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { type Cost, NO_COST } from '../dollars/cost-of';
import { listMetrics } from '../dollars/list-metrics';
import type { PricedProfile } from '../dollars/priced-profile';
import { readSpending } from '../dollars/spending';
import { DAY_SECONDS, dayOf, monthOf } from '../dollars/utc-day';
import { runsOf, succeeded } from './aws-counts';
import { beginningOfDay, type Document, dayDocuments, lastWindowOf, WINDOW_SECONDS, windowOf } from './documents';

/**
 * Time after midnight in which runs still write the day that has ended. By then its last values have arrived: CloudWatch
 * has most of Bedrock's values after a minute or two.
 */
const SETTLING_SECONDS = 600;

const HOUR_SECONDS = 3_600;

/** The figures of a day. */
export interface MeteredDay {
  /** 00:00 UTC of the day, in seconds since 1970. */
  readonly day: number;
  readonly documents: readonly Document[];
  /** The slot in which this run has begun the day, or the earliest one if an earlier run has. */
  readonly begun: number;
  readonly spent: Cost;
}

/**
 * Computes the cost of the current day anew, from Bedrock's own metrics. Nothing is remembered in CloudWatch, so nobody
 * else can write what the meter reads.
 *
 * The first run of a day writes a zero, and later runs write the cost. Thus an alarm of the day before ends before this
 * day's cost arrives, whatever ran before, and can go off again. The first run also completes the day before, and writes
 * the cost of the month until then.
 *
 * @param now seconds since 1970
 * @param begun the slot in which an earlier run of this warm function has begun a day; absent after a cold start
 */
export async function meterDay(
  cloudWatch: CloudWatch,
  clock: Clock,
  functionName: string,
  profiles: readonly PricedProfile[],
  now: number,
  begun: number | undefined,
): Promise<MeteredDay> {
  const day = dayOf(now - SETTLING_SECONDS);
  const begins = !hasBegun(begun, day, now) && !(await hasRun(cloudWatch, clock, functionName, day, now));
  const start = begins ? day - DAY_SECONDS : day;
  const end = Math.min(now, day + DAY_SECONDS);
  const names = await listMetrics(cloudWatch, clock, false);
  const spent = await readSpending(cloudWatch, clock, profiles, { start, end, slotSeconds: HOUR_SECONDS }, names);
  const at = Math.min(windowOf(now), lastWindowOf(day));
  const today = spent(day, end);
  const documents = begins
    ? [
        ...dayDocuments(lastWindowOf(start), spent(start, day)),
        ...beginningOfDay(at, await monthBefore(cloudWatch, clock, profiles, day)),
      ]
    : dayDocuments(at, today);
  return { day, documents, begun: begins ? windowOf(now) : day + SETTLING_SECONDS, spent: today.environment };
}

/** True if an earlier run has begun the day in an earlier slot. In the same slot, a cost would hide the zero. */
function hasBegun(begun: number | undefined, day: number, now: number): boolean {
  return begun !== undefined && dayOf(begun - SETTLING_SECONDS) === day && begun < windowOf(now);
}

/**
 * True if an earlier run has begun the day in an earlier slot, as AWS counts the runs. A function that was just started
 * knows no other way. If AWS has not counted the last run yet, the day begins twice, which only delays its cost until
 * the next run.
 */
async function hasRun(
  cloudWatch: CloudWatch,
  clock: Clock,
  functionName: string,
  day: number,
  now: number,
): Promise<boolean> {
  const period = { start: day + SETTLING_SECONDS, end: windowOf(now), slotSeconds: WINDOW_SECONDS };
  return period.start < period.end && (await succeeded(cloudWatch, clock, period, runsOf(functionName))) > 0;
}

/**
 * Returns the cost of each application from the first of the month up to, but not including, a day.
 *
 * All metrics are asked for, because CloudWatch does not list those without values in the last two weeks.
 */
async function monthBefore(
  cloudWatch: CloudWatch,
  clock: Clock,
  profiles: readonly PricedProfile[],
  day: number,
): Promise<ReadonlyMap<string, Cost>> {
  const start = monthOf(day);
  if (start === day) {
    return new Map(profiles.map(({ application }) => [application, NO_COST]));
  }
  const period = { start, end: day, slotSeconds: DAY_SECONDS };
  const spent = await readSpending(cloudWatch, clock, profiles, period);
  return spent(start, day).applications;
}
