import type { Clock } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { ReadPage } from '../../aws/services/parameter-pages';
import { aliasesIn } from '../aliases/aliases';
import { readParameters } from '../aliases/read-parameters';
import { type Document, dayDocuments, windowDocuments } from './documents';
import { meteredProfiles, type Prices } from './metered-profile';
import { monthBefore } from './month-before';
import { type IdleDays, readUsage } from './read-usage';
import type { Settings } from './settings';
import { verificationOverdue } from './verification-overdue';
import { dayOf, endsHour, settledEnd, windowsBefore } from './windows';
import { windowsToWrite } from './windows-to-write';

/** The calls to AWS, the prices, the clock and the log of a run. */
export interface Dependencies {
  readonly readPage: ReadPage;
  readonly cloudWatch: CloudWatch;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The state that a warm function keeps between runs. Without it a run costs more but has the same result. */
export interface Memory {
  readonly written: ReadonlySet<number>;
  readonly idle: IdleDays;
}

export const NOTHING_REMEMBERED: Memory = { written: new Set(), idle: new Map() };

/** The result of a run, and the state for the next one. */
export interface Metered {
  readonly documents: readonly Document[];
  readonly memory: Memory;
  readonly summary: Summary;
}

/** Summary of a run for the log and for people who call the function by hand. */
export interface Summary {
  /** Number of five-minute windows that this run wrote. */
  readonly windows: number;
  readonly profiles: number;
  /** Number of Bedrock's metrics that were read from CloudWatch. */
  readonly series: number;
}

/**
 * Returns the metrics to write. None is written before all of them are known.
 *
 * @param now the time at which the run was due, in seconds since 1970
 */
export async function runMeter(
  settings: Settings,
  { readPage, cloudWatch, prices, clock, log }: Dependencies,
  now: number,
  memory: Memory,
): Promise<Metered> {
  const { environment } = settings;
  const path = `/bedrock-access/${environment}`;
  const aliases = aliasesIn(path, await readParameters(readPage, path, clock));
  for (const { application, alias, cause } of aliases.unreadable) {
    log(JSON.stringify({ application, alias, cause }));
  }
  const profiles = meteredProfiles(aliases, prices);
  const end = settledEnd(now);
  const windows = await windowsToWrite(cloudWatch, clock, environment, end, memory.written);
  const ran: Document = { at: Math.floor(now), dimensions: {}, measurements: [['MeterRan', 'Count', 1]] };
  if (windows.length === 0) {
    return { documents: [ran], memory, summary: { windows: 0, profiles: profiles.length, series: 0 } };
  }
  const usage = await readUsage(cloudWatch, clock, { profiles, windows, end, now, remembered: memory.idle });
  const applications = [...new Set(profiles.map(({ application }) => application))].sort();
  const days = await Promise.all(
    [...groupBy(windows, dayOf)].map(async ([day, own]) => {
      const before = own.some(endsHour)
        ? await monthBefore(cloudWatch, clock, environment, applications, day)
        : undefined;
      return dayDocuments(own.at(-1) ?? day, profiles, usage.days.get(day) ?? new Map(), before, own.includes(day));
    }),
  );
  const overdue: readonly Document[] = windows.some(endsHour)
    ? [
        {
          ...ran,
          measurements: [
            ['VerificationOverdue', 'Count', (await verificationOverdue(cloudWatch, clock, settings, end)) ? 1 : 0],
          ],
        },
      ]
    : [];
  return {
    documents: [
      ...windows.flatMap((window) =>
        windowDocuments(
          window,
          profiles,
          usage.windows.get(window) ?? new Map(),
          usage.aroundProfiles.get(window) ?? 0,
        ),
      ),
      ...days.flat(),
      ...overdue,
      ran,
    ],
    memory: { written: new Set(windowsBefore(end)), idle: usage.idle },
    summary: { windows: windows.length, profiles: profiles.length, series: usage.series },
  };
}
