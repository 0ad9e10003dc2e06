import { generatedEnvironment } from '../../../bench/generated-environment';
import type { Prices } from '../../../lambda/dollars/prices';
import { spentOnDay } from '../../../lambda/dollars/spending';
import type { ModelNames } from '../../../lambda/meter/model-names';
import { RESOURCE_TYPES } from '../../../lib/account/types/resource-types';
import { AWS_PRICES } from '../../../lib/catalog/aws-prices';
import { readEnvironment } from '../../../lib/config/read-environment';
import { planOwnCost } from '../../../lib/plan/cost/own-cost';
import type { OwnCostItem } from '../../../lib/plan/cost/own-cost-item';
import { planProbeCost } from '../../../lib/plan/cost/probe-cost';
import { runsPerMonth } from '../../../lib/plan/cost/runs-per-month';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import type { AlarmPlan } from '../../../lib/plan/parts/alarm-plan';
import { clock, cloudWatchOf } from '../../lambda/dollars/cloudwatch-of';
import { MeteredAccount, type Written } from '../../lambda/meter/metered-account';
import { MetricStore, type Sample } from '../../lambda/meter/metric-store';
import { application, planOf, testEnvironment } from '../environments';

const cents = (items: readonly OwnCostItem[]) => items.map(({ item, usd }) => [item, Math.round(usd * 100) / 100]);

/** Returns a plan with other parts, such as the functions of a test. */
function withParts(plan: AccessPlan, parts: object): AccessPlan {
  return { ...plan, ...parts } as AccessPlan;
}

const scheduled = (source: string, expression: string) => ({
  source,
  memoryMegabytes: 512,
  schedule: { ruleName: 'r', ruleArn: 'a', expression },
});

const itemsOf = (plan: AccessPlan, ...named: readonly string[]) =>
  cents(planOwnCost(plan).items).filter(([item]) => named.includes(String(item)));

test.each([
  ['rate(5 minutes)', 8_760],
  ['rate(1 hour)', 730],
  ['rate(6 hours)', 730 / 6],
  ['rate(1 day)', 730 / 24],
  ['cron(5 0 * * ? *)', 730 / 24],
])('%s runs %d times in a month of 730 hours', (expression, runs) => {
  expect(runsPerMonth(expression)).toBeCloseTo(runs, 6);
});

test('the cost of a run of the verification is tokens times prices, and leaves unknown prices out (worked out by hand)', () => {
  const { applications } = planOf({
    // Sonnet 4.6 over us: $3.30 in, $16.50 out, $0.33 read from and $4.125 written to the cache, each for 1,000,000
    // tokens.
    shop: application({ models: { main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } }, verify: ['text'] }),
    // Nova Lite: $0.06 in, $0.24 out; the price of its cache writes is not known.
    search: application(),
  });
  const [search, shop] = applications;
  // text, system, turns, sampling and the control: 6 + 13 + 9 + 6 + 6 tokens in, 16 out each.
  expect(planProbeCost(shop === undefined ? [] : [shop], 'us-east-1')).toEqual({
    calls: 5,
    usd: expect.closeTo((40 * 3.3 + 80 * 16.5) / 1e6, 12),
    unpriced: 0,
  });
  // The same, with stream, tools, image and document: 6 + 127 + 30 + 1,591 in, 16 + 39 + 16 + 32 out; and the cache.
  expect(planProbeCost(search === undefined ? [] : [search], 'us-east-1')).toEqual({
    calls: 10,
    usd: expect.closeTo((1_794 * 0.06 + 183 * 0.24) / 1e6, 12),
    unpriced: 1,
  });
});

test('an environment without further functions pays for its verification, alarms, dashboards, keys and logs', () => {
  const { functions, ...plan } = planOf({ shop: application() });
  const bare: AccessPlan = { ...plan, functions: [functions[0]], billing: { ofApplications: false } };
  expect(cents(planOwnCost(bare).items).map(([item]) => item)).toEqual([
    'probes of the scheduled verification',
    'alarms',
    'dashboards',
    'KMS keys',
    'metrics of the verification',
    'compute time of the functions',
    'invocations of the functions',
    'logs of the functions',
  ]);
});

const count = (item: string, of: AccessPlan) => planOwnCost(of).items.find((i) => i.item === item)?.quantity ?? 0;

