import type { Clock } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { Parameter } from '../../aws/services/parameter-pages';
import { listMetrics } from '../dollars/list-metrics';
import type { PricedProfile } from '../dollars/priced-profile';
import { readSeries } from '../dollars/read-series';
import { calledId } from './called-id';
import { type Document, type Measurement, nonZero, WINDOW_SECONDS, windowOf } from './documents';
import { METER_SECONDS, WATCH_SECONDS } from './intervals';
import type { ModelNames } from './model-names';
import { modelsOfProfiles, namedProfiles } from './planned-profiles';
import { quotaUsed } from './quota-used';
import type { Settings } from './settings';
import { summedCalls } from './summed-calls';
import type { KnownQuotas } from './token-quotas';
import { unreadCacheWrites } from './unread-cache-writes';
import { verificationOverdue } from './verification-overdue';

/** Period that every look reads, in seconds. It is longer than the time between looks, so that a missed run is no gap. */
const PERIOD_SECONDS = 3_600;

/** Maximum number of ids that the log names. */
const MAX_LOGGED = 20;

/** What a look needs besides CloudWatch. */
export interface Watched {
  readonly profiles: readonly PricedProfile[];
  /** The parameters of all environments. */
  readonly parameters: readonly Parameter[];
  readonly modelNames: ModelNames;
  /** Absent if they are not known. */
  readonly quotas: KnownQuotas | undefined;
}

/** True for every second run, which also looks for what should not be there. */
export function watches(now: number): boolean {
  return now % WATCH_SECONDS < METER_SECONDS;
}

/**
 * Looks for what should not be there: calls around the profiles, calls of profiles that nobody planned, calls of legacy
 * models, cache writes that nobody reads, quotas that are nearly used up, and a verification that did not run.
 *
 * What is not there is not written.
 */
export async function watch(
  cloudWatch: CloudWatch,
  clock: Clock,
  log: (line: string) => void,
  settings: Settings,
  { profiles, parameters, modelNames, quotas }: Watched,
  now: number,
): Promise<readonly Document[]> {
  const names = await listMetrics(cloudWatch, clock, true);
  const named = namedProfiles(parameters);
  const end = windowOf(now);
  const period = { start: end - PERIOD_SECONDS, end };
  const idsWith = (metric: string): readonly string[] =>
    [...names].filter(([, metrics]) => metrics.has(metric)).map(([id]) => id);
  const called = idsWith('Invocations').map((dimension) => ({ dimension, called: calledId(dimension) }));
  const around = summedCalls(
    'Invocations',
    called.filter((c) => c.called.kind === 'model').map(({ dimension }) => dimension),
  );
  const unplanned = summedCalls(
    'Invocations',
    called.filter((c) => c.called.kind === 'profile' && !named.has(c.called.id)).map(({ dimension }) => dimension),
  );
  const withLegacy = new Set(idsWith('LegacyModelInvocations'));
  const legacy = [
    ...groupBy(
      profiles.filter(({ id }) => withLegacy.has(id)),
      ({ application }) => application,
    ),
  ].map(([application, own]) => ({
    application,
    ...summedCalls(
      'LegacyModelInvocations',
      own.map(({ id }) => id),
    ),
  }));
  const series = [around, unplanned, ...legacy].flatMap((calls) => calls.series);
  await readSeries(cloudWatch, clock, { ...period, slotSeconds: WINDOW_SECONDS }, series);
  if (unplanned.called().length > 0) {
    log(JSON.stringify({ unplannedProfiles: unplanned.called().slice(0, MAX_LOGGED) }));
  }
  const facts = quotas && {
    quotas: quotas.quotas,
    modelNames,
    models: modelsOfProfiles(parameters),
    // Once for each reading of the quotas is enough.
    namesUnknown: quotas.at === now,
  };
  const used = facts && (await quotaUsed(cloudWatch, clock, log, facts, names, period));
  const overdue = await verificationOverdue(cloudWatch, clock, settings, now);
  const windows = Array.from({ length: PERIOD_SECONDS / WINDOW_SECONDS }, (_, i) => period.start + i * WINDOW_SECONDS);
  const documents: readonly Document[] = [
    ...windows.flatMap((at): readonly Document[] => [
      ...legacy.map(({ application, slots }): Document => ({ application, at, measurements: legacyCalls(slots, at) })),
      {
        at,
        measurements: nonZero([
          ['CallsAroundProfiles', 'Count', around.slots.get(at) ?? 0],
          ['UnplannedProfileCalls', 'Count', unplanned.slots.get(at) ?? 0],
          ['QuotaUsedPercent', 'Percent', used?.get(at) ?? 0],
        ]),
      },
    ]),
    { at: end, measurements: nonZero([['VerificationOverdue', 'Count', overdue ? 1 : 0]]) },
    ...(await unreadCacheWrites(cloudWatch, clock, profiles, names, now)),
  ];
  return documents.filter(({ measurements }) => measurements.length > 0);
}

function legacyCalls(slots: ReadonlyMap<number, number>, at: number): readonly Measurement[] {
  return nonZero([['LegacyCalls', 'Count', slots.get(at) ?? 0]]);
}
