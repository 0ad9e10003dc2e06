import { dayAfter, daysUntil, firstOfMonth, firstOfNextMonth } from '../../../lib/live/costs/utc-days';

test.each([
  ['2026-11-21', '2026-11-22', '2026-11-01', '2026-12-01'],
  ['2026-12-31', '2027-01-01', '2026-12-01', '2027-01-01'],
  ['2027-01-31', '2027-02-01', '2027-01-01', '2027-02-01'],
  ['2028-02-28', '2028-02-29', '2028-02-01', '2028-03-01'],
  ['2026-03-01', '2026-03-02', '2026-03-01', '2026-04-01'],
])('%s is followed by %s; its month begins on %s and the next month on %s', (day, next, first, following) => {
  expect([dayAfter(day), firstOfMonth(day), firstOfNextMonth(day)]).toEqual([next, first, following]);
});

test('a list of days holds the first and the last day, and is empty when the last comes first', () => {
  const days = daysUntil(dayAfter('2026-11-21', -29), '2026-11-21');
  expect([days.length, days[0], days.at(-1)]).toEqual([30, '2026-10-23', '2026-11-21']);
  expect(daysUntil('2026-11-21', '2026-11-20')).toEqual([]);
});
