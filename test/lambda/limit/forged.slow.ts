import type { Act } from '../../../lambda/limit/act';
import { MetricStore } from '../meter/metric-store';
import { alarmArn } from './limit-account';
import {
  ALARM,
  account,
  alarm,
  at,
  call,
  changes,
  lines,
  ME,
  NEXT_DAY,
  nothing,
  overLimit,
  PRINCIPALS,
  run,
  why,
} from './use-limit-account';

/** Everything that a run reads, and how it can fail. */
const FAILED_READS: readonly (readonly [what: string, operation: string, answers: number, code: string])[] = [
  ['metrics are refused', 'GetMetricData', 9, 'AccessDeniedException'],
  ['metrics are throttled', 'GetMetricData', 99, 'ThrottlingException'],
  ['metrics fail', 'GetMetricData', 99, 'InternalFailure'],
  ['parameters are refused', 'GetParametersByPath', 9, 'AccessDeniedException'],
  ['budget actions are refused', 'DescribeBudgetActionsForAccount', 9, 'AccessDeniedException'],
  ['budget actions are throttled', 'DescribeBudgetActionsForAccount', 99, 'ThrottlingException'],
];

describe.each(FAILED_READS)('if %s', (_, operation, answers, code) => {
  const failing = (): void => {
    account.failures.set(
      operation,
      Array.from({ length: answers }, () => [400, code] as const),
    );
  };

  test('a run lifts nothing and fails, and the next one lifts', async () => {
    overLimit();
    await run();
    jest.setSystemTime(new Date(NEXT_DAY));
    failing();
    await expect(run()).rejects.toThrow(code);
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    account.failures.clear();
    await run();
    expect(account.denied('shop')).toEqual([]);
  });

  test('a run denies nobody who is below the limit', async () => {
    account.spend('shop1', 39, '2026-11-21T09:00:00Z');
    failing();
    await expect(run()).rejects.toThrow(code);
    expect(changes()).toEqual([]);
  });
});

test('a throttled CloudWatch costs a bounded number of calls, and those who are stopped by hand are still denied', async () => {
  for (let i = 0; i < 60; i++) {
    account.application(`app-${i}`, [`role dev_app-${i}_lambda`], 10);
  }
  account.writeState('shop', { held: { reason: 'x', by: ME, at } });
  account.failures.set(
    'GetMetricData',
    Array.from({ length: 9_999 }, () => [400, 'ThrottlingException'] as const),
  );
  await expect(run()).rejects.toThrow('CloudWatch did not answer GetMetricData');
  expect(account.requests.filter((request) => request === 'GetMetricData').length).toBeLessThan(3 * 62);
  expect(account.denied('shop')).toEqual(PRINCIPALS);
});

test('metrics that are incomplete lift nothing', async () => {
  overLimit();
  await run();
  jest.setSystemTime(new Date(NEXT_DAY));
  account.status = 'PartialData';
  await expect(run()).rejects.toThrow('the data of a metric has the status PartialData instead of Complete');
  expect(account.denied('shop')).toEqual(PRINCIPALS);
});

test('metrics of one application that cannot be read do not keep the other one denied', async () => {
  overLimit();
  account.spend('search1', 11, '2026-11-21T09:00:00Z');
  await run();
  jest.setSystemTime(new Date(NEXT_DAY));
  account.failures.set('GetMetricData', [[400, 'AccessDeniedException']]);
  await expect(run()).rejects.toThrow('search: CloudWatch did not answer GetMetricData');
  expect([account.denied('search'), account.denied('shop')]).toEqual([['role dev_search_lambda'], []]);
});

test.each([
  ['an alias cannot be read', () => account.parameters.set('/bedrock-access/dev/shop/main.json', '{')],
  ['an alias lacks a parameter', () => account.parameters.delete('/bedrock-access/dev/shop/main.json')],
  [
    'no alias exists',
    () => ['main', 'main.json'].map((n) => account.parameters.delete(`/bedrock-access/dev/shop/${n}`)),
  ],
  [
    'a model has no price',
    () => {
      account.alias('shop', 'main', ['shop1'], 'a.model-without-price');
      account.spend('shop1', 1, '2026-11-22T00:00:00Z');
    },
  ],
])('if %s, a denial is not lifted, and the run fails', async (_, breaks) => {
  overLimit();
  await run();
  jest.setSystemTime(new Date(NEXT_DAY));
  breaks();
  await expect(run()).rejects.toThrow('shop: ');
  expect(account.denied('shop')).toEqual(PRINCIPALS);
});