test('alarms of the environment and of its applications are charged by the number of metrics', () => {
  const plan = planOf({ shop: application() });
  const [one] = plan.alarms;
  const [shop] = plan.applications;
  if (one === undefined || shop === undefined) {
    throw new Error('the plan has no alarm or no application to copy');
  }
  const metric = {
    namespace: 'BedrockAccess',
    name: 'LegacyCalls',
    dimensions: {},
    statistic: 'Maximum',
    unit: 'Count',
  } as const;
  const rate: AlarmPlan = {
    ...one,
    measure: { label: 'errors', expression: '100*e/(c+t)', metrics: { e: metric, c: metric, t: metric } },
  };
  const more = {
    ...plan,
    alarms: [...plan.alarms, one],
    applications: [{ ...shop, alarms: [...shop.alarms, rate, one] }],
  };
  expect(count('alarms', more) - count('alarms', plan)).toBe(5);
});

test('dashboards, keys, budget actions and the daily request about tags are counted', () => {
  const budget = { monthlyUsd: 5, notify: ['a@example.com'] };
  const plan = planOf({ shop: application({ budget }) });
  const more = planOf(
    { shop: application({ budget: { ...budget, atLimit: 'deny' } }), search: application() },
    { invocationLogging: {}, costAllocationTags: 'activate' },
  );
  const names = ['dashboards', 'KMS keys', 'budgets with an action', 'Cost Explorer'];
  const [dashboards, keys, actions, requests = 0] = names.map((name) => count(name, more) - count(name, plan));
  // An environment has one dashboard, however many applications it shows.
  expect([dashboards, count('dashboards', plan)]).toEqual([0, 1]);
  expect([keys, actions]).toEqual([1, 1]);
  expect(requests).toBeCloseTo((2 * 730) / 24, 6);
});

test('the cost of the meter for two applications with one alias each is as worked out by hand', () => {
  const plan = planOf({ shop: application(), search: application() });
  const metered = withParts(plan, { functions: [plan.functions[0], scheduled('meter', 'rate(10 minutes)')] });
  // 3 metrics in every hour, and 3 in one hour of a day, at $0.30. 4,380 runs x 4 metrics, 2,190 x 6 and 30.4 x 12 at
  // $0.01 per 1,000. One list per run, and a second in every other one.
  expect(itemsOf(metered, 'metrics of the meter', 'metrics read by the meter', 'metrics listed by the meter')).toEqual([
    ['metrics of the meter', 0.94],
    ['metrics read by the meter', 0.31],
    ['metrics listed by the meter', 0.07],
  ]);
});

describe('the meter of dev, run for a day', () => {
  const account = new MeteredAccount();
  const plan = planAccess(testEnvironment('dev'));
  const day = Date.parse('2026-11-21T00:00:00Z') / 1000;
  const written: Written[] = [];

  beforeAll(async () => {
    await account.start();
    const meter = plan.functions.find(({ source }) => source === 'meter');
    account.prices = meter?.files?.['prices.json'] as Prices;
    account.modelNames = meter?.files?.['model-names.json'] as ModelNames;
    account.profiles = plan.applications.flatMap(({ name, generations }) =>
      generations.map(({ alias, modelId, routing }, i) => ({
        ...{ id: `${name.replaceAll('-', '')}${i}`, application: name, alias, modelId, routing },
      })),
    );
    account.quotas = { 'On-demand model inference tokens per minute for Amazon Nova Lite': 1_000_000 };
    const hours = Array.from({ length: 26 }, (_, i): Sample => [day + (i - 1) * 3600 + 60, 1_000]);
    for (const { id, modelId } of account.profiles) {
      // Embeddings have no output. Their metric of output is missing, and so it is not read.
      const output = modelId.includes('embed') ? [] : ['OutputTokenCount'];
      for (const name of ['Invocations', 'InputTokenCount', ...output, 'EstimatedTPMQuotaUsage']) {
        account.store.add('AWS/Bedrock', name, { ModelId: id }, ...hours);
      }
    }
    account.store.add('AWS/Events', 'Invocations', { RuleName: 'dev_verification-schedule' }, [day - 3600, 1]);
    for (let run = 0; run < 144; run++) {
      written.push(...(await account.run(new Date((day + 603 + run * 600) * 1000).toISOString())));
    }
  }, 60_000);
  afterAll(() => account.stop());

  const perDay = (item: string): number => (count(item, plan) * 24) / 730;
  const asked = (operation: string) => account.requests.filter((one) => one.operation === operation);

  test('writes as many metrics as are counted', () => {
    const hours = new Set(written.map(({ name, dimensions, at }) => `${name} ${dimensions} ${Math.floor(at / 3600)}`));
    // The zero at 00:10 and the completed day before are part of the day. One hour of a metric is 1 / 24 of a day.
    expect(hours.size / 24).toBeCloseTo(count('metrics of the meter', plan), 0);
  });

  test('reads as many metrics as are counted', () => {
    const read = asked('GetMetricData').reduce((sum, { request }) => sum + list(request['MetricDataQueries']), 0);
    // One model of the test has a known quota, and two have no output.
    expect(read).toBe(perDay('metrics read by the meter') - 72 * 11 - 144 * 2);
  });

  test('lists metrics as often as is counted', () => {
    expect(asked('ListMetrics')).toHaveLength(perDay('metrics listed by the meter'));
  });
});

