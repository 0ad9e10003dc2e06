const DAY_MILLISECONDS = 86_400_000;

/** The day `days` after another, or before it; days are `YYYY-MM-DD`, UTC. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** The first day of a day's month. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the month after a day's. */
export function firstOfNextMonth(day: string): string {
  return firstOfMonth(dayAfter(firstOfMonth(day), 31));
}

/** Every day from one to another, both included. */
export function daysUntil(first: string, last: string): readonly string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MILLISECONDS + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => dayAfter(first, i));
}
