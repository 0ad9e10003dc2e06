import type { Clock } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { MetricNames } from '../dollars/list-metrics';
import type { PricedProfile } from '../dollars/priced-profile';
import { readSeries } from '../dollars/read-series';
import { tokenSeries } from '../dollars/token-series';
import type { Document } from './documents';

const HOUR_SECONDS = 3_600;

/** Complete hours that every run looks at, so that a missed run leaves no gap. */
const HOURS = 3;

/**
 * Returns the tokens that were written to the cache in hours in which the same profile read nothing from it, by
 * application. An hour counts once it is complete.
 */
export async function unreadCacheWrites(
  cloudWatch: CloudWatch,
  clock: Clock,
  profiles: readonly PricedProfile[],
  names: MetricNames,
  now: number,
): Promise<readonly Document[]> {
  const end = Math.floor(now / HOUR_SECONDS) * HOUR_SECONDS;
  const period = { start: end - HOURS * HOUR_SECONDS, end, slotSeconds: HOUR_SECONDS };
  const kinds = ['cacheRead', 'cacheWrite'] as const;
  const tokens = tokenSeries(
    profiles.map(({ id }) => id),
    names,
    kinds,
  );
  await readSeries(cloudWatch, clock, period, tokens.series);
  return [...groupBy(profiles, ({ application }) => application)].flatMap(([application, own]) => {
    const unread = new Map<number, number>();
    for (const [at, { cacheRead = 0, cacheWrite = 0 }] of own.flatMap(({ id }) => [...tokens.of(id)])) {
      unread.set(at, (unread.get(at) ?? 0) + (cacheRead === 0 ? cacheWrite : 0));
    }
    return [...unread]
      .filter(([, count]) => count > 0)
      .map(([at, count]): Document => ({ application, at, measurements: [['CacheWritesUnread', 'Count', count]] }));
  });
}
