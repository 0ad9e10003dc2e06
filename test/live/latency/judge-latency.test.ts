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
  ['every sample apart', { us: SLOW, global: FAST }, ['global'], 'global is closest'],
  ['two pairs of 25 against', { us: FAST, global: [103.5, 105, 106, 107, 103.6] }, ['us'], 'us is closest'],
  [
    'three pairs of 25 against',
    { us: FAST, global: [103.5, 103.6, 103.7, 107, 108] },
    ['us', 'global'],
    'us and global cannot be told apart',
  ],
  ['the same samples', { us: FAST, global: FAST }, ['us', 'global'], 'us and global cannot be told apart'],
  [
    'medians far apart, and samples that overlap',
    { regional: [100, 110, 120, 900, 950], us: [400, 410, 420, 430, 440] },
    ['regional', 'us'],
    'regional and us cannot be told apart',
  ],
  [
    'two alike and one slower',
    { regional: FAST, us: [102.5, 99, 104.5, 101.5, 100.5], global: SLOW },
    ['us', 'regional'],
    'us and regional cannot be told apart, and are closer than the others',
  ],
  ['one slow answer of the slower', { us: FAST, global: [9_000, 201, 202, 203, 204] }, ['us'], 'us is closest'],
  ['four samples', { us: FAST, global: SLOW.slice(1) }, ['us'], 'us is closest'],
  [
    'three samples, which are too few',
    { us: FAST, eu: SLOW, global: [1, 2, 3] },
    ['us'],
    'us is closest; global could not be compared',
  ],
  ['one that can be compared', { us: FAST, global: [] }, ['us'], 'us alone was measured; global could not be compared'],
  ['one that there is', { us: FAST }, ['us'], 'us is the only routing there is to choose'],
  ['none', { us: [], global: [1] }, [], 'no routing could be measured'],
])('%s', (_, samples, closest, words) => {
  const measured = Object.entries(samples).map(([name, ms]) => routing(name as RoutingLatency['routing'], ms));
  const [model, ...others] = judgeLatency(measured);
  expect(others).toEqual([]);
  expect(model?.closest).toEqual(closest);
  expect(model && verdict(model)).toBe(words);
});

test('each model is judged by itself, in the order measured', () => {
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

/** Every way in which five of ten ranks can be one routing's. */
const choices = Array.from({ length: 1 << 10 }, (_, bits) =>
  Array.from({ length: 10 }, (_, rank) => rank).filter((rank) => (bits >> rank) & 1),
).filter((ranks) => ranks.length === 5);

test('of two equal routings, one is called closer in one of 31 measurements', () => {
  const named = choices.filter((ranks) => {
    const rest = Array.from({ length: 10 }, (_, rank) => rank).filter((rank) => !ranks.includes(rank));
    return judgeLatency([routing('us', ranks), routing('global', rest)])[0]?.closest.length === 1;
  });
  expect([named.length, choices.length]).toEqual([8, 252]);
});
