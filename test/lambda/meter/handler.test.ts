import { MeteredAccount, type Profile, type Written } from './metered-account';
import type { Sample } from './metric-store';

const account = new MeteredAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());
beforeEach(() => account.reset());
// Waits between attempts are skipped.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => {
  jest.restoreAllMocks();
  expect(account.lines.join('\n')).not.toMatch(/canary|ASIA|FwoG/i);
});

const seconds = (time: string): number => Date.parse(time) / 1000;
const ENVIRONMENT = 'Environment=dev';
const SHOP = `${ENVIRONMENT},Application=shop`;

/** A million input tokens cost one dollar, and output tokens five. The price of cache writes is unknown. */
const PRICE = { input: 1, output: 5, cacheRead: 0.1 };

const profile = (id: string, application = 'shop', alias = 'main'): Profile => ({
  ...{ id, application, alias, modelId: 'the.model', routing: 'us' },
});

function begin(...profiles: readonly Profile[]): void {
  account.profiles = profiles;
  account.prices = { 'the.model us': PRICE };
}

/** Adds Bedrock's metrics of calls with these numbers of input tokens. */
function called(ModelId: string, ...samples: readonly Sample[]): void {
  account.store.add('AWS/Bedrock', 'InputTokenCount', { ModelId }, ...samples);
  account.store.add('AWS/Bedrock', 'Invocations', { ModelId }, ...samples.map(([at]): Sample => [at, 1]));
}

function counted(ModelId: string, at: number, metrics: Readonly<Record<string, number | readonly number[]>>): void {
  for (const [name, values] of Object.entries(metrics)) {
    account.store.add('AWS/Bedrock', name, { ModelId }, ...[values].flat().map((value): Sample => [at, value]));
  }
}

/** Groups metrics by dimensions and time, in the order in which they were written. */
function shown(written: readonly Written[]): Readonly<Record<string, readonly string[]>> {
  const all: Record<string, string[]> = {};
  for (const { at, dimensions, name, unit, value } of written) {
    const key = `${dimensions} ${new Date(at * 1000).toISOString().slice(11, 16)}`;
    all[key] = [...(all[key] ?? []), `${name} ${value} ${unit}`];
  }
  return all;
}

const named = (written: readonly Written[], name: string, dimensions = ENVIRONMENT): readonly number[] =>
  written.filter((w) => w.name === name && w.dimensions === dimensions).map(({ value }) => value);

const askedFor = (operation: string): readonly Readonly<Record<string, unknown>>[] =>
  account.requests.filter((one) => one.operation === operation).map(({ request }) => request);

interface AskedMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** Returns the metrics of Bedrock that were read, as `profile metric statistic`. */
const askedSeries = (): readonly string[] =>
  askedFor('GetMetricData').flatMap(({ MetricDataQueries }) =>
    (MetricDataQueries as readonly { readonly MetricStat: { readonly Metric: AskedMetric; readonly Stat: string } }[])
      .map(({ MetricStat: { Metric, Stat } }) => ({ ...Metric, Stat }))
      .filter(({ Namespace }) => Namespace === 'AWS/Bedrock')
      .map(({ MetricName, Dimensions, Stat }) => `${Dimensions[0]?.Value} ${MetricName} ${Stat}`),
  );

/** Runs the meter twice, so that the second run has one window to write. Returns what it wrote. */
async function oneWindow(time: string): Promise<readonly Written[]> {
  account.store.add(
    'BedrockAccess',
    'WindowsMetered',
    { Environment: 'dev' },
    ...Array.from({ length: 30 }, (_, i): Sample => [windowOf(time) - (i + 1) * 300, 1]),
  );
  return account.run(time);
}

const windowOf = (time: string): number => Math.floor((seconds(time) - 180) / 300) * 300 - 300;