const list = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

test('the limit function is charged for the metrics of limited applications, as many as it reads', async () => {
  const budget = { monthlyUsd: 500, atLimit: 'deny', notify: ['team@example.com'] };
  const micro = { model: 'amazon.nova-micro-v1:0', routing: 'us' };
  const plan = planOf({
    shop: application({ budget, alarms: { dailyUsd: 40 }, models: { main: micro, fast: micro } }),
    search: application({ budget }),
    chat: application({ alarms: { dailyUsd: 40 } }),
  });
  const asked: unknown[] = [];
  const cloudWatch = cloudWatchOf(new MetricStore());
  const profiles = ['main', 'fast'].map((id) => ({ id, application: 'shop', alias: id, price: undefined }));
  await spentOnDay(
    {
      ...cloudWatch,
      getMetricData(request, signal) {
        asked.push(...request.MetricDataQueries);
        return cloudWatch.getMetricData(request, signal);
      },
    },
    clock,
    profiles,
    0,
    300,
  );
  expect(count('metrics read by the limit function', plan)).toBe(8_760 * asked.length);
});

test('metrics beyond 10,000 are cheaper', () => {
  const plan = planOf({ shop: application() });
  const [shop] = plan.applications;
  const many = { ...plan, functions: [], applications: Array.from({ length: 10_000 }, () => shop) };
  const metered = withParts(plan, { ...many, functions: [scheduled('meter', 'rate(10 minutes)')] });
  // 10,000 x (1 + 1 / 24) + 1 + 1 / 24 = 10,417.7
  expect(itemsOf(metered, 'metrics of the meter', 'metrics of the meter beyond 10,000')).toEqual([
    ['metrics of the meter', 3_000],
    ['metrics of the meter beyond 10,000', 41.77],
  ]);
});

test.each(['dev', 'prod'] as const)(
  '%s: the total is the sum of its items, and every item says how it is counted',
  (name) => {
    const { items, usd } = planOwnCost(planAccess(testEnvironment(name)));
    expect(usd).toBeCloseTo(
      items.reduce((sum, item) => sum + item.usd, 0),
      9,
    );
    expect(items.filter(({ basis, unit, quantity }) => basis === '' || unit === '' || !(quantity > 0))).toEqual([]);
  },
);

// Before the dashboards and metrics by alias went, the same plans cost $51.68 and $7,589 (CHANGELOG).
test.each([
  ['dev', () => testEnvironment('dev'), 20],
  ['1,000 applications', () => thousandApplications(), 7_589 / 5],
] as const)('%s: the project itself costs at most the planned dollars a month', (_, environmentOf, dollars) => {
  expect(planOwnCost(planAccess(environmentOf())).usd).toBeLessThanOrEqual(dollars);
});

function thousandApplications() {
  const file = Buffer.from(generatedEnvironment('big', 1_000, 1));
  return readEnvironment('environments/big.yaml', file, '2026-11-30').environment;
}

test('every price names its source', () => {
  const charges = [...RESOURCE_TYPES.values()].flatMap(({ charge }) => (typeof charge === 'string' ? [] : [charge]));
  expect(charges.length).toBeGreaterThan(3);
  expect(
    [...Object.values(AWS_PRICES), ...charges].filter(({ source, usd }) => !/\d{4}-\d{2}/.test(source) || !(usd > 0)),
  ).toEqual([]);
});
