const HOURS_PER_MONTH = 730;

const RUNS_PER_HOUR: Readonly<Record<string, number>> = { minute: 60, hour: 1, day: 1 / 24 };

/**
 * Returns the number of runs of a schedule expression in a month of 730 hours. A `cron` expression counts as one run
 * per day.
 */
export function runsPerMonth(expression: string): number {
  const [, every = '1', unit = 'day'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return (HOURS_PER_MONTH * (RUNS_PER_HOUR[unit] ?? 0)) / Number(every);
}