test('a window is written by alias, application and environment, without zeros', async () => {
  begin(profile('mainold'), profile('mainnew'), profile('fast', 'shop', 'fast'), profile('idle', 'blog'));
  const at = seconds('2026-11-21T11:55:00Z');
  counted('mainold', at + 10, {
    Invocations: [1, 1],
    InvocationLatency: [400, 900],
    InputTokenCount: 1000,
    OutputTokenCount: 100,
    LegacyModelInvocations: 2,
  });
  counted('mainnew', at + 20, {
    Invocations: 1,
    InvocationLatency: 700,
    InputTokenCount: 500,
    OutputTokenCount: 10,
    CacheReadInputTokenCount: 3000,
    CacheWriteInputTokenCount: 70,
    InvocationClientErrors: 1,
    InvocationServerErrors: 2,
  });
  counted('fast', at + 299, { InvocationThrottles: 4 });
  counted('anthropic.claude-sonnet-4-6', at, { Invocations: 2, InputTokenCount: 9 });
  counted('us.amazon.nova-lite-v1:0', at, { Invocations: 3, InvocationThrottles: 8 });
  // The profile of someone else is unknown, and the next window has not ended yet.
  counted('a1b2c3d4e5f6', at, { Invocations: 50, InputTokenCount: 5 });
  counted('mainnew', at + 300, { Invocations: 60, InputTokenCount: 600 });

  const both = ['Calls 3 Count', 'Throttles 4 Count', 'Errors 3 Count', 'InputTokens 1500 Count'];
  const tokens = ['OutputTokens 110 Count', 'CacheReadTokens 3000 Count', 'CacheWriteTokens 70 Count'];
  // (1500 x 1 + 110 x 5 + 3000 x 0.1) / 1,000,000; the 70 are not priced.
  const dollars = ['EstimatedUsd 0.00235 None', 'UnpricedTokens 70 Count'];
  const whole = [...both, ...tokens, ...dollars, 'LatencyP90 900 Milliseconds', 'LegacyCalls 2 Count'];
  // The gauges do not include the 600 tokens of the unfinished window.
  const gauges = ['DailyUsd 0.00235 None', 'MonthUsd 0.00235 None'];
  expect(shown(await oneWindow('2026-11-21T12:03:20Z'))).toEqual({
    [`${SHOP},Alias=main 11:55`]: [...both.filter((m) => !m.startsWith('Throttles')), ...tokens, ...dollars],
    [`${SHOP},Alias=fast 11:55`]: ['Throttles 4 Count'],
    [`${SHOP} 11:55`]: [...whole, ...gauges],
    [`${ENVIRONMENT} 11:55`]: [...whole, 'CallsAroundProfiles 5 Count', 'WindowsMetered 1 Count', ...gauges],
    [`${ENVIRONMENT} 12:03`]: ['VerificationOverdue 0 Count', 'MeterRan 1 Count'],
  });
});

test('only metrics with values are read: tokens for the day, all others for the windows', async () => {
  begin(profile('main'));
  const at = seconds('2026-11-21T12:00:00Z');
  counted('main', at, { Invocations: 1, InvocationLatency: 5, InputTokenCount: 1, CacheReadInputTokens: 1 });
  account.store.add('AWS/Bedrock', 'OutputTokenCount', { ModelId: 'main', ServiceTier: 'flex' }, [at, 1]);
  await oneWindow('2026-11-21T12:08:20Z');

  const query = (Id: string, MetricName: string, Stat: string) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{ Name: 'ModelId', Value: 'main' }] },
      Period: 300,
      Stat,
    },
  });
  const own = {
    Namespace: 'BedrockAccess',
    MetricName: 'WindowsMetered',
    Dimensions: [{ Name: 'Environment', Value: 'dev' }],
  };
  const list = { Namespace: 'AWS/Bedrock', Dimensions: [{ Name: 'ModelId' }] };
  expect(account.requests.map(({ operation, request }) => ({ operation, ...request }))).toEqual([
    { operation: 'GetParametersByPath', Path: '/bedrock-access/dev', Recursive: true },
    {
      operation: 'GetMetricData',
      StartTime: seconds('2026-11-21T10:05:00Z'),
      EndTime: seconds('2026-11-21T12:05:00Z'),
      MetricDataQueries: [{ Id: 'm0', MetricStat: { Metric: own, Period: 300, Stat: 'SampleCount' } }],
    },
    { operation: 'ListMetrics', ...list },
    { operation: 'ListMetrics', ...list, RecentlyActive: 'PT3H' },
    {
      operation: 'GetMetricData',
      StartTime: seconds('2026-11-21T00:00:00Z'),
      EndTime: seconds('2026-11-21T12:05:00Z'),
      MetricDataQueries: [query('m0', 'InputTokenCount', 'Sum'), query('m1', 'CacheReadInputTokens', 'Sum')],
    },
    {
      operation: 'GetMetricData',
      StartTime: seconds('2026-11-21T12:00:00Z'),
      EndTime: seconds('2026-11-21T12:05:00Z'),
      MetricDataQueries: [query('m0', 'Invocations', 'Sum'), query('m1', 'InvocationLatency', 'p90')],
    },
  ]);
  expect(account.lines).toEqual(['{"windows":1,"profiles":1,"series":4}']);
});

