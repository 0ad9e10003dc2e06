import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { type Count, callSeries, tokenSeries } from './bedrock-series';
import type { Usage } from './figures';
import { listMetrics, type MetricNames } from './list-metrics';
import type { MeteredProfile } from './metered-profile';
import { readSeries, type Series } from './read-series';
import { dayOf, WINDOW_SECONDS } from './windows';

/** Usage of each profile, by its id. */
export type UsageOfProfiles = ReadonlyMap<string, Usage>;

/** What profiles used. */
export interface ReadUsage {
  /** By the starts of the windows that were asked for. */
  readonly windows: ReadonlyMap<number, UsageOfProfiles>;
  /** Tokens alone, of the whole of each day in which one of the windows began, up to the end. */
  readonly days: ReadonlyMap<number, UsageOfProfiles>;
  /** By window: calls that named a model or a system-defined profile, by anybody in the account and Region. */
  readonly around: ReadonlyMap<number, number>;
  readonly idle: IdleDays;
  /** How many metrics were asked for; CloudWatch charges by it. */
  readonly series: number;
}

/** What a profile used of a day before it fell idle. */
interface IdleDay {
  readonly day: number;
  readonly usage: Usage;
  /** When it was last seen to be idle. */
  readonly at: number;
}

/** What is known of idle profiles from the runs before: nothing of it changes while they stay idle. */
export type IdleDays = ReadonlyMap<string, IdleDay>;

/** A profile is idle that is not listed as active within this. */
const IDLE_SECONDS = 3 * 3_600;

/** A model's or a system-defined profile's id has a dot behind its first part; an ARN begins otherwise, and a short id has none. */
const MODEL = /^[a-z0-9-]+\./;

/**
 * Reads what the profiles used in the windows, and since 00:00 UTC of their days.
 *
 * Of profiles that are not active the day alone is read, and once: what a warm function remembers is not paid for again.
 *
 * @param windows starts, oldest first, at least one
 * @param now seconds since 1970
 */
export async function readUsage(
  cloudWatch: CloudWatch,
  clock: Clock,
  profiles: readonly MeteredProfile[],
  windows: readonly number[],
  end: number,
  now: number,
  remembered: IdleDays,
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
  const around = new Map<number, number>();

  const idle = start < now - IDLE_SECONDS ? profiles.filter(({ id }) => active.has(id) && !recent.has(id)) : [];
  const known = (id: string): IdleDay | undefined => {
    const before = remembered.get(id);
    return start === today && before?.day === today && now - before.at < IDLE_SECONDS ? before : undefined;
  };
  const asked = [...profiles.filter(({ id }) => recent.has(id)), ...idle.filter(({ id }) => known(id) === undefined)];
  const tokens = asked.flatMap(({ id }) => {
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
      around.set(at, (around.get(at) ?? 0) + value);
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
    around,
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
