import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { fromUsd } from './dollars-of';
import { ownSeries } from './own-series';
import { readSeries } from './read-series';
import { monthOf } from './windows';

/** Cost of the environment and of its applications from the first of the month up to, but not including, a day. */
export interface MonthBefore {
  readonly environment: bigint;
  readonly applications: ReadonlyMap<string, bigint>;
}

/**
 * Adds up the cost of the days of a month before `day`. The cost of a day is the highest value of its metric, which
 * only rises during the day.
 *
 * The environment has a metric of its own, so its sum includes applications that no longer exist.
 */
export async function monthBefore(
  cloudWatch: CloudWatch,
  clock: Clock,
  environment: string,
  applications: readonly string[],
  day: number,
): Promise<MonthBefore> {
  const start = monthOf(day);
  const sums = new Map<string, bigint>();
  let ofEnvironment = 0n;
  const all = [
    ownSeries('DailyUsd', { Environment: environment }, 'Maximum', (_, usd) => {
      ofEnvironment += fromUsd(usd);
    }),
    ...applications.map((application) =>
      ownSeries('DailyUsd', { Environment: environment, Application: application }, 'Maximum', (_, usd) => {
        sums.set(application, (sums.get(application) ?? 0n) + fromUsd(usd));
      }),
    ),
  ];
  if (start < day) {
    await readSeries(cloudWatch, clock, { start, end: day, slotSeconds: 86_400 }, all);
  }
  return { environment: ofEnvironment, applications: sums };
}