test('of the two names for cached tokens only one is counted', async () => {
  begin(profile('main'));
  const at = seconds('2026-11-21T12:00:00Z');
  const both = { CacheReadInputTokens: 31, CacheReadInputTokenCount: 30, CacheWriteInputTokens: 7 };
  counted('main', at, { Invocations: 1, ...both });
  const written = await oneWindow('2026-11-21T12:08:20Z');
  expect([...named(written, 'CacheReadTokens'), ...named(written, 'CacheWriteTokens')]).toEqual([30, 7]);
});

test('a window without calls is marked as metered', async () => {
  begin(profile('main'));
  expect(shown(await oneWindow('2026-11-21T12:08:20Z'))).toEqual({
    [`${ENVIRONMENT} 12:00`]: ['WindowsMetered 1 Count'],
    [`${ENVIRONMENT} 12:08`]: ['MeterRan 1 Count'],
  });
});

test('a profile with an unknown price is counted, but has no dollars', async () => {
  begin(profile('main'));
  account.prices = {};
  counted('main', seconds('2026-11-21T12:00:00Z'), { Invocations: 1, InputTokenCount: 10, OutputTokenCount: 2 });
  const usage = ['Calls 1 Count', 'InputTokens 10 Count', 'OutputTokens 2 Count', 'UnpricedTokens 12 Count'];
  expect(shown(await oneWindow('2026-11-21T12:08:20Z'))).toEqual({
    [`${SHOP},Alias=main 12:00`]: usage,
    [`${SHOP} 12:00`]: usage,
    [`${ENVIRONMENT} 12:00`]: [...usage, 'WindowsMetered 1 Count'],
    [`${ENVIRONMENT} 12:08`]: ['MeterRan 1 Count'],
  });
});

test('an unreadable alias is counted by the profile that it serves, and is reported in the log', async () => {
  begin();
  const Name = '/bedrock-access/dev/shop/main';
  const Value = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/main';
  account.parameters = [
    { Name, Value },
    { Name: `${Name}.json`, Value: '{' },
  ];
  called('main', [seconds('2026-11-21T12:00:00Z'), 10]);
  expect(named(await oneWindow('2026-11-21T12:08:20Z'), 'UnpricedTokens', SHOP)).toEqual([10]);
  expect(account.lines[0]).toBe(
    `{"application":"shop","alias":"main","cause":"the parameter ${Name}.json: the value is not JSON"}`,
  );
});

