const HOURS_A_MONTH = 730;

const PER_HOUR: Readonly<Record<string, number>> = { minute: 60, hour: 1, day: 1 / 24 };

/** How often an EventBridge expression runs something in a month of 730 hours; one of `cron` is taken as once a day. */
export function runsAMonth(expression: string): number {
  const [, every = '1', unit = 'day'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return (HOURS_A_MONTH * (PER_HOUR[unit] ?? 0)) / Number(every);
}
