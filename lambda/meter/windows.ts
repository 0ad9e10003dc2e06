/** Length of a window. A window is identified by its start, and all times are in seconds since 1970. */
export const WINDOW_SECONDS = 300;

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** Time after a window's end until it is read. CloudWatch has most of its values after a minute or two. */
const SETTLING_SECONDS = 180;

/**
 * Number of windows that a run can still write: two hours. For older ones CloudWatch no longer lists which metrics had
 * values.
 */
const MAX_WINDOWS = 24;

/** Returns the end of the last complete window whose values have arrived. */
export function settledEnd(now: number): number {
  return Math.floor((now - SETTLING_SECONDS) / WINDOW_SECONDS) * WINDOW_SECONDS;
}

/** Returns the windows before `end` that a run may still have to write, oldest first. */
export function windowsBefore(end: number): readonly number[] {
  return Array.from({ length: MAX_WINDOWS }, (_, i) => end - (MAX_WINDOWS - i) * WINDOW_SECONDS);
}

/** Returns 00:00 UTC of the day in which a window begins. */
export function dayOf(window: number): number {
  return Math.floor(window / DAY_SECONDS) * DAY_SECONDS;
}

/** Returns 00:00 UTC of the first day of the month in which a window begins. */
export function monthOf(window: number): number {
  const date = new Date(window * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}

/** True for the last window of an hour, and so also for that of a day and of a month. */
export function endsHour(window: number): boolean {
  return (window + WINDOW_SECONDS) % HOUR_SECONDS === 0;
}
