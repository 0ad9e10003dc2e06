export const DAY_SECONDS = 86_400;

/** Returns 00:00 UTC of the day of a time. All times are in seconds since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_SECONDS) * DAY_SECONDS;
}

/** Returns 00:00 UTC of the first day of the month of a time. */
export function monthOf(at: number): number {
  const date = new Date(at * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}