test('more metrics than fit into a request, a page or a list are all read', async () => {
  const ids = Array.from({ length: 600 }, (_, i) => `profile${i}`);
  begin(...ids.map((id) => profile(id)));
  account.mostValues = 700;
  for (const id of ids) {
    called(id, [seconds('2026-11-21T09:00:00Z'), 1_000_000], [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  }
  const written = await oneWindow('2026-11-21T12:08:20Z');
  expect([...named(written, 'Calls'), ...named(written, 'EstimatedUsd'), ...named(written, 'DailyUsd')]).toEqual([
    600, 600, 1200,
  ]);
  const sizes = askedFor('GetMetricData').map(({ MetricDataQueries, NextToken = 'first' }) => [
    (MetricDataQueries as readonly unknown[]).length,
    NextToken,
  ]);
  expect(sizes.sort()).toEqual([
    [1, 'first'],
    [100, 'first'],
    [100, 'first'],
    [500, '700'],
    [500, 'first'],
    [500, 'first'],
  ]);
  expect(
    askedFor('ListMetrics').map(({ RecentlyActive = '', NextToken = '' }) => `${RecentlyActive}${NextToken}`),
  ).toEqual(expect.arrayContaining(['', '500', '1000', 'PT3H', 'PT3H500', 'PT3H1000']));
});

test('the cost of a profile that has become idle stays in the day, and is read once', async () => {
  begin(profile('morning', 'shop', 'early'), profile('noon'));
  called('morning', [seconds('2026-11-21T02:00:00Z'), 7_000_000]);
  // The metric of the cache writes in the morning is no longer listed as active.
  account.store.add('AWS/Bedrock', 'CacheReadInputTokenCount', { ModelId: 'noon' }, [
    seconds('2026-11-21T03:00:00Z'),
    10_000_000,
  ]);
  called('noon', [seconds('2026-11-21T12:00:00Z'), 2_000_000]);
  expect(named(await oneWindow('2026-11-21T12:08:20Z'), 'DailyUsd', SHOP)).toEqual([10]);
  const first = askedSeries();
  expect(first).toContain('morning InputTokenCount Sum');

  account.requests.length = 0;
  expect(named(await account.run('2026-11-21T12:13:20Z'), 'DailyUsd', SHOP)).toEqual([10]);
  expect(askedSeries()).toEqual(first.filter((series) => !series.startsWith('morning')));

  account.requests.length = 0;
  account.coldStart();
  expect(named(await account.run('2026-11-21T12:18:20Z'), 'DailyUsd', SHOP)).toEqual([10]);
  expect(askedSeries()).toEqual(first);
});

test('a warm function forgets an idle profile at the end of the day, and after three hours without a run', async () => {
  begin(profile('main'));
  called('main', [seconds('2026-11-21T06:00:00Z'), 1_000_000]);
  await oneWindow('2026-11-21T12:08:20Z');
  called('main', [seconds('2026-11-21T12:20:00Z'), 1_000_000]);
  expect(named(await account.run('2026-11-21T15:48:20Z'), 'DailyUsd').at(-1)).toBe(2);
  called('main', [seconds('2026-11-22T01:00:00Z'), 4_000_000]);
  expect(named(await account.run('2026-11-22T06:08:20Z'), 'DailyUsd').at(-1)).toBe(4);
});

test('the cost of an idle profile stays in its day, even in a run that writes windows of two days', async () => {
  begin(profile('main'), profile('night', 'blog'));
  called('main', [seconds('2026-11-21T06:00:00Z'), 3_000_000]);
  await oneWindow('2026-11-21T23:53:20Z');
  called('night', [seconds('2026-11-22T00:00:00Z'), 1_000_000]);
  const written = await account.run('2026-11-22T00:08:20Z');
  expect(named(written, 'WindowsMetered')).toEqual([1, 1, 1]);
  expect(named(written, 'DailyUsd')).toEqual([3, 1]);
});

test('a warm function does not write a window again that CloudWatch does not show yet', async () => {
  begin(profile('main'));
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  await oneWindow('2026-11-21T12:03:20Z');
  account.showsWritten = false;
  expect(named(await account.run('2026-11-21T12:08:20Z'), 'Calls')).toEqual([1]);
  expect(named(await account.run('2026-11-21T12:13:20Z'), 'Calls')).toEqual([]);
});

test('the month is the sum of the highest value of each earlier day, and of today', async () => {
  begin(profile('main'));
  const days = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-20'];
  for (const [i, day] of days.entries()) {
    const gauge: readonly Sample[] = [
      [seconds(`${day}T01:00:00Z`), 10 ** i],
      [seconds(`${day}T23:55:00Z`), 2 * 10 ** i],
    ];
    account.store.add('BedrockAccess', 'DailyUsd', { Environment: 'dev' }, ...gauge);
    account.store.add('BedrockAccess', 'DailyUsd', { Environment: 'dev', Application: 'shop' }, ...gauge.slice(0, 1));
  }
  called('main', [seconds('2026-11-21T11:55:00Z'), 500_000]);
  const written = await oneWindow('2026-11-21T12:03:20Z');
  expect([...named(written, 'MonthUsd'), ...named(written, 'MonthUsd', SHOP)]).toEqual([2220.5, 1110.5]);
});

test('values that arrive late are part of the dollars of the day', async () => {
  begin(profile('main'));
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  await oneWindow('2026-11-21T12:08:20Z');
  called('main', [seconds('2026-11-21T12:04:00Z'), 2_000_000]);
  const written = await account.run('2026-11-21T12:13:20Z');
  expect([...named(written, 'EstimatedUsd'), ...named(written, 'DailyUsd')]).toEqual([3]);
});

test('every window of two days is written once, whatever happens to the runs; days and month add up', async () => {
  begin(profile('main'), profile('other', 'blog'));
  const start = seconds('2026-11-29T00:00:00Z');
  const days = Array.from({ length: 3 * 288 }, (_, i) => start + i * 300);
  called('main', ...days.map((at): Sample => [at + 150, 1_000]));
  called('other', ...days.filter((_, i) => i % 100 === 0).map((at): Sample => [at, 1_000_000]));
  const written: Written[] = [];
  const end = seconds('2026-12-01T06:00:00Z');
  for (let at = start + 17, run = 0; at < end; at += 300, run++) {
    const late = [0, 2, -1, 1][run % 4] ?? 0;
    // An hour without runs, a cold start, a failed run, and a run that is started twice.
    if (run % 60 >= 12) {
      if (run % 31 === 0) {
        account.coldStart();
      }
      account.fault =
        run % 37 === 0 ? () => ({ status: 400, body: { __type: 'AccessDeniedException' } }) : () => undefined;
      for (let times = run % 41 === 0 ? 2 : 1; times > 0; times--) {
        written.push(...(await account.run(new Date((at + 163 + late) * 1000).toISOString()).catch(() => [])));
      }
    }
  }
  const windows = written.filter(({ name }) => name === 'WindowsMetered').map(({ at }) => at);
  const last = Math.max(...windows);
  // The first run writes the windows of two hours.
  const expected = Array.from({ length: (last - start) / 300 + 1 }, (_, i) => start + i * 300);
  expect(windows.filter((at) => at >= start).toSorted((a, b) => a - b)).toEqual(expected);

  const calls = written.filter((w) => w.name === 'Calls' && w.dimensions === ENVIRONMENT && w.at >= start);
  expect(calls.reduce((sum, { value }) => sum + value, 0)).toBe(expected.length + Math.ceil(expected.length / 100));

  const highest = (name: string, dimensions: string, day: string): number =>
    Math.max(
      ...written
        .filter(
          (w) => w.name === name && w.dimensions === dimensions && new Date(w.at * 1000).toISOString().startsWith(day),
        )
        .map(({ value }) => value),
    );
  // A day has 288 windows of 1,000 tokens. The other profile has a million tokens in windows 0, 100, 200, 300, 400 and
  // 500.
  const whole = ['2026-11-29', '2026-11-30'].map((day) => [
    highest('DailyUsd', SHOP, day),
    highest('DailyUsd', ENVIRONMENT, day),
    highest('MonthUsd', SHOP, day),
    highest('MonthUsd', ENVIRONMENT, day),
  ]);
  expect(whole).toEqual([
    [0.288, 3.288, 0.288, 3.288],
    [0.288, 3.288, 0.576, 6.576],
  ]);
  // The new month at its last complete hour, 05:00: 60 windows, one of them with a million tokens of the other profile.
  expect(highest('MonthUsd', ENVIRONMENT, '2026-12-01')).toBe(1.06);
}, 120_000);

test('the last window of a day is written after midnight, with the figures of that day and its month', async () => {
  begin(profile('main'));
  called('main', [seconds('2026-11-30T10:00:00Z'), 2_000_000], [seconds('2026-11-30T23:59:59Z'), 1_000_000]);
  called('main', [seconds('2026-12-01T00:00:00Z'), 500_000]);
  const usage = ['Calls 1 Count', 'InputTokens 1000000 Count', 'EstimatedUsd 1 None'];
  const gauges = ['DailyUsd 3 None', 'MonthUsd 3 None'];
  expect(shown(await oneWindow('2026-12-01T00:03:20Z'))).toEqual({
    [`${SHOP},Alias=main 23:55`]: usage,
    [`${SHOP} 23:55`]: [...usage, ...gauges],
    [`${ENVIRONMENT} 23:55`]: [...usage, 'WindowsMetered 1 Count', ...gauges],
    [`${ENVIRONMENT} 00:03`]: ['VerificationOverdue 0 Count', 'MeterRan 1 Count'],
  });
  const next = await account.run('2026-12-01T00:08:20Z');
  expect(named(next, 'DailyUsd')).toEqual([0.5]);
});

test('a day begins at zero for every application, so that an alarm of the day before ends', async () => {
  begin(profile('main'), profile('other', 'blog'));
  called('main', [seconds('2026-11-21T23:00:00Z'), 2_000_000], [seconds('2026-11-22T00:01:00Z'), 1_000_000]);
  const written = await oneWindow('2026-11-22T00:08:20Z');
  const daily = written.filter(({ name }) => name === 'DailyUsd').map(({ dimensions, value }) => [dimensions, value]);
  expect(daily).toEqual([
    [SHOP, 1],
    ['Environment=dev,Application=blog', 0],
    [ENVIRONMENT, 1],
  ]);
  const next = await account.run('2026-11-22T00:13:20Z');
  expect(named(next, 'DailyUsd', 'Environment=dev,Application=blog')).toEqual([]);
});

test('a month begins at zero for every application, and not with the last figure of the previous month', async () => {
  begin(profile('main'), profile('other', 'blog'));
  called('main', [seconds('2026-11-30T23:00:00Z'), 2_000_000], [seconds('2026-12-01T00:01:00Z'), 1_000_000]);
  const written = await oneWindow('2026-12-01T00:08:20Z');
  const monthly = written.filter(({ name }) => name === 'MonthUsd').map(({ dimensions, value }) => [dimensions, value]);
  expect(monthly).toEqual([
    [SHOP, 1],
    ['Environment=dev,Application=blog', 0],
    [ENVIRONMENT, 1],
  ]);
  expect(named(await account.run('2026-12-01T00:13:20Z'), 'MonthUsd')).toEqual([]);
});

test.each<[what: string, everyHours: string, samples: Readonly<Record<string, string>>, overdue: 0 | 1]>([
  ['a run within the day', '24', { ScheduledRunFailed: '2026-11-20T11:00:00Z', MeterRan: '2026-11-19T00:00:00Z' }, 0],
  [
    'a run more than 25 hours ago',
    '24',
    { ScheduledRunFailed: '2026-11-20T10:50:00Z', MeterRan: '2026-11-19T00:00:00Z' },
    1,
  ],
  ['no run, but the meter is too new to know', '24', { MeterRan: '2026-11-20T11:30:00Z' }, 0],
  ['no run for a fortnight', '336', { MeterRan: '2026-11-05T00:00:00Z' }, 1],
  [
    'a run each hour, the last two and a half hours ago',
    '1',
    { ScheduledRunFailed: '2026-11-21T09:30:00Z', MeterRan: '2026-11-21T08:00:00Z' },
    1,
  ],
])(
  'VerificationOverdue shows whether the verification is overdue, after %s',
  async (_, EVERY_HOURS, samples, overdue) => {
    begin();
    for (const [name, at] of Object.entries(samples)) {
      account.store.add('BedrockAccess', name, { Environment: 'dev' }, [seconds(at), 0]);
    }
    const written = await account.run('2026-11-21T12:03:20Z', { EVERY_HOURS });
    expect(named(written, 'VerificationOverdue')).toEqual([overdue]);
  },
);

describe('a run without all figures', () => {
  beforeEach(() => {
    begin(profile('main'));
    called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  });

  const THROTTLED = { status: 400, body: { __type: 'com.amazonaws.cloudwatch#ThrottlingException', message: 'slow' } };
  const data = (StatusCode: string, more = {}) => ({
    status: 200,
    body: { MetricDataResults: [{ Id: 'm0', StatusCode, Timestamps: [], Values: [] }], ...more },
  });

  test.each([
    ['a throttle', 'ListMetrics', THROTTLED],
    ['a throttle', 'GetMetricData', THROTTLED],
    ['a failing service', 'GetMetricData', { status: 500, body: { __type: 'InternalServiceFault' } }],
    ['a failure in the data', 'GetMetricData', data('InternalError')],
    ['a part of the data', 'GetMetricData', data('PartialData')],
    ['a throttle', 'GetParametersByPath', { status: 400, body: { __type: 'ThrottlingException' } }],
  ])('retries after %s of %s, and counts everything once', async (_, operation, fault) => {
    let times = 2;
    account.fault = (called) => (called === operation && times-- > 0 ? fault : undefined);
    const written = await oneWindow('2026-11-21T12:08:20Z');
    expect([...named(written, 'Calls'), ...named(written, 'EstimatedUsd')]).toEqual([1, 1]);
    expect(times).toBeLessThan(0);
  });

  const why = 'no metrics were written, because CloudWatch did not answer';
  test.each([
    ['ListMetrics', THROTTLED, `${why} ListMetrics (attempts: 3), ThrottlingException: slow`],
    ['GetMetricData', THROTTLED, `${why} GetMetricData (attempts: 3), ThrottlingException: slow`],
    [
      'GetMetricData',
      data('InternalError'),
      `${why} GetMetricData (attempts: 3), InternalFailure: the data of a metric has the status InternalError instead of Complete`,
    ],
    [
      'GetMetricData',
      data('PartialData'),
      `${why} GetMetricData (attempts: 3), InternalFailure: the data of a metric has the status PartialData instead of Complete`,
    ],
    [
      'GetMetricData',
      { status: 200, body: { MetricDataResults: [] } },
      'no metrics were written, because CloudWatch returned no data for 1 metrics, among them WindowsMetered [{"Name":"Environment","Value":"dev"}]',
    ],
    [
      'GetMetricData',
      { status: 403, body: { __type: 'AccessDeniedException', message: 'no' } },
      `${why} GetMetricData (attempts: 1), AccessDeniedException: no; allow the function cloudwatch:GetMetricData`,
    ],
    [
      'GetParametersByPath',
      { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } },
      'cannot read the parameters under /bedrock-access/dev (attempts: 1), AccessDeniedException: no; allow the function ssm:GetParametersByPath on them',
    ],
  ])('throws and writes nothing, and the next run writes its windows: %s %j', async (operation, fault, message) => {
    account.fault = (called) => (called === operation ? fault : undefined);
    const wrote = jest.spyOn(account.store, 'add');
    await expect(account.run('2026-11-21T12:08:20Z')).rejects.toThrow(new Error(message));
    expect(wrote).not.toHaveBeenCalled();
    account.fault = () => undefined;
    expect(named(await account.run('2026-11-21T12:13:20Z'), 'Calls')).toEqual([1]);
  });

  test('throws if the last page of a metric is missing', async () => {
    const page = (StatusCode: string, Id: string) => ({ Id, StatusCode, Timestamps: [], Values: [] });
    account.fault = (called, { NextToken }) => {
      const body = NextToken
        ? { MetricDataResults: [page('Complete', 'm1')] }
        : { MetricDataResults: [page('PartialData', 'm0')], NextToken: 'next' };
      return called === 'GetMetricData' ? { status: 200, body } : undefined;
    };
    await expect(account.run('2026-11-21T12:08:20Z')).rejects.toThrow('CloudWatch returned no data for 1 metrics');
  });

  test('shows no credentials that a service repeats', async () => {
    const repeated = Object.values({
      key: 'ASIACANARYCANARYCANA',
      token: `x-amz-security-token:canaryToken${'FwoGZXIvYXdzE'.repeat(20)}==`,
    }).join('\n');
    account.fault = () => ({ status: 403, body: { __type: 'InvalidSignatureException', message: repeated } });
    const error: unknown = await account.run('2026-11-21T12:08:20Z').catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('InvalidSignatureException');
    expect(String(error)).not.toMatch(/canary|ASIA|FwoG/i);
  });
});

test.each([
  [{ ENVIRONMENT: '' }, 'the environment variable ENVIRONMENT is not set'],
  [{ EVERY_HOURS: '0' }, "the environment variable EVERY_HOURS is '0'; it must be a whole number above 0"],
])('a wrong setting is named: %j', async (variables, message) => {
  await expect(account.run('2026-11-21T12:08:20Z', variables)).rejects.toThrow(message);
  expect(account.requests).toEqual([]);
});
