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

/** Everything a run touches outside itself. */
export interface Dependencies {
  readonly readPage: ReadPage;
  readonly cloudWatch: CloudWatch;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** What a warm function keeps from run to run. Without it a run costs more and comes to the same. */
export interface Memory {
  readonly written: ReadonlySet<number>;
  readonly idle: IdleDays;
}

export const NOTHING_REMEMBERED: Memory = { written: new Set(), idle: new Map() };

/** What a run found, and what the next is to remember of it. */
export interface Metered {
  readonly documents: readonly Document[];
  readonly memory: Memory;
  readonly summary: Summary;
}

/** For the log, and for whoever calls the function by hand. */
export interface Summary {
  /** Of five minutes, written in this run. */
  readonly windows: number;
  readonly profiles: number;
  /** Metrics of Bedrock that CloudWatch was asked for. */
  readonly series: number;
}

/**
 * Finds what there is to write: nothing is written before all of it is known.
 *
 * @param now when the run was due, in seconds since 1970
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
  const usage = await readUsage(cloudWatch, clock, profiles, windows, end, now, memory.idle);
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
        windowDocuments(window, profiles, usage.windows.get(window) ?? new Map(), usage.around.get(window) ?? 0),
      ),
      ...days.flat(),
      ...overdue,
      ran,
    ],
    memory: { written: new Set(windowsBefore(end)), idle: usage.idle },
    summary: { windows: windows.length, profiles: profiles.length, series: usage.series },
  };
}
