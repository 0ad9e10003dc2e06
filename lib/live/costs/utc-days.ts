const DAY_MILLISECONDS = 86_400_000;

/** Returns the day that is `days` after another, or before it when `days` is negative. Days are `YYYY-MM-DD`, UTC. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** Returns the first day of a day's month. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** Returns the first day of the month that follows a day's month. */
export function firstOfNextMonth(day: string): string {
  return firstOfMonth(dayAfter(firstOfMonth(day), 31));
}

/** Lists every day from one to another, both included. */
export function daysUntil(first: string, last: string): readonly string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MILLISECONDS + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => dayAfter(first, i));
}
