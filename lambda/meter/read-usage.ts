import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { type Count, callSeries, tokenSeries } from './bedrock-series';
import type { Usage } from './figures';
import { listMetrics, type MetricNames } from './list-metrics';
import type { MeteredProfile } from './metered-profile';
import { readSeries, type Series } from './read-series';
import { dayOf, WINDOW_SECONDS } from './windows';

/** Usage of profiles, keyed by their ids. */
export type UsageOfProfiles = ReadonlyMap<string, Usage>;

/** The usage of all profiles that a run reads. */
export interface ReadUsage {
  /** Usage in each window, keyed by its start. */
  readonly windows: ReadonlyMap<number, UsageOfProfiles>;
  /** Tokens of each day in which a window began, from its beginning up to the end of the last window. */
  readonly days: ReadonlyMap<number, UsageOfProfiles>;
  /**
   * Number of calls by any principal of the account that named a model or a system-defined profile, keyed by window.
   */
  readonly aroundProfiles: ReadonlyMap<number, number>;
  readonly idle: IdleDays;
  /** Number of metrics that were read. CloudWatch charges for each. */
  readonly series: number;
}

/** The usage that a run asks for. */
export interface RequestedUsage {
  readonly profiles: readonly MeteredProfile[];
  /** Starts of the windows, oldest first, at least one. */
  readonly windows: readonly number[];
  /** End of the last window. */
  readonly end: number;
  /** Seconds since 1970. */
  readonly now: number;
  readonly remembered: IdleDays;
}

/** The usage of a profile on a day before it became idle. */
interface IdleDay {
  readonly day: number;
  readonly usage: Usage;
  /** Time of the last run that saw the profile idle, in seconds since 1970. */
  readonly at: number;
}

/** Usage of idle profiles from earlier runs. It cannot change while a profile stays idle. */
export type IdleDays = ReadonlyMap<string, IdleDay>;

/** A profile is idle if CloudWatch does not list it as active within this time. */
const IDLE_SECONDS = 3 * 3_600;

/**
 * Matches the id of a model or a system-defined profile. Their first part ends with a dot, unlike an ARN or a short id.
 */
const MODEL = /^[a-z0-9-]+\./;

/**
 * Reads the usage of the profiles in the windows, and since 00:00 UTC of the windows' days.
 *
 * For idle profiles only the day is read, and only once: a warm function remembers it, so it is not paid for again.
 */
export async function readUsage(
  cloudWatch: CloudWatch,
  clock: Clock,
  { profiles, windows, end, now, remembered }: RequestedUsage,
): Promise<ReadUsage> {
  const [active, recent] = await Promise.all([
    listMetrics(cloudWatch, clock, false),
    listMetrics(cloudWatch, clock, true),
  ]);
  const first = windows[0] ?? end;
  const start = dayOf(first);
  const today = dayOf(end - WINDOW_SECONDS);
  const byWindow = new Map(windows.map((window) => [window, new Map<string, Usage>()]));
  const byDay = new Map([start, today].map((day) => [day, new Map<string, Usage>()]));
  const aroundProfiles = new Map<number, number>();

  const idle = start < now - IDLE_SECONDS ? profiles.filter(({ id }) => active.has(id) && !recent.has(id)) : [];
  const known = (id: string): IdleDay | undefined => {
    const before = remembered.get(id);
    return start === today && before?.day === today && now - before.at < IDLE_SECONDS ? before : undefined;
  };
  const toRead = [...profiles.filter(({ id }) => recent.has(id)), ...idle.filter(({ id }) => known(id) === undefined)];
  const tokens = toRead.flatMap(({ id }) => {
    const inWindows = countInto(byWindow, id, (at) => at);
    const inDays = countInto(byDay, id, dayOf);
    const names = new Set([...(active.get(id) ?? []), ...(recent.get(id) ?? [])]);
    return tokenSeries(id, names, (figure, at, value) => {
      inWindows(figure, at, value);
      inDays(figure, at, value);
    });
  });
  const calls = [
    ...profiles.flatMap(({ id }) =>
      callSeries(
        id,
        recent.get(id) ?? new Set(),
        countInto(byWindow, id, (at) => at),
      ),
    ),
    ...callsAround(recent, (at, value) => {
      aroundProfiles.set(at, (aroundProfiles.get(at) ?? 0) + value);
    }),
  ];
  await Promise.all([
    readSeries(cloudWatch, clock, { start, end, slotSeconds: WINDOW_SECONDS }, tokens),
    readSeries(cloudWatch, clock, { start: first, end, slotSeconds: WINDOW_SECONDS }, calls),
  ]);
  for (const { id } of idle) {
    const before = known(id);
    if (before !== undefined) {
      byDay.get(today)?.set(id, before.usage);
    }
  }
  return {
    windows: byWindow,
    days: byDay,
    aroundProfiles,
    idle: new Map(idle.map(({ id }) => [id, { day: today, usage: byDay.get(today)?.get(id) ?? {}, at: now }])),
    series: tokens.length + calls.length,
  };
}

function countInto(slots: ReadonlyMap<number, Map<string, Usage>>, id: string, slotOf: (at: number) => number): Count {
  return (figure, at, value) => {
    const usages = slots.get(slotOf(at));
    const usage = usages?.get(id);
    usages?.set(id, { ...usage, [figure]: (usage?.[figure] ?? 0) + value });
  };
}

function callsAround(names: MetricNames, take: Series['take']): readonly Series[] {
  return [...names].flatMap(([id, metrics]) =>
    MODEL.test(id)
      ? callSeries(id, new Set(['Invocations'].filter((name) => metrics.has(name))), (_, at, value) => take(at, value))
      : [],
  );
}
