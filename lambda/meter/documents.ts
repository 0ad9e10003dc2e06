import { groupBy } from '../../aws/group-by';
import { inUsd } from './dollars-of';
import { type Figures, priced, sumOf } from './figures';
import type { MeteredProfile } from './metered-profile';
import type { MonthBefore } from './month-before';
import type { UsageOfProfiles } from './read-usage';
import { dayOf, monthOf } from './windows';
import { WINDOWS_METERED } from './windows-to-write';

/** The metrics that the meter writes. */
export type MeterMetric =
  | 'Calls'
  | 'Throttles'
  | 'Errors'
  | 'InputTokens'
  | 'OutputTokens'
  | 'CacheReadTokens'
  | 'CacheWriteTokens'
  | 'UnpricedTokens'
  | 'EstimatedUsd'
  | 'LatencyP90'
  | 'LegacyCalls'
  | 'DailyUsd'
  | 'MonthUsd'
  | 'CallsAroundProfiles'
  | 'MeterRan'
  | 'WindowsMetered'
  | 'VerificationOverdue';

/** A metric's name, its unit and its value. */
export type Measurement = readonly [name: MeterMetric, unit: 'Count' | 'Milliseconds' | 'None', value: number];

/** Metrics with the same time and the same dimensions. */
export interface Document {
  /** Dimensions in addition to the environment: none, an application, or an application and an alias. */
  readonly dimensions: { readonly Application?: string; readonly Alias?: string };
  /** Seconds since 1970. */
  readonly at: number;
  readonly measurements: readonly Measurement[];
}

/** Cost of the earlier days of the month on its first day: zero. */
const NOTHING_BEFORE: MonthBefore = { environment: 0n, applications: new Map() };

/** The usage of a profile and its cost. */
interface Used {
  readonly application: string;
  readonly alias: string;
  readonly figures: Figures;
}

/**
 * Returns the usage of a window by alias, by application and in total. Zeros are left out, because a zero costs as much
 * as a value.
 */
export function windowDocuments(
  at: number,
  profiles: readonly MeteredProfile[],
  usages: UsageOfProfiles,
  aroundProfiles: number,
): readonly Document[] {
  const used = usedOf(profiles, usages);
  return [
    ...[...groupBy(used, ({ application }) => application)].flatMap(([Application, own]) => [
      ...[...groupBy(own, ({ alias }) => alias)].map(([Alias, one]) =>
        document(at, { Application, Alias }, usageMeasurements(total(one))),
      ),
      document(at, { Application }, [...usageMeasurements(total(own)), ...wholeMeasurements(total(own))]),
    ]),
    document(at, {}, [
      ...usageMeasurements(total(used)),
      ...wholeMeasurements(total(used)),
      ['CallsAroundProfiles', 'Count', aroundProfiles],
      [WINDOWS_METERED, 'Count', 1],
    ]),
  ].filter(({ measurements }) => measurements.length > 0);
}

/**
 * Returns the cost of a day so far, by application and in total. Adds the cost of the month if its earlier days are
 * given.
 *
 * The first run of a day also writes a zero for applications without cost. Otherwise an alarm would keep its state from
 * the day before and could not fire again. The first run of a month does the same, because the last figure of the old
 * month would be shown for the new one otherwise.
 *
 * @param at the latest known window of the day
 * @param begins true if this run writes the first window of the day
 */
export function dayDocuments(
  at: number,
  profiles: readonly MeteredProfile[],
  usages: UsageOfProfiles,
  before: MonthBefore | undefined,
  begins = false,
): readonly Document[] {
  const used = groupBy(usedOf(profiles, usages), ({ application }) => application);
  const month = begins && monthOf(at) === dayOf(at);
  const known = before ?? (month ? NOTHING_BEFORE : undefined);
  const applications = new Set([
    ...used.keys(),
    ...(before?.applications.keys() ?? []),
    ...(begins ? profiles.map(({ application }) => application) : []),
  ]);
  const gauges = (dimensions: Document['dimensions'], day: bigint, past: bigint | undefined): Document => {
    const { measurements, ...rest } = document(at, dimensions, [
      ['DailyUsd', 'None', inUsd(day)],
      ['MonthUsd', 'None', past === undefined ? 0 : inUsd(past + day)],
    ]);
    const zeros: readonly Measurement[] = [
      ...(begins ? [['DailyUsd', 'None', 0] as const] : []),
      ...(month ? [['MonthUsd', 'None', 0] as const] : []),
    ];
    return { ...rest, measurements: day === 0n ? [...zeros, ...measurements] : measurements };
  };
  const past = (application: string): bigint | undefined => known && (known.applications.get(application) ?? 0n);
  return [
    ...[...applications].map((Application) =>
      gauges({ Application }, total(used.get(Application) ?? []).picoUsd, past(Application)),
    ),
    gauges({}, total([...used.values()].flat()).picoUsd, known?.environment),
  ].filter(({ measurements }) => measurements.length > 0);
}

function usedOf(profiles: readonly MeteredProfile[], usages: UsageOfProfiles): readonly Used[] {
  return profiles.flatMap(({ id, application, alias, price }) => {
    const usage = usages.get(id);
    return usage === undefined ? [] : [{ application, alias, figures: priced(usage, price) }];
  });
}

function total(used: readonly Used[]): Figures {
  return sumOf(used.map(({ figures }) => figures));
}

function usageMeasurements(f: Figures): readonly Measurement[] {
  return [
    ['Calls', 'Count', f.calls],
    ['Throttles', 'Count', f.throttles],
    ['Errors', 'Count', f.clientErrors + f.serverErrors],
    ['InputTokens', 'Count', f.inputTokens],
    ['OutputTokens', 'Count', f.outputTokens],
    ['CacheReadTokens', 'Count', f.cacheReadTokens],
    ['CacheWriteTokens', 'Count', f.cacheWriteTokens],
    ['EstimatedUsd', 'None', inUsd(f.picoUsd)],
    ['UnpricedTokens', 'Count', f.unpricedTokens],
  ];
}

function wholeMeasurements(f: Figures): readonly Measurement[] {
  return [
    ['LatencyP90', 'Milliseconds', f.latencyP90],
    ['LegacyCalls', 'Count', f.legacyCalls],
  ];
}

function document(at: number, dimensions: Document['dimensions'], all: readonly Measurement[]): Document {
  return { at, dimensions, measurements: all.filter(([, , value]) => value > 0) };
}
