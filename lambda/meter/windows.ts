/** A window is known by its start. All times are seconds since 1970. */
export const WINDOW_SECONDS = 300;

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** CloudWatch has most of a window's values a minute or two after its end. */
const SETTLING_SECONDS = 180;

/** Windows that were left out are made up for within two hours: further back it is not known which metrics had values. */
const MOST_WINDOWS = 24;

/** End of the last whole window whose values are there. */
export function settledEnd(now: number): number {
  return Math.floor((now - SETTLING_SECONDS) / WINDOW_SECONDS) * WINDOW_SECONDS;
}

/** The windows before `end` that a run may still have to write, oldest first. */
export function windowsBefore(end: number): readonly number[] {
  return Array.from({ length: MOST_WINDOWS }, (_, i) => end - (MOST_WINDOWS - i) * WINDOW_SECONDS);
}

/** 00:00 UTC of the day in which a window began, also where it ends in the next. */
export function dayOf(window: number): number {
  return Math.floor(window / DAY_SECONDS) * DAY_SECONDS;
}

/** 00:00 UTC of the first of the month in which a window began. */
export function monthOf(window: number): number {
  const date = new Date(window * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}

/** Whether a window is the last of its hour: of a day and a month it may be the last, too. */
export function endsHour(window: number): boolean {
  return (window + WINDOW_SECONDS) % HOUR_SECONDS === 0;
}
