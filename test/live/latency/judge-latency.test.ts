import { judgeLatency, median } from '../../../lib/live/latency/judge-latency';
import type { RoutingLatency } from '../../../lib/live/latency/routing-latency';
import { verdict } from '../../../lib/report/verification/latency-lines';

const routing = (name: RoutingLatency['routing'], firstTokens: readonly number[]): RoutingLatency => ({
  modelId: 'm',
  routing: name,
  target: name,
  samples: firstTokens.map((ms) => ({ firstTokenMilliseconds: ms, milliseconds: ms + 50 })),
  inputTokens: 0,
  outputTokens: 0,
  throttles: 0,
});

/** Milliseconds to the first token by routing. */
type Samples = Readonly<Partial<Record<RoutingLatency['routing'], readonly number[]>>>;

const FAST = [100, 101, 102, 103, 104];
const SLOW = [200, 201, 202, 203, 204];

test.each<[string, Samples, readonly string[], string]>([
  ['no overlap of samples names the faster routing', { us: SLOW, global: FAST }, ['global'], 'global is closest'],
  [
    'two contradicting pairs of 25 still name a winner',
    { us: FAST, global: [103.5, 105, 106, 107, 103.6] },
    ['us'],
    'us is closest',
  ],
  [
    'three contradicting pairs of 25 name no winner',
    { us: FAST, global: [103.5, 103.6, 103.7, 107, 108] },
    ['us', 'global'],
    'us and global cannot be told apart',
  ],
  ['equal samples name no winner', { us: FAST, global: FAST }, ['us', 'global'], 'us and global cannot be told apart'],
  [
    'medians far apart name no winner when samples overlap',
    { regional: [100, 110, 120, 900, 950], us: [400, 410, 420, 430, 440] },
    ['regional', 'us'],
    'regional and us cannot be told apart',
  ],
  [
    'two similar routings are both closer than a slow one',
    { regional: FAST, us: [102.5, 99, 104.5, 101.5, 100.5], global: SLOW },
    ['us', 'regional'],
    'us and regional cannot be told apart, and are closer than the others',
  ],
  [
    'one very slow answer does not change the result',
    { us: FAST, global: [9_000, 201, 202, 203, 204] },
    ['us'],
    'us is closest',
  ],
  ['four samples are enough to compare', { us: FAST, global: SLOW.slice(1) }, ['us'], 'us is closest'],
  [
    'three samples are too few to compare',
    { us: FAST, eu: SLOW, global: [1, 2, 3] },
    ['us'],
    'us is closest; global could not be compared',
  ],
  [
    'a routing without samples cannot be compared',
    { us: FAST, global: [] },
    ['us'],
    'only us was measured; global could not be compared',
  ],
  ['a single routing is the only choice', { us: FAST }, ['us'], 'us is the only routing available'],
  ['too few samples of every routing name no winner', { us: [], global: [1] }, [], 'no routing could be measured'],
])('%s', (_, samples, closest, words) => {
  const measured = Object.entries(samples).map(([name, ms]) => routing(name as RoutingLatency['routing'], ms));
  const [model, ...others] = judgeLatency(measured);
  expect(others).toEqual([]);
  expect(model?.closest).toEqual(closest);
  expect(model && verdict(model)).toBe(words);
});

test('each model is judged on its own, in the order of measurement', () => {
  const other = (r: RoutingLatency): RoutingLatency => ({ ...r, modelId: 'other' });
  const measured = [
    routing('us', FAST),
    other(routing('us', SLOW)),
    routing('global', SLOW),
    other(routing('global', FAST)),
  ];
  expect(judgeLatency(measured).map((m) => [m.modelId, m.closest])).toEqual([
    ['m', ['us']],
    ['other', ['global']],
  ]);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

/** Every choice of five ranks of ten, which are the samples of one routing. */
const choices = Array.from({ length: 1 << 10 }, (_, bits) =>
  Array.from({ length: 10 }, (_, rank) => rank).filter((rank) => (bits >> rank) & 1),
).filter((ranks) => ranks.length === 5);

test('chance names one of two equal routings as closer in 8 of 252 cases, which is one in 31', () => {
  const withWinner = choices.filter((ranks) => {
    const rest = Array.from({ length: 10 }, (_, rank) => rank).filter((rank) => !ranks.includes(rank));
    return judgeLatency([routing('us', ranks), routing('global', rest)])[0]?.closest.length === 1;
  });
  expect([withWinner.length, choices.length]).toEqual([8, 252]);
});