const FORGED_STATES: readonly (readonly [what: string, state: unknown])[] = [
  ['no JSON', 'released'],
  ['a list', '[]'],
  ['nothing', 'null'],
  ['a number', '1'],
  ['a release without a day', { released: { by: ME, at } }],
  ['a release by a number', { released: { by: 1, at, day: '2026-11-21' } }],
  ['a release in the future', { released: { by: ME, at: '2026-11-22T10:00:00Z', day: '2026-11-22' } }],
  ['a release at no time', { released: { by: ME, at: 'now', day: '2026-11-21' } }],
  ['a release of everything', { released: true }],
  ['a field that nobody knows', { free: true }],
  ['a field of all objects', '{"__proto__":{"by":"x"}}'],
  ['a release for tomorrow', { released: { by: ME, at, day: '2026-11-22' } }],
  ['a release for a day that does not exist', { released: { by: ME, at, day: '2026-02-31' } }],
  ['a release with a field that nobody knows', { released: { by: ME, at, day: '2026-11-21', until: at } }],
  ['a release by nobody', { released: { by: '', at, day: '2026-11-21' } }],
  ['a release and a field that nobody knows', { released: { by: ME, at, day: '2026-11-21' }, x: 1 }],
];

test.each(FORGED_STATES)('a state of %s denies at the limit, and lifts nothing', async (_, state) => {
  account.writeState('shop', state);
  overLimit();
  await expect(run()).rejects.toThrow('shop: the parameter /bedrock-access/dev.limits/shop.state cannot be read');
  expect(account.denied('shop')).toEqual(PRINCIPALS);
  account.metrics = new MetricStore();
  await expect(run()).rejects.toThrow('cannot be read');
  expect(account.denied('shop')).toEqual(PRINCIPALS);
});

test('a release of yesterday denies at the limit', async () => {
  account.writeState('shop', { released: { by: ME, at: '2026-11-20T10:00:00Z', day: '2026-11-20' } });
  overLimit();
  await run();
  expect(account.denied('shop')).toEqual(PRINCIPALS);
});

test.each([
  ['no JSON', '{"dailyUsd":1'],
  ['no limit', JSON.stringify({})],
  ['a text for a number', JSON.stringify({ dailyUsd: '1e9' })],
  ['a limit of zero', JSON.stringify({ dailyUsd: 0 })],
  ['a limit below zero', JSON.stringify({ dailyUsd: -1 })],
])('a limit of %s changes nothing, and the run fails after it looked at the others', async (_, limit) => {
  account.deny('shop', ...PRINCIPALS);
  account.parameters.set('/bedrock-access/dev.limits/shop', limit);
  account.spend('search1', 11, '2026-11-21T09:00:00Z');
  await expect(run()).rejects.toThrow('shop: the parameter /bedrock-access/dev.limits/shop cannot be read');
  expect(account.denied('shop')).toEqual(PRINCIPALS);
  expect(account.denied('search')).toEqual(['role dev_search_lambda']);
});

const FORGED_METRICS: readonly (readonly [what: string, name: string, dimensions: Readonly<Record<string, string>>])[] =
  [
    ['DailyUsd of an application', 'DailyUsd', { Environment: 'dev', Application: 'search' }],
    ['DailyUsd of the environment', 'DailyUsd', { Environment: 'dev' }],
    ['WindowsMetered', 'WindowsMetered', { Environment: 'dev' }],
    ['MeterRan', 'MeterRan', { Environment: 'dev' }],
    ['EstimatedUsd of an alias', 'EstimatedUsd', { Environment: 'dev', Application: 'search', Alias: 'main' }],
    ['tokens of its profile', 'InputTokenCount', { ModelId: 'search1' }],
    ['Denied', 'Denied', { Environment: 'dev', Application: 'search' }],
  ];

test.each(FORGED_METRICS)('a forged metric %s neither denies nor frees', async (_, name, dimensions) => {
  for (const time of ['2026-11-21T00:00:00Z', '2026-11-21T12:30:00Z', '2026-11-21T14:00:00Z']) {
    account.metrics.add('BedrockAccess', name, dimensions, [Date.parse(time) / 1000, 1e9]);
  }
  overLimit();
  expect((await run()).acts).toMatchObject([{ act: 'denied', application: 'shop' }]);
  expect(account.denied('search')).toEqual([]);
});

