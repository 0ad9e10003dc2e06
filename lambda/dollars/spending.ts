import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { addCosts, type Cost, costOf, NO_COST } from './cost-of';
import type { MetricNames } from './list-metrics';
import type { PricedProfile } from './priced-profile';
import { type Period, readSeries } from './read-series';
import { tokenSeries } from './token-series';

/** The cost of a period. */
export interface Spent {
  /** Cost of each profile, keyed by its id. Profiles without tokens are left out. */
  readonly profiles: ReadonlyMap<string, Cost>;
  /** Cost of each application that has a profile, also if it is zero. */
  readonly applications: ReadonlyMap<string, Cost>;
  readonly environment: Cost;
}

const HOUR_SECONDS = 3_600;

/**
 * Computes what was spent since 00:00 UTC, from Bedrock's own metrics, which only AWS can write.
 *
 * All metrics of all profiles are asked for. Thus no new metric is missed, and no other call is needed.
 *
 * @param day 00:00 UTC of the day, in seconds since 1970
 * @param now end of the period, at most the end of the day
 * @throws Error when a part of the data is missing, because an incomplete sum would look like a complete one
 */
export async function spentOnDay(
  cloudWatch: CloudWatch,
  clock: Clock,
  profiles: readonly PricedProfile[],
  day: number,
  now: number,
): Promise<Spent> {
  const spent = await readSpending(cloudWatch, clock, profiles, { start: day, end: now, slotSeconds: HOUR_SECONDS });
  return spent(day, now);
}

/**
 * Reads what was spent in a period, and returns a function that adds it up between two times.
 *
 * @param period its slots are at most as long as the times to be told apart
 * @param names metrics that exist; absent if all metrics are asked for
 * @throws Error when a part of the data is missing, because an incomplete sum would look like a complete one
 */
export async function readSpending(
  cloudWatch: CloudWatch,
  clock: Clock,
  profiles: readonly PricedProfile[],
  period: Period,
  names?: MetricNames,
): Promise<(start: number, end: number) => Spent> {
  const ids = profiles.map(({ id }) => id);
  const tokens = tokenSeries(ids, names);
  await readSeries(cloudWatch, clock, period, tokens.series);
  return (start, end) => {
    const costs = new Map<string, Cost>();
    const applications = new Map<string, Cost>();
    for (const { id, application, price } of profiles) {
      const slots = [...tokens.of(id)].filter(([at]) => at >= start && at < end);
      const cost = slots.map(([, counted]) => costOf(counted, price)).reduce(addCosts, NO_COST);
      if (slots.length > 0) {
        costs.set(id, cost);
      }
      applications.set(application, addCosts(applications.get(application) ?? NO_COST, cost));
    }
    return { profiles: costs, applications, environment: [...applications.values()].reduce(addCosts, NO_COST) };
  };
}
