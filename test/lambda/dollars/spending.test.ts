import type { CloudWatch } from '../../../aws/services/cloudwatch';
import { inUsd } from '../../../lambda/dollars/dollars-of';
import { listMetrics } from '../../../lambda/dollars/list-metrics';
import { type PricedProfile, pricedProfiles } from '../../../lambda/dollars/priced-profile';
import { readSpending, spentOnDay } from '../../../lambda/dollars/spending';
import { MetricStore } from '../meter/metric-store';
import { clock, cloudWatchOf } from './cloudwatch-of';

const seconds = (time: string): number => Date.parse(time) / 1000;
const TODAY = seconds('2026-11-21T00:00:00Z');
const NOON = seconds('2026-11-21T12:00:00Z');

/** A million input tokens cost one dollar, and output tokens five. The price of cache writes is unknown. */
const PRICE = { input: 1, output: 5, cacheRead: 0.1 };

const profile = (id: string, application = 'shop'): PricedProfile => ({ id, application, alias: id, price: PRICE });

const count = (store: MetricStore, ModelId: string, name: string, at: number, value: number, namespace?: string) =>
  store.add(namespace ?? 'AWS/Bedrock', name, { ModelId }, [at, value]);

test.each<[what: string, counted: (store: MetricStore) => void, usd: number, unpriced: number]>([
  ['nothing was called', () => undefined, 0, 0],
  ['the first second of the day counts', (s) => count(s, 'main', 'InputTokenCount', TODAY, 1_000_000), 1, 0],
  ['the last second before the day does not', (s) => count(s, 'main', 'InputTokenCount', TODAY - 1, 1_000_000), 0, 0],
  ['the current second counts', (s) => count(s, 'main', 'OutputTokenCount', NOON - 1, 1_000_000), 5, 0],
  [
    'cached tokens count under the first name',
    (s) => count(s, 'main', 'CacheReadInputTokenCount', NOON - 9, 1e7),
    1,
    0,
  ],
  ['and under the second name', (s) => count(s, 'main', 'CacheReadInputTokens', NOON - 9, 1e7), 1, 0],
  [
    'but not twice',
    (s) => {
      count(s, 'main', 'CacheReadInputTokens', NOON - 9, 1e7);
      count(s, 'main', 'CacheReadInputTokenCount', NOON - 9, 1e7);
    },
    1,
    0,
  ],
  [
    'a kind without a price is counted as tokens',
    (s) => count(s, 'main', 'CacheWriteInputTokens', NOON - 9, 70),
    0,
    70,
  ],
  ['another profile does not count', (s) => count(s, 'other', 'InputTokenCount', NOON - 9, 1e6), 0, 0],
  ['forged metrics do not count', (s) => count(s, 'main', 'InputTokenCount', NOON - 9, 1e12, 'BedrockAccess'), 0, 0],
  [
    'tokens by service tier are part of the others',
    (s) => s.add('AWS/Bedrock', 'InputTokenCount', { ModelId: 'main', ServiceTier: 'flex' }, [NOON - 9, 1e6]),
    0,
    0,
  ],
])('the dollars of a day: %s', async (_, counted, usd, unpriced) => {
  const store = new MetricStore();
  counted(store);
  const spent = await spentOnDay(cloudWatchOf(store), clock, [profile('main')], TODAY, NOON);
  expect(inUsd(spent.environment.picoUsd)).toBe(usd);
  expect(spent.environment.unpricedTokens).toBe(unpriced);
  expect(spent.applications.get('shop')).toEqual(spent.environment);
});

test('days are told apart, applications are added up, and one without calls has a zero', async () => {
  const store = new MetricStore();
  count(store, 'main', 'InputTokenCount', TODAY - 1, 3_000_000);
  count(store, 'main', 'InputTokenCount', TODAY + 1, 1_000_000);
  count(store, 'fast', 'InputTokenCount', TODAY + 7_200, 2_000_000);
  const profiles = [profile('main'), profile('fast'), profile('idle', 'blog')];
  const period = { start: TODAY - 86_400, end: NOON, slotSeconds: 3_600 };
  const cloudWatch = cloudWatchOf(store);
  const spent = await readSpending(cloudWatch, clock, profiles, period, await listMetrics(cloudWatch, clock, false));
  const shown = (day: number) =>
    [...spent(day, day + 86_400).applications].map(([name, { picoUsd }]) => [name, inUsd(picoUsd)]);
  expect(shown(TODAY)).toEqual([
    ['shop', 3],
    ['blog', 0],
  ]);
  expect(shown(TODAY - 86_400)).toEqual([
    ['shop', 3],
    ['blog', 0],
  ]);
  expect([...spent(TODAY, NOON).profiles.keys()]).toEqual(['main', 'fast']);
});

test.each(['Forbidden', 'InternalError', 'PartialData'])('data with the status %s is refused', async (StatusCode) => {
  const cloudWatch: CloudWatch = {
    ...cloudWatchOf(new MetricStore()),
    getMetricData: async () => ({ MetricDataResults: [{ Id: 'm0', StatusCode }] }),
  };
  await expect(spentOnDay(cloudWatch, clock, [profile('main')], TODAY, NOON)).rejects.toThrow(
    `the data of a metric has the status ${StatusCode} instead of Complete`,
  );
});

test('a profile that two parameters name counts once, for the first alias by name, and is logged', () => {
  const generation = (id: string) => ({
    generation: id,
    profileArn: `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`,
    modelId: 'the.model',
    routing: 'us',
    probes: [],
  });
  const alias = (application: string, name: string, ...ids: readonly string[]) => {
    const generations = ids.map(generation);
    return { application, alias: name, served: generation(ids[0] ?? ''), generations };
  };
  const unreadable = { application: 'a', alias: 'a', profileArn: generation('one').profileArn, cause: 'no' };
  const lines: string[] = [];
  const aliases = {
    readable: [alias('blog', 'main', 'one'), alias('shop', 'fast', 'one', 'two'), alias('shop', 'main', 'two')],
    unreadable: [unreadable],
  };
  expect(pricedProfiles(aliases, { 'the.model us': PRICE }, (line) => lines.push(line))).toEqual([
    { id: 'one', application: 'blog', alias: 'main', price: PRICE },
    { id: 'two', application: 'shop', alias: 'fast', price: PRICE },
  ]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { profile: 'one', countsFor: 'blog/main', not: 'shop/fast' },
    { profile: 'two', countsFor: 'shop/fast', not: 'shop/main' },
    { profile: 'one', countsFor: 'blog/main', not: 'a/a' },
  ]);
});