describe('an alarm', () => {
  const denied: Act = {
    act: 'denied',
    application: 'shop',
    by: { alarm: ALARM },
    at,
    principals: PRINCIPALS,
    note: why,
  };

  test('makes the function look at its application alone', async () => {
    overLimit();
    account.spend('search1', 11, '2026-11-21T09:00:00Z');
    expect(await call(alarm())).toEqual({ acts: [denied], failures: [] });
    expect(account.denied('search')).toEqual([]);
  });

  const UNTRUE: readonly (readonly [what: string, event: Readonly<Record<string, unknown>>])[] = [
    ['set by hand', alarm({ alarmData: { state: { value: 'ALARM', reason: 'set by SetAlarmState' } } })],
    ['on the dimensions of another application', withDimensions({ Environment: 'dev', Application: 'search' })],
    ['on another environment', withDimensions({ Environment: 'prod', Application: 'search' })],
    ['on no dimensions', withDimensions({})],
    ['without data', alarm({ alarmData: undefined })],
    ['of tomorrow', alarm({ time: '2026-11-22T12:00:00.000+0000' })],
    ['in the state OK', alarm({ alarmData: { state: { value: 'OK' } } })],
  ];

  test.each(UNTRUE)('%s denies nobody below the limit', async (_, event) => {
    account.spend('shop1', 39, '2026-11-21T09:00:00Z');
    account.spend('search1', 9, '2026-11-21T09:00:00Z');
    expect(await call(event)).toEqual(nothing);
    expect(changes()).toEqual([]);
  });

  test.each(UNTRUE)('%s lifts no denial at the limit', async (_, event) => {
    overLimit();
    await run();
    expect(await call(event)).toEqual(nothing);
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  const OTHERS: readonly (readonly [what: string, changes: Readonly<Record<string, unknown>>])[] = [
    ['of another account', { accountId: '999988887777' }],
    ['whose ARN is of another account', { alarmArn: ALARM.replace('111122223333', '999988887777') }],
    ['of another Region', { region: 'eu-west-1' }],
    ['whose ARN is of another Region', { alarmArn: ALARM.replace('us-east-1', 'eu-west-1') }],
    ['whose ARN is of another partition', { alarmArn: ALARM.replace('arn:aws:', 'arn:aws-cn:') }],
    ['of an application that does not exist', { alarmArn: alarmArn('none') }],
    ['of another environment', { alarmArn: ALARM.replace('dev_', 'prod_') }],
    ['with another name', { alarmArn: ALARM.replace('daily-usd', 'latency') }],
    ['with a longer name', { alarmArn: `${ALARM}_daily-usd` }],
    ['with a name between', { alarmArn: ALARM.replace('shop', 'x_shop') }],
    ['with a pattern as its name', { alarmArn: ALARM.replace('shop', '*') }],
    ['with a placeholder as its name', { alarmArn: ALARM.replace('shop', '{application}') }],
    ['without an ARN', { alarmArn: undefined }],
    ['with a list as its ARN', { alarmArn: [ALARM] }],
    ['with lines in its ARN', { alarmArn: `${ALARM}\n{"act":"released"}` }],
  ];

  test.each(OTHERS)('%s is refused and logged once with the reason', async (_, changed) => {
    overLimit();
    const { acts, failures, refused } = await call(alarm(changed));
    expect([acts, failures.length, refused]).toEqual([[], 1, true]);
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ refused: failures[0] }]);
    expect(changes()).toEqual([]);
  });
});

function withDimensions(dimensions: unknown): Readonly<Record<string, unknown>> {
  return alarm({
    alarmData: {
      state: { value: 'ALARM' },
      configuration: { metrics: [{ metricStat: { metric: { dimensions } } }] },
    },
  });
}

test.each([
  undefined,
  null,
  {},
  [],
  'shop',
  1e9,
  { scheduled: false },
  { scheduled: 'true' },
  { scheduled: true, time: '2099-01-01T00:00:00Z' },
  { release: 'shop' },
  { release: 'shop', by: '' },
  { release: ['shop'], by: ME },
  { release: 'shop', by: ME, day: '2099-01-01' },
  { deny: 'shop', by: ME },
  { deny: 'shop', reason: '', by: ME },
  { deny: 'shop', reason: 'x', by: { toString: 'x' } },
  { deny: 'shop', release: 'shop', reason: 'x', by: ME },
  { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2099-01-01T00:00:00Z' },
  { RequestType: 'Delete', ResourceProperties: { Application: 'shop' } },
])('the event %j is refused and logged once with the allowed forms', async (event) => {
  const { acts, failures, refused } = await call(event);
  expect([acts, refused]).toEqual([[], true]);
  expect(failures).toEqual([
    expect.stringMatching(/; allowed: an event of an alarm on the daily dollars .* "reason": "TEXT", "by": "WHO" }$/),
  ]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ refused: failures[0] }]);
  expect(account.requests).toEqual([]);
});
