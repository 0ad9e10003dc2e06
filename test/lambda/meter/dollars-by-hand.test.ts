import { spentOnDay } from '../../../lambda/dollars/spending';
import { planOf } from '../../plan/environments';
import { clock, cloudWatchOf } from '../dollars/cloudwatch-of';
import { MeteredAccount, type Profile } from './metered-account';

/** The usage of a profile in a window, and its cost. */
interface Row {
  readonly model: string;
  readonly routing: string;
  readonly tokens: {
    readonly input: number;
    readonly output?: number;
    readonly read?: number;
    readonly write?: number;
  };
  readonly usd: number;
}

/** Computed by hand from the list prices of November 2026: tokens x dollars per million tokens / 1,000,000. */
const ROWS: Readonly<Record<string, Row>> = {
  // 1,234,567 x 3.30 =  4,074,071.1
  //    89,012 x 16.50 = 1,468,698
  // 3,456,789 x 0.33 =  1,140,740.37
  //   234,567 x 4.125 =   967,588.875
  //                     7,651,098.345
  'sonnet-us': {
    model: 'anthropic.claude-sonnet-4-6',
    routing: 'us',
    tokens: { input: 1_234_567, output: 89_012, read: 3_456_789, write: 234_567 },
    usd: 7.651098345,
  },
  // 2,000,001 x 1 + 300,003 x 5 + 40,007 x 0.10 + 8,009 x 1.25
  // = 2,000,001 + 1,500,015 + 4,000.7 + 10,011.25 = 3,514,027.95
  'haiku-global': {
    model: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    routing: 'global',
    tokens: { input: 2_000_001, output: 300_003, read: 40_007, write: 8_009 },
    usd: 3.51402795,
  },
  // 999,999 x 2.20 + 111,111 x 11 + 55,555 x 2.75
  // = 2,199,997.8 + 1,222,221 + 152,776.25 = 3,574,995.05
  'sonnet-5-us': {
    model: 'anthropic.claude-sonnet-5',
    routing: 'us',
    tokens: { input: 999_999, output: 111_111, write: 55_555 },
    usd: 3.57499505,
  },
  // 12,345 x 5 + 6,789 x 25 + 98,765 x 0.50 + 4,321 x 6.25
  // = 61,725 + 169,725 + 49,382.5 + 27,006.25 = 307,838.75
  'opus-global': {
    model: 'anthropic.claude-opus-5',
    routing: 'global',
    tokens: { input: 12_345, output: 6_789, read: 98_765, write: 4_321 },
    usd: 0.30783875,
  },
  // 7,000,000 x 0.06 + 1,000,000 x 0.24 + 500,000 x 0.015 = 420,000 + 240,000 + 7,500 = 667,500
  'lite-regional': {
    model: 'amazon.nova-lite-v1:0',
    routing: 'regional',
    tokens: { input: 7_000_000, output: 1_000_000, read: 500_000 },
    usd: 0.6675,
  },
  // 150,000 x 0.80 + 20,000 x 3.20 + 90,000 x 0.20 = 120,000 + 64,000 + 18,000 = 202,000.
  // Nova's price of cache writes is unknown. They count 1.25 times the input: 30,000 x 1.00 = 30,000.
  'pro-us': {
    model: 'amazon.nova-pro-v1:0',
    routing: 'us',
    tokens: { input: 150_000, output: 20_000, read: 90_000, write: 30_000 },
    usd: 0.232,
  },
  // 333,333 x 0.33 + 44,444 x 2.75 + 55,555 x 0.0825 = 109,999.89 + 122,221 + 4,583.2875 = 236,804.1775
  'lite-2-us': {
    model: 'amazon.nova-2-lite-v1:0',
    routing: 'us',
    tokens: { input: 333_333, output: 44_444, read: 55_555 },
    usd: 0.2368041775,
  },
  // 12,345,678 x 0.02 = 246,913.56
  'titan-regional': {
    model: 'amazon.titan-embed-text-v2:0',
    routing: 'regional',
    tokens: { input: 12_345_678 },
    usd: 0.24691356,
  },
  // 1 x 0.12 = 0.12
  'cohere-us': { model: 'cohere.embed-v4:0', routing: 'us', tokens: { input: 1 }, usd: 0.00000012 },
  // 1,111,111 x 0.24 + 222,222 x 0.97 = 266,666.64 + 215,555.34 = 482,221.98
  'llama-us': {
    model: 'meta.llama4-maverick-17b-instruct-v1:0',
    routing: 'us',
    tokens: { input: 1_111_111, output: 222_222 },
    usd: 0.48222198,
  },
  // 1,000 x 2 + 1,000 x 6 = 8,000
  'pixtral-us': {
    model: 'mistral.pixtral-large-2502-v1:0',
    routing: 'us',
    tokens: { input: 1_000, output: 1_000 },
    usd: 0.008,
  },
  // 1,000,000,001 x 10 + 2,000,001 x 50 = 10,000,000,010 + 100,000,050 = 10,100,000,060
  'fable-global': {
    model: 'anthropic.claude-fable-5',
    routing: 'global',
    tokens: { input: 1_000_000_001, output: 2_000_001 },
    usd: 10_100.00006,
  },
};

