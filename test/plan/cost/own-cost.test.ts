import { dayDocuments, windowDocuments } from '../../../lambda/meter/documents';
import { RESOURCE_TYPES } from '../../../lib/account/types/resource-types';
import { AWS_PRICES } from '../../../lib/catalog/aws-prices';
import { planOwnCost } from '../../../lib/plan/cost/own-cost';
import type { OwnCostItem } from '../../../lib/plan/cost/own-cost-item';
import { planProbeCost } from '../../../lib/plan/cost/probe-cost';
import { runsPerMonth } from '../../../lib/plan/cost/runs-per-month';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import type { AlarmPlan } from '../../../lib/plan/parts/alarm-plan';
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
    name: 'Calls',
    dimensions: {},
    statistic: 'Sum',
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
  expect([dashboards, keys, actions]).toEqual([1, 1, 1]);
  expect(requests).toBeCloseTo((2 * 730) / 24, 6);
});

test('the cost of the meter for two applications with one alias each is as worked out by hand', () => {
  const plan = planOf({ shop: application(), search: application() });
  const metered = withParts(plan, { functions: [plan.functions[0], scheduled('meter', 'rate(5 minutes)')] });
  // 2 aliases x 4 + 2 applications x 7 + 10 = 32 metrics at $0.30; 8,760 runs x 9 metrics at $0.01 per 1,000; two lists
  // per run.
  expect(itemsOf(metered, 'metrics of the meter', 'metrics read by the meter', 'metrics listed by the meter')).toEqual([
    ['metrics of the meter', 9.6],
    ['metrics read by the meter', 0.79],
    ['metrics listed by the meter', 0.18],
  ]);
});

test('the counted metrics of the meter are those that it writes for calls without throttles, errors and cache', () => {
  const profile = { id: 'p', application: 'shop', alias: 'main', price: { input: 1, output: 2 } };
  const usages = new Map([['p', { calls: 1, inputTokens: 10, outputTokens: 10, latencyP90: 500 }]]);
  const before = { applications: new Map([['shop', 1n]]), environment: 1n };
  const documents = [...windowDocuments(0, [profile], usages, 0), ...dayDocuments(0, [profile], usages, before)];
  // MeterRan and VerificationOverdue are written by the run itself.
  const written = documents.flatMap(({ measurements }) => measurements).length + 2;
  const plan = planOf({ shop: application() });
  const metered = withParts(plan, { functions: [plan.functions[0], scheduled('meter', 'rate(5 minutes)')] });
  expect(planOwnCost(metered).items.find(({ item }) => item === 'metrics of the meter')?.quantity).toBe(written);
});

test('metrics beyond 10,000 are cheaper', () => {
  const plan = planOf({ shop: application() });
  const [shop] = plan.applications;
  const many = { ...plan, functions: [], applications: Array.from({ length: 1_000 }, () => shop) };
  const metered = withParts(plan, { ...many, functions: [scheduled('meter', 'rate(5 minutes)')] });
  // 1,000 x (4 + 7) + 10 = 11,010
  expect(itemsOf(metered, 'metrics of the meter', 'metrics of the meter beyond 10,000')).toEqual([
    ['metrics of the meter', 3_000],
    ['metrics of the meter beyond 10,000', 101],
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

test('every price names its source', () => {
  const charges = [...RESOURCE_TYPES.values()].flatMap(({ charge }) => (typeof charge === 'string' ? [] : [charge]));
  expect(charges.length).toBeGreaterThan(3);
  expect(
    [...Object.values(AWS_PRICES), ...charges].filter(({ source, usd }) => !/\d{4}-\d{2}/.test(source) || !(usd > 0)),
  ).toEqual([]);
});
