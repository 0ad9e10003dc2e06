import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { fromUsd } from './dollars-of';
import { ownSeries } from './own-series';
import { readSeries } from './read-series';
import { monthOf } from './windows';

/** What the environment and its applications cost since the first of the month, without the day itself. */
export interface MonthBefore {
  readonly environment: bigint;
  readonly applications: ReadonlyMap<string, bigint>;
}

/**
 * Adds up the days of a month before `day`, each as its own metric has it: the highest value of a gauge that only rises.
 *
 * The environment's days count by themselves, so that they keep what an application cost that is gone.
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