/** 7.651098345 + 3.51402795 + 3.57499505 + 0.30783875 + 0.6675 + 0.232 + 0.2368041775 + 0.24691356 + 0.00000012 +
 * 0.48222198 + 0.008 + 10,100.00006 */
const TOTAL_USD = 10_116.9214599325;

const account = new MeteredAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

test('the cost of twelve models, by routing and with caching, equals the cost computed by hand', async () => {
  const models = Object.fromEntries(
    Object.entries(ROWS).map(([alias, { model, routing }]) => [alias, { model, routing }]),
  );
  const plan = planOf({
    shop: { owner: 'team@example.com', costCenter: 'CC-1', models, principals: [{ user: 'alice' }] },
  });
  account.prices = (plan.functions.find(({ source }) => source === 'meter')?.files?.['prices.json'] ?? {}) as never;
  account.profiles = Object.entries(ROWS).map(
    ([alias, { model, routing }], i): Profile => ({
      ...{ id: `profile${String(i).padStart(5, '0')}`, application: 'shop', alias, modelId: model, routing },
    }),
  );
  const at = Date.parse('2026-11-21T11:55:00Z') / 1000;
  for (const { id, alias } of account.profiles) {
    const { input, output = 0, read = 0, write = 0 } = ROWS[alias]?.tokens ?? { input: 0 };
    const ModelId = id;
    account.store.add('AWS/Bedrock', 'Invocations', { ModelId }, [at, 1]);
    account.store.add('AWS/Bedrock', 'InputTokenCount', { ModelId }, [at, input]);
    account.store.add('AWS/Bedrock', 'OutputTokenCount', { ModelId }, [at, output]);
    account.store.add('AWS/Bedrock', 'CacheReadInputTokenCount', { ModelId }, [at, read]);
    account.store.add('AWS/Bedrock', 'CacheWriteInputTokenCount', { ModelId }, [at, write]);
  }
  account.store.add('AWS/Lambda', 'Invocations', { FunctionName: 'dev_meter' }, [at, 1]);
  const written = await account.run('2026-11-21T12:10:20Z');

  const figures = (dimensions: string) => [
    { at: at + 900, dimensions, name: 'DailyUsd', unit: 'None', value: TOTAL_USD },
  ];
  expect(written).toEqual([...figures('Environment=dev,Application=shop'), ...figures('Environment=dev')]);
  const profiles = account.profiles.map(({ modelId, routing, ...p }) => ({
    ...p,
    price: account.prices[`${modelId} ${routing}`],
  }));
  const spent = await spentOnDay(cloudWatchOf(account.store), clock, profiles, at - 12 * 3600 + 300, at + 600);
  const costs = profiles.map(({ id, alias }) => [alias, spent.profiles.get(id)]);
  expect(costs).toEqual(
    Object.entries(ROWS).map(([alias, { usd }]) => [
      alias,
      { picoUsd: BigInt(Math.round(usd * 1e12)), unpricedTokens: 0 },
    ]),
  );
});
