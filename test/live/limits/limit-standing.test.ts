import { readStanding } from '../../../lib/live/limits/limit-standing';

const TODAY = '2026-11-21';
const at = '2026-11-21T09:30:00.000Z';
const by = 'arn:aws:sts::111122223333:assumed-role/admin/me';
const held = { reason: 'runaway loop', by, at };
const denied = { at, why: '$41.20 of $40 spent' };
const released = { by, at, day: TODAY };

test.each([
  ['no state', undefined, { standing: 'not denied' }],
  ['an empty state', {}, { standing: 'not denied' }],
  ['a denial by hand', { held }, { standing: 'held', reason: 'runaway loop', by, since: at }],
  ['a denial at the limit', { denied }, { standing: 'denied', why: '$41.20 of $40 spent', since: at }],
  ['a denial by hand that is in force', { denied, held }, { standing: 'held', reason: 'runaway loop', by, since: at }],
  ['a release of this day', { released }, { standing: 'released', by, since: at }],
  ['a denial after a release', { denied, released }, { standing: 'denied', why: '$41.20 of $40 spent', since: at }],
  ['a release of an earlier day', { released: { ...released, day: '2026-11-20' } }, { standing: 'not denied' }],
])('%s is read', (_, state, standing) => {
  expect(readStanding(state && JSON.stringify(state), TODAY)).toEqual(standing);
});

test.each([
  ['no JSON', '{'],
  ['an empty text', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"free"'],
  ['a field that is not known', JSON.stringify({ paused: true })],
  ['a field of a field that is not known', JSON.stringify({ held: { ...held, until: at } })],
  ['a denial by hand without a reason', JSON.stringify({ held: { by, at } })],
  ['a denial by hand without a person', JSON.stringify({ held: { ...held, by: '' } })],
  ['a denial by hand that is a text', JSON.stringify({ held: 'yes' })],
  ['a denial by hand that is null', JSON.stringify({ held: null })],
  ['a time that is none', JSON.stringify({ held: { ...held, at: 'yesterday' } })],
  ['a time of tomorrow', JSON.stringify({ held: { ...held, at: '2026-11-22T00:00:00.000Z' } })],
  ['a release of tomorrow', JSON.stringify({ released: { ...released, day: '2026-11-22' } })],
  ['a release of no day', JSON.stringify({ released: { ...released, day: '2026-02-31' } })],
  ['a release without a day', JSON.stringify({ released: { by, at } })],
  ['a state after another one', '{}{}'],
])('%s is unreadable, and never free', (_, state) => {
  expect(readStanding(state, TODAY)).toEqual({ standing: 'unreadable', why: expect.stringMatching(/./) });
});

test('words from outside are bounded and on one line', () => {
  const reason = `stop\u001b[31m\n\u202e${'so '.repeat(5_000)}`;
  const standing = readStanding(JSON.stringify({ held: { ...held, reason } }), TODAY);
  expect(standing).toMatchObject({ standing: 'held', reason: expect.stringMatching(/^stop (so ){100,140}s?o?…$/) });
});
