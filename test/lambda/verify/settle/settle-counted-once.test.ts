import type { Slots } from '../../../../aws/services/bedrock-metrics';
import { settleCountedOnce } from '../../../../lambda/verify/settle/settle-counted-once';

type Counts = Readonly<Record<number, number>>;

const slots = (counts: Counts): Slots => new Map(Object.entries(counts).map(([at, count]) => [Number(at), count]));
const settle = (profile: Counts, model: Counts, system: Counts) =>
  settleCountedOnce(
    slots(profile),
    new Map([
      ['the model', slots(model)],
      ['the system profile', slots(system)],
    ]),
  );

test.each<[string, Counts, Counts, Counts]>([
  ['nothing else has a count', { 300: 2, 600: 1 }, {}, {}],
  ['single calls in two slots are the only ones there', { 300: 1, 600: 1 }, {}, {}],
  ['others were called at other times', { 300: 2 }, { 600: 2 }, { 0: 2, 300: 0 }],
])('a call is counted once if %s', (_, profile, model, system) => {
  expect(settle(profile, model, system)).toEqual({
    settled: true,
    answer: 'a call through a profile is counted once, under the profile alone',
    metrics: ['Invocations'],
  });
});

test.each<[string, Counts, Counts, Counts]>([
  ['the model', { 300: 2, 600: 1 }, { 300: 2, 600: 1 }, {}],
  ['the model', { 300: 1, 600: 1 }, { 300: 1, 600: 1 }, {}],
  ['the system profile', { 300: 2 }, { 600: 7 }, { 300: 2, 900: 5 }],
  ['the model and the system profile', { 300: 2 }, { 300: 2 }, { 300: 2 }],
])('a call is counted twice if the counts under %s are equal', (under, profile, model, system) => {
  expect(settle(profile, model, system)).toEqual({
    settled: true,
    answer: `a call through a profile is counted twice: under the profile, and under ${under}`,
    metrics: ['Invocations'],
  });
});

test.each<[string, Counts, Counts, Counts, string]>([
  ['no call is counted', { 300: 0 }, { 300: 1 }, {}, 'no call of the profile is counted yet'],
  ['one call of each is counted', { 300: 1 }, { 300: 1 }, {}, 'may come from another caller'],
  ['one call is counted, and no other', { 300: 1, 600: 0 }, {}, {}, 'may come from another caller'],
  ['more calls of the model are counted', { 300: 2 }, { 300: 3 }, {}, 'others call the model at the same time'],
  [
    'fewer calls of the system profile are counted',
    { 300: 2, 600: 2 },
    {},
    { 300: 2 },
    'others call the system profile',
  ],
])('the fact stays open if %s', (_, profile, model, system, answer) => {
  expect(settle(profile, model, system)).toEqual({ settled: false, answer: expect.stringContaining(answer) });
});
