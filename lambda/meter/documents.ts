import { addCosts, type Cost, NO_COST } from '../dollars/cost-of';
import { inUsd } from '../dollars/dollars-of';
import type { Spent } from '../dollars/spending';
import { DAY_SECONDS } from '../dollars/utc-day';

/** The metrics that the meter writes. */
export type MeterMetric =
  | 'DailyUsd'
  | 'MonthUsd'
  | 'UnpricedTokens'
  | 'LegacyCalls'
  | 'CacheWritesUnread'
  | 'CallsAroundProfiles'
  | 'UnplannedProfileCalls'
  | 'QuotaUsedPercent'
  | 'VerificationOverdue';

/** A metric's name, its unit and its value. */
export type Measurement = readonly [name: MeterMetric, unit: 'Count' | 'Percent' | 'None', value: number];

/** Metrics with the same time and the same dimensions. */
export interface Document {
  /** The application, in addition to the environment. */
  readonly application?: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly measurements: readonly Measurement[];
}

/** Length of the slots of time in which values stand. A value is read by its maximum, so writing it twice is harmless. */
export const WINDOW_SECONDS = 300;

/** Returns the start of the slot of a time. */
export function windowOf(at: number): number {
  return Math.floor(at / WINDOW_SECONDS) * WINDOW_SECONDS;
}

/** Returns the last slot of a day. */
export function lastWindowOf(day: number): number {
  return day + DAY_SECONDS - WINDOW_SECONDS;
}

/**
 * Returns the cost of a day so far, by application and in total. Zeros are left out, because a zero costs as much as a
 * value.
 */
export function dayDocuments(at: number, spent: Spent): readonly Document[] {
  return withTotal(spent.applications)
    .map(([application, { picoUsd, unpricedTokens }]) => ({
      ...dimensionsOf(application),
      at,
      measurements: nonZero([
        ['DailyUsd', 'None', inUsd(picoUsd)],
        ['UnpricedTokens', 'Count', unpricedTokens],
      ]),
    }))
    .filter(({ measurements }) => measurements.length > 0);
}

/**
 * Returns the beginning of a day: zero dollars, and the cost of the earlier days of its month, by application and in
 * total. Here a zero is written too: it ends the alarm of the day before, so that the alarm can go off again.
 */
export function beginningOfDay(at: number, before: ReadonlyMap<string, Cost>): readonly Document[] {
  return withTotal(before).map(([application, { picoUsd }]) => ({
    ...dimensionsOf(application),
    at,
    measurements: [
      ['DailyUsd', 'None', 0],
      ['MonthUsd', 'None', inUsd(picoUsd)],
    ],
  }));
}

export function nonZero(measurements: readonly Measurement[]): readonly Measurement[] {
  return measurements.filter(([, , value]) => value > 0);
}

function withTotal(costs: ReadonlyMap<string, Cost>): readonly (readonly [string | undefined, Cost])[] {
  return [...costs, [undefined, [...costs.values()].reduce(addCosts, NO_COST)]];
}

function dimensionsOf(application: string | undefined): Pick<Document, 'application'> {
  return application === undefined ? {} : { application };
}
