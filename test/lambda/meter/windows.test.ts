import { dayOf, endsHour, monthOf, settledEnd, windowsBefore } from '../../../lambda/meter/windows';

const seconds = (time: string): number => Date.parse(time) / 1000;
const shown = (at: number): string => new Date(at * 1000).toISOString();

test.each([
  ['2026-11-21T12:02:59Z', '2026-11-21T11:55:00.000Z'],
  ['2026-11-21T12:03:00Z', '2026-11-21T12:00:00.000Z'],
  ['2026-11-21T12:07:59Z', '2026-11-21T12:00:00.000Z'],
  ['2026-11-21T00:01:00Z', '2026-11-20T23:55:00.000Z'],
])('at %s the windows that ended by %s are complete', (now, end) => {
  expect(shown(settledEnd(seconds(now)))).toBe(end);
});

test('a run writes windows of the last two hours', () => {
  const windows = windowsBefore(seconds('2026-11-21T01:00:00Z')).map(shown);
  expect([windows.length, windows[0], windows.at(-1)]).toEqual([
    24,
    '2026-11-20T23:00:00.000Z',
    '2026-11-21T00:55:00.000Z',
  ]);
});

test.each([
  ['2026-11-30T23:55:00Z', '2026-11-30T00:00:00.000Z', '2026-11-01T00:00:00.000Z', true],
  ['2026-12-01T00:00:00Z', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', false],
  ['2028-02-29T12:50:00Z', '2028-02-29T00:00:00.000Z', '2028-02-01T00:00:00.000Z', false],
])('the window from %s belongs to the day %s and the month %s', (window, day, month, last) => {
  const at = seconds(window);
  expect([shown(dayOf(at)), shown(monthOf(at)), endsHour(at)]).toEqual([day, month, last]);
});
