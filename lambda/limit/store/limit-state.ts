import { property } from '../../../aws/property';

/**
 * The state of an application's limit. Only the function writes it, into a parameter that no role with the
 * environment's boundary can change. Times are in UTC, in ISO 8601.
 */
export interface LimitState {
  /** The denial that is in force since `at`, and its cause in words. */
  readonly denied?: { readonly at: string; readonly why: string };
  /** A person denies the application its profiles until a release. */
  readonly held?: { readonly reason: string; readonly by: string; readonly at: string };
  /**
   * A person released the application. The dollars of `day` deny it no more, nor does an execution of its budget's
   * action before `at` in the same month.
   */
  readonly released?: { readonly by: string; readonly at: string; readonly day: string };
}

const FIELDS: { readonly [K in keyof LimitState]-?: readonly (keyof NonNullable<LimitState[K]>)[] } = {
  denied: ['at', 'why'],
  held: ['reason', 'by', 'at'],
  released: ['by', 'at', 'day'],
};

/** Clocks of two machines differ by less than this, in milliseconds. */
const CLOCKS_MILLISECONDS = 60_000;

/** Reads a state. Throws an error that names the first mistake in it, such as a time later than `now`. */
export function parseState(text: string, now: Date): LimitState {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the value is not an object');
  }
  for (const [key, entry] of Object.entries(value)) {
    const fields: readonly string[] | undefined = Object.hasOwn(FIELDS, key)
      ? FIELDS[key as keyof LimitState]
      : undefined;
    if (fields === undefined) {
      throw new Error('it has a field that this version does not know');
    }
    for (const field of fields) {
      const text = property(entry, field);
      if (typeof text !== 'string' || text === '') {
        throw new Error(`${key}.${field} is not a text`);
      }
    }
    if (Object.keys(entry).some((field) => !fields.includes(field))) {
      throw new Error(`${key} has a field that this version does not know`);
    }
    const at = Date.parse(String(property(entry, 'at')));
    if (!(at <= now.getTime() + CLOCKS_MILLISECONDS)) {
      throw new Error(`${key}.at is not a time in the past`);
    }
    const day = property(entry, 'day');
    if (day !== undefined && !isDayUntil(String(day), now)) {
      throw new Error(`${key}.day is not a day in the past`);
    }
  }
  return value;
}

function isDayUntil(day: string, now: Date): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return time <= now.getTime() + CLOCKS_MILLISECONDS && dayOf(new Date(time)) === day;
}

/** Returns the UTC day of a time, such as `2026-11-21`. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
