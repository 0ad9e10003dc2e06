import { application, planOf } from '../../plan/environments';
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

function counted(ModelId: string, at: number, metrics: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(metrics)) {
    account.store.add('AWS/Bedrock', name, { ModelId }, [at, value]);
  }
}

/** Makes AWS count an earlier run of the meter, so that the day of this run has begun. */
function dayHasBegun(time = '2026-11-21T11:30:00Z'): void {
  account.store.add('AWS/Lambda', 'Invocations', { FunctionName: 'dev_meter' }, [seconds(time), 1]);
  account.store.add('AWS/Lambda', 'Errors', { FunctionName: 'dev_meter' }, [seconds(time), 0]);
}

/** Shows metrics as `application 12:00 name value unit`, in the order in which they were written. */
const shown = (written: readonly Written[]): readonly string[] =>
  written.map(({ at, dimensions, name, unit, value }) => {
    const application = /Application=(\w+)$/.exec(dimensions)?.[1] ?? 'all';
    return `${application} ${new Date(at * 1000).toISOString().slice(11, 16)} ${name} ${value} ${unit}`;
  });

const named = (written: readonly Written[], name: string, dimensions = ENVIRONMENT): readonly number[] =>
  written.filter((w) => w.name === name && w.dimensions === dimensions).map(({ value }) => value);

const askedFor = (operation: string): readonly Readonly<Record<string, unknown>>[] =>
  account.requests.filter((one) => one.operation === operation).map(({ request }) => request);

test('a run writes the dollars of the day so far, by application and in total, and no zeros', async () => {
  begin(profile('mainold'), profile('mainnew'), profile('idle', 'blog'), profile('other', 'news'));
  dayHasBegun();
  const at = seconds('2026-11-21T11:55:00Z');
  counted('mainold', at, { Invocations: 2, InputTokenCount: 1000, OutputTokenCount: 100 });
  counted('mainnew', at, {
    ...{ Invocations: 1, InputTokenCount: 500, OutputTokenCount: 10 },
    ...{ CacheReadInputTokenCount: 3000, CacheWriteInputTokenCount: 70 },
  });
  // The profile of someone else is unknown.
  counted('a1b2c3d4e5f6', at, { Invocations: 50, InputTokenCount: 5 });
  counted('other', at, { InputTokenCount: 1 });
  // (1500 x 1 + 110 x 5 + 3000 x 0.1) / 1,000,000; the 70 are not priced.
  expect(shown(await account.run('2026-11-21T12:10:20Z'))).toEqual([
    'news 12:10 DailyUsd 0.000001 None',
    'shop 12:10 DailyUsd 0.00235 None',
    'shop 12:10 UnpricedTokens 70 Count',
    'all 12:10 DailyUsd 0.002351 None',
    'all 12:10 UnpricedTokens 70 Count',
  ]);
  expect(account.lines).toEqual(['{"day":"2026-11-21","profiles":4,"usd":0.002351,"unpricedTokens":70}']);
});

test('only metrics that exist are read, from Bedrock alone, and only tokens', async () => {
  begin(profile('main'));
  dayHasBegun();
  const at = seconds('2026-11-21T12:00:00Z');
  counted('main', at, { Invocations: 1, InvocationLatency: 5, InputTokenCount: 1, CacheReadInputTokens: 1 });
  await account.run('2026-11-21T12:10:20Z');
  account.requests.length = 0;
  await account.run('2026-11-21T12:13:20Z');
  const query = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{ Name: 'ModelId', Value: 'main' }] },
      Period: 3600,
      Stat: 'Sum',
    },
  });
  expect(account.requests.map(({ operation, request }) => ({ operation, ...request }))).toEqual([
    { operation: 'GetParametersByPath', Path: '/bedrock-access/dev', Recursive: true },
    { operation: 'ListMetrics', Namespace: 'AWS/Bedrock', Dimensions: [{ Name: 'ModelId' }] },
    {
      operation: 'GetMetricData',
      StartTime: seconds('2026-11-21T00:00:00Z'),
      EndTime: seconds('2026-11-21T12:13:20Z'),
      MetricDataQueries: [query('m0', 'InputTokenCount'), query('m1', 'CacheReadInputTokens')],
    },
  ]);
});

test.each<[event: unknown]>([
  [undefined],
  [null],
  ['2099-01-01T00:00:00Z'],
  [{}],
  [{ time: '2026-11-21T14:08:20Z' }],
  [{ time: '2099-01-01T00:00:00Z' }],
  [{ time: '2020-01-01T00:00:00Z' }],
  [{ time: '2026-11-20T12:08:20Z', 'detail-type': 'Scheduled Event' }],
  [{ time: 'soon' }],
  [{ time: { $gt: 0 } }],
  [{ now: 4_000_000_000, begun: 0, memory: {} }],
  [{ RequestType: 'Delete', ResponseURL: 'https://evil.example' }],
])('what an event says changes nothing: %j', async (event) => {
  begin(profile('main'));
  dayHasBegun();
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000], [seconds('2026-11-20T12:00:00Z'), 9_000_000]);
  expect(shown(await account.run('2026-11-21T12:10:20Z', {}, event))).toEqual([
    'shop 12:10 DailyUsd 1 None',
    'all 12:10 DailyUsd 1 None',
  ]);
});

describe('forged metrics', () => {
  const hours = Array.from({ length: 48 }, (_, i) => seconds('2026-11-21T00:00:00Z') + i * 3600);
  const forgeries: readonly [name: string, dimensions: Readonly<Record<string, string>>, value: number][] = [
    ['WindowsMetered', { Environment: 'dev' }, 1],
    ['MeterRan', { Environment: 'dev' }, 1],
    ['DailyUsd', { Environment: 'dev' }, 1e9],
    ['DailyUsd', { Environment: 'dev', Application: 'shop' }, 1e9],
    ['DailyUsd', { Environment: 'dev', Application: 'shop' }, 0],
    ['DailyUsd', { Environment: 'dev', Application: 'shop' }, -1e9],
    ['MonthUsd', { Environment: 'dev', Application: 'shop' }, 1e9],
    ['ScheduledRunFailed', { Environment: 'dev' }, 0],
    ['InputTokenCount', { ModelId: 'main' }, 1e12],
    ['Invocations', { FunctionName: 'dev_meter' }, 1],
    ['Invocations', { RuleName: 'dev_verification-schedule' }, 1],
  ];
  const usd: readonly Sample[] = [
    [seconds('2026-11-02T12:00:00Z'), 7_000_000],
    [seconds('2026-11-21T12:00:00Z'), 1_000_000],
  ];
  test.each(forgeries)('%s of %j with the value %d change nothing that is written', async (name, dimensions, value) => {
    begin(profile('main'));
    called('main', ...usd);
    account.store.add('BedrockAccess', name, dimensions, ...hours.map((at): Sample => [at, value]));
    // A run that begins the day, one that does not look, and one that looks.
    const honest = [
      ...['shop 12:00 DailyUsd 0 None', 'shop 12:00 MonthUsd 7 None'],
      ...['all 12:00 DailyUsd 0 None', 'all 12:00 MonthUsd 7 None'],
      ...['shop 12:10 DailyUsd 1 None', 'all 12:10 DailyUsd 1 None'],
      ...['shop 12:20 DailyUsd 1 None', 'all 12:20 DailyUsd 1 None', 'all 12:20 VerificationOverdue 1 Count'],
    ];
    dayHasBegun('2026-11-10T12:00:00Z');
    const all: string[] = [];
    for (const time of ['2026-11-21T12:03:20Z', '2026-11-21T12:10:20Z', '2026-11-21T12:23:20Z']) {
      all.push(...shown(await account.run(time)));
    }
    expect(all.filter((line) => line !== 'all 12:00 VerificationOverdue 1 Count')).toEqual(honest);
  });
});

describe('a day', () => {
  const midnight = seconds('2026-11-22T00:00:00Z');

  test('begins with a zero and the month before it, completes the day before, and has its cost in the next run', async () => {
    begin(profile('main'), profile('other', 'blog'));
    called(
      'main',
      [seconds('2026-11-03T10:00:00Z'), 40_000_000],
      [midnight - 1, 2_000_000],
      [midnight, 500_000],
      [midnight + 400, 500_000],
    );
    dayHasBegun('2026-11-21T23:48:00Z');
    expect(shown(await account.run('2026-11-21T23:58:20Z'))).toEqual([]);
    expect(shown(await account.run('2026-11-22T00:03:20Z'))).toEqual([
      'shop 23:55 DailyUsd 2 None',
      'all 23:55 DailyUsd 2 None',
    ]);
    expect(shown(await account.run('2026-11-22T00:13:20Z'))).toEqual([
      'shop 23:55 DailyUsd 2 None',
      'all 23:55 DailyUsd 2 None',
      'blog 00:10 DailyUsd 0 None',
      'blog 00:10 MonthUsd 0 None',
      'shop 00:10 DailyUsd 0 None',
      'shop 00:10 MonthUsd 42 None',
      'all 00:10 DailyUsd 0 None',
      'all 00:10 MonthUsd 42 None',
    ]);
    expect(shown(await account.run('2026-11-22T00:18:20Z'))).toEqual([
      'shop 00:15 DailyUsd 1 None',
      'all 00:15 DailyUsd 1 None',
    ]);
  });

  test('of a new month begins with a month of zero', async () => {
    begin(profile('main'));
    called('main', [seconds('2026-11-30T10:00:00Z'), 2_000_000], [seconds('2026-12-01T00:01:00Z'), 500_000]);
    const written = await account.run('2026-12-01T00:13:20Z');
    expect([...named(written, 'DailyUsd'), ...named(written, 'MonthUsd')]).toEqual([2, 0, 0]);
    expect(named(await account.run('2026-12-02T00:13:20Z'), 'MonthUsd')).toEqual([0.5]);
  });

  test.each<[what: string, before: readonly string[], first: string, second: string]>([
    ['every run came', ['2026-11-21T23:53:20Z', '2026-11-22T00:08:20Z'], '00:13:20', '00:18:20'],
    ['the meter was down over midnight', ['2026-11-21T22:03:20Z'], '02:13:20', '02:18:20'],
    ['the meter was down for half an hour', ['2026-11-21T23:48:20Z'], '00:18:20', '00:23:20'],
    ['the meter was down until noon', ['2026-11-20T10:03:20Z'], '12:03:20', '12:10:20'],
    ['the meter never ran before', [], '00:11:20', '00:16:20'],
    ['runs were late', ['2026-11-22T00:09:59Z'], '00:14:58', '00:20:01'],
  ])('begins with a zero although its first run finds a cost: %s', async (_, before, first, second) => {
    begin(profile('main'));
    called('main', [midnight - 3600, 9_000_000], [midnight + 1, 9_000_000]);
    for (const time of before) {
      await account.run(time);
    }
    const written = await account.run(`2026-11-22T${first}Z`);
    const ofDay = written.filter(({ at, name }) => at >= midnight && name === 'DailyUsd');
    expect(ofDay.map(({ value }) => value)).toEqual([0, 0]);
    expect(named(await account.run(`2026-11-22T${second}Z`), 'DailyUsd', SHOP)).toEqual([9]);
  });

  test('does not begin again after a cold start, and not because of a failed run', async () => {
    begin(profile('main'));
    called('main', [midnight + 1, 1_000_000]);
    account.fault = () => ({ status: 400, body: { __type: 'AccessDeniedException' } });
    await expect(account.run('2026-11-22T00:13:20Z')).rejects.toThrow();
    account.fault = () => undefined;
    account.coldStart();
    expect(named(await account.run('2026-11-22T00:18:20Z'), 'DailyUsd', SHOP)).toEqual([0]);
    account.coldStart();
    expect(named(await account.run('2026-11-22T00:23:20Z'), 'DailyUsd', SHOP)).toEqual([1]);
    expect(named(await account.run('2026-11-22T00:28:20Z'), 'DailyUsd', SHOP)).toEqual([1]);
  });

  test.each<[what: string, cold: boolean]>([
    ['warm', false],
    ['cold', true],
  ])('begins with a zero that no cost hides, even if its first run comes twice in a slot: %s', async (_, cold) => {
    begin(profile('main'));
    called('main', [midnight + 1, 1_000_000]);
    for (const time of ['00:10:01', '00:10:02', '00:14:59']) {
      if (cold) {
        account.coldStart();
      }
      expect(named(await account.run(`2026-11-22T${time}Z`), 'DailyUsd', SHOP)).toEqual([0]);
    }
    expect(named(await account.run('2026-11-22T00:15:01Z'), 'DailyUsd', SHOP)).toEqual([1]);
  });

  test('begins twice if AWS counts runs late, which delays its cost by one run', async () => {
    begin(profile('main'));
    called('main', [midnight + 1, 1_000_000]);
    account.countsRuns = false;
    for (const [time, usd] of [
      ['00:13:20', 0],
      ['00:18:20', 0],
    ]) {
      account.coldStart();
      expect(named(await account.run(`2026-11-22T${time}Z`), 'DailyUsd', SHOP)).toEqual([usd]);
    }
    expect(named(await account.run('2026-11-22T00:23:20Z'), 'DailyUsd', SHOP)).toEqual([1]);
  });
});

describe('the alarm on the daily cost goes off anew on each day whose limit is reached', () => {
  const midnight = seconds('2026-11-22T00:00:00Z');
  const alarm = planOf({ shop: application({ alarms: { dailyUsd: 5 } }) }).applications[0]?.alarms.find(
    ({ measure }) => 'name' in measure && measure.name === 'DailyUsd',
  );

  /**
   * Returns the times at which the alarm goes off. CloudWatch takes the newest value in a range that is longer than the
   * evaluated period, by a number of periods that AWS does not document.
   */
  function timesOfAlarm(written: readonly Written[], start: number, end: number, periods: number): readonly number[] {
    const own = written.filter(({ name, dimensions }) => name === 'DailyUsd' && dimensions === SHOP);
    const times: number[] = [];
    let state = 'OK';
    for (let now = start; now < end; now += 60) {
      const known = own.filter(({ at }) => at <= now && at > now - periods * (alarm?.periodSeconds ?? 0));
      const newest = Math.max(...known.map(({ at }) => at));
      const value = Math.max(...known.filter(({ at }) => at === newest).map((one) => one.value));
      const next = known.length === 0 ? 'OK' : value >= (alarm?.threshold ?? 0) ? 'ALARM' : 'OK';
      if (next === 'ALARM' && state === 'OK') {
        times.push(now);
      }
      state = next;
    }
    return times;
  }

  test.each<[what: string, isMissed: (at: number, run: number) => boolean, copies: number, cold: boolean]>([
    ['every run comes', () => false, 1, false],
    ['every run starts cold', () => false, 1, true],
    ['every run comes twice', () => false, 2, false],
    ['every run comes twice and starts cold', () => false, 2, true],
    ['every second run is missed', (_, run) => run % 2 === 1, 1, false],
    ['no run comes for 20 minutes around midnight', (at) => Math.abs(at - midnight) < 600, 1, false],
    ['no run comes for an hour around midnight', (at) => Math.abs(at - midnight) < 1800, 1, true],
    ['no run comes from 23:40 to 00:20', (at) => at > midnight - 1200 && at < midnight + 1200, 2, true],
  ])('%s', async (_, isMissed, copies, cold) => {
    expect(alarm?.treatMissingData).toBe('notBreaching');
    begin(profile('main'));
    called('main', [midnight - 3600, 9_000_000], [midnight + 1, 9_000_000]);
    const start = midnight - 2700;
    const end = midnight + 3300;
    const seen: Written[] = [];
    for (let at = start + 17, run = 0; at < end; at += 300, run++) {
      for (let copy = 0; copy < copies && !isMissed(at, run); copy++) {
        if (cold) {
          account.coldStart();
        }
        seen.push(...(await account.run(new Date((at + copy) * 1000).toISOString())));
      }
    }
    for (const periods of [1, 2, 3, 5, 8]) {
      const times = timesOfAlarm(seen, start, end, periods);
      expect(times.filter((at) => at < midnight).length).toBeGreaterThan(0);
      expect(times.filter((at) => at >= midnight + 600).length).toBeGreaterThan(0);
    }
  });
});

test.each<[what: string, run: (time: string) => Promise<readonly Written[]>]>([
  ['doubled', async (time) => [...(await account.run(time)), ...(await account.run(time))]],
  [
    'doubled by cold starts',
    async (time) => {
      const all: Written[] = [];
      for (let i = 0; i < 3; i++) {
        account.coldStart();
        all.push(...(await account.run(time)));
      }
      return all;
    },
  ],
])('runs that are %s write each figure again and double none', async (_, run) => {
  begin(profile('main'));
  dayHasBegun();
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  counted('us.amazon.nova-lite-v1:0', seconds('2026-11-21T12:00:00Z'), { Invocations: 3 });
  await run('2026-11-21T12:23:20Z');
  const read = (name: string): readonly number[] | undefined =>
    account.store.read(
      { Namespace: 'BedrockAccess', MetricName: name, Dimensions: [{ Name: 'Environment', Value: 'dev' }] },
      'Maximum',
      3600,
      seconds('2026-11-21T12:00:00Z'),
      seconds('2026-11-21T13:00:00Z'),
    ).Values;
  expect([read('DailyUsd'), read('CallsAroundProfiles')]).toEqual([[1], [3]]);
});

test('three days of runs, of which some are missed, fail, come twice or start cold, add up to what was spent', async () => {
  begin(profile('main'), profile('other', 'blog'));
  const start = seconds('2026-11-29T00:00:00Z');
  const windows = Array.from({ length: 3 * 288 }, (_, i) => start + i * 300);
  called('main', ...windows.map((at): Sample => [at + 150, 1_000]));
  called('other', ...windows.filter((_, i) => i % 100 === 0).map((at): Sample => [at, 1_000_000]));
  const written: Written[] = [];
  const end = seconds('2026-12-01T06:00:00Z');
  // The runs begin in the evening of the first day. What they write covers it from 00:00.
  for (let at = start + 18 * 3600 + 17, run = 0; at < end; at += 300, run++) {
    // An hour without runs, a cold start, a failed run, and a run that is started twice.
    if (run % 60 >= 12) {
      if (run % 31 === 0) {
        account.coldStart();
      }
      account.fault =
        run % 37 === 0 ? () => ({ status: 400, body: { __type: 'AccessDeniedException' } }) : () => undefined;
      for (let times = run % 41 === 0 ? 2 : 1; times > 0; times--) {
        written.push(...(await account.run(new Date((at + (run % 5)) * 1000).toISOString()).catch(() => [])));
      }
    }
  }
  const highest = (name: string, dimensions: string, day: string): number =>
    Math.max(
      ...written
        .filter((w) => w.name === name && w.dimensions === dimensions)
        .filter((w) => new Date(w.at * 1000).toISOString().startsWith(day))
        .map(({ value }) => value),
    );
  // A day has 288 windows of 1,000 tokens. The other profile has a million tokens in windows 0, 100, 200, 300, 400 and
  // 500.
  expect(
    ['2026-11-29', '2026-11-30'].map((day) => [highest('DailyUsd', SHOP, day), highest('DailyUsd', ENVIRONMENT, day)]),
  ).toEqual([
    [0.288, 3.288],
    [0.288, 3.288],
  ]);
  const months = ['2026-11-29', '2026-11-30', '2026-12-01'].map((day) => highest('MonthUsd', ENVIRONMENT, day));
  expect(months).toEqual([0, 3.288, 0]);
}, 120_000);

test('values that arrive late are part of the dollars of the day', async () => {
  begin(profile('main'));
  dayHasBegun();
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  await account.run('2026-11-21T12:10:20Z');
  called('main', [seconds('2026-11-21T09:04:00Z'), 2_000_000]);
  expect(named(await account.run('2026-11-21T12:13:20Z'), 'DailyUsd')).toEqual([3]);
});

test('the month counts what CloudWatch no longer lists', async () => {
  begin(profile('main'));
  account.store.add('AWS/Bedrock', 'CacheReadInputTokens', { ModelId: 'main' }, [seconds('2026-11-01T03:00:00Z'), 1e7]);
  expect(named(await account.run('2026-11-30T12:03:20Z'), 'MonthUsd', SHOP)).toEqual([1]);
});

test('a profile that two parameters name is counted once, for the first alias by name', async () => {
  begin(profile('main', 'shop', 'main'), profile('main', 'shop', 'copy'), profile('main', 'blog', 'main'));
  dayHasBegun();
  called('main', [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  expect(shown(await account.run('2026-11-21T12:10:20Z'))).toEqual([
    'blog 12:10 DailyUsd 1 None',
    'all 12:10 DailyUsd 1 None',
  ]);
  expect(account.lines.slice(0, 2)).toEqual([
    '{"profile":"main","countsFor":"blog/main","not":"shop/copy"}',
    '{"profile":"main","countsFor":"blog/main","not":"shop/main"}',
  ]);
});

test('an unreadable alias is counted by the profile that it serves, and is reported in the log', async () => {
  begin();
  dayHasBegun();
  const Name = '/bedrock-access/dev/shop/main';
  const Value = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/main';
  account.parameters = [
    { Name, Value },
    { Name: `${Name}.json`, Value: '{' },
  ];
  called('main', [seconds('2026-11-21T12:00:00Z'), 10]);
  expect(named(await account.run('2026-11-21T12:10:20Z'), 'UnpricedTokens', SHOP)).toEqual([10]);
  expect(account.lines[0]).toBe(
    `{"application":"shop","alias":"main","cause":"the parameter ${Name}.json: the value is not JSON"}`,
  );
});

test('more metrics than fit into a request, a page or a list are all read', async () => {
  const ids = Array.from({ length: 600 }, (_, i) => `profile${i}`);
  begin(...ids.map((id) => profile(id, 'shop', id)));
  dayHasBegun();
  account.mostValues = 300;
  for (const id of ids) {
    called(id, [seconds('2026-11-21T09:00:00Z'), 1_000_000], [seconds('2026-11-21T12:00:00Z'), 1_000_000]);
  }
  expect(named(await account.run('2026-11-21T12:10:20Z'), 'DailyUsd')).toEqual([1200]);
  const sizes = askedFor('GetMetricData').map(({ MetricDataQueries, NextToken = 'first' }) => [
    (MetricDataQueries as readonly unknown[]).length,
    NextToken,
  ]);
  expect(sizes.slice(1).sort()).toEqual([
    [100, 'first'],
    [500, '300'],
    [500, '600'],
    [500, '900'],
    [500, 'first'],
  ]);
  expect(askedFor('ListMetrics').map(({ NextToken = '' }) => NextToken)).toEqual(['', '500', '1000']);
});

describe('every second run looks for what should not be there', () => {
  const at = seconds('2026-11-21T11:55:00Z');
  const look = () => account.run('2026-11-21T12:03:20Z');
  beforeEach(() => {
    begin(profile('main'));
    dayHasBegun();
    const RuleName = 'dev_verification-schedule';
    account.store.add('AWS/Events', 'Invocations', { RuleName }, [seconds('2026-11-21T03:00:00Z'), 1]);
  });

  test.each<[what: string, prepare: () => void, written: readonly string[]]>([
    ['nothing is there', () => undefined, []],
    ['a planned profile was called', () => counted('main', at, { Invocations: 3 }), []],
    [
      'models and system-defined profiles were called, by id or ARN',
      () => {
        counted('anthropic.claude-sonnet-4-6', at, { Invocations: 2 });
        counted('us.amazon.nova-lite-v1:0', at, { Invocations: 3 });
        counted('arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', at, { Invocations: 5 });
        counted('arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.a.b', at, { Invocations: 7 });
      },
      ['all 11:55 CallsAroundProfiles 17 Count'],
    ],
    [
      'profiles that no parameter names were called, by id or ARN',
      () => {
        counted('a1b2c3d4e5f6', at, { Invocations: 2 });
        counted('arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/zz1122', at, { Invocations: 5 });
      },
      ['all 11:55 UnplannedProfileCalls 7 Count'],
    ],
    [
      'a profile of another environment was called',
      () => {
        counted('theirs', at, { Invocations: 2 });
        account.parameters = [
          {
            Name: '/bedrock-access/prod/shop/main',
            Value: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/theirs',
          },
        ];
      },
      [],
    ],
    [
      'an earlier generation of another environment was called, in a parameter that cannot be read',
      () => {
        counted('theirs', at, { Invocations: 2 });
        const json =
          '{"generations":[{"profileArn":"arn:aws:bedrock:us-east-1:1:application-inference-profile/theirs"}]';
        account.parameters = [{ Name: '/bedrock-access/prod/shop/main.json', Value: json }];
      },
      [],
    ],
    [
      'provisioned throughput was called',
      () => counted('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdefghijkl', at, { Invocations: 2 }),
      [],
    ],
    [
      'legacy models were called',
      () => {
        counted('main', at, { LegacyModelInvocations: 2 });
        counted('main', at - 300, { LegacyModelInvocations: 1 });
      },
      ['shop 11:50 LegacyCalls 1 Count', 'shop 11:55 LegacyCalls 2 Count'],
    ],
    [
      'an hour of cache writes had no read',
      () => {
        counted('main', at - 3600, { CacheWriteInputTokens: 20_000 });
        counted('main', at, { CacheWriteInputTokens: 30_000, CacheReadInputTokens: 1 });
      },
      ['shop 10:00 CacheWritesUnread 20000 Count'],
    ],
    [
      'the current hour of cache writes may still have reads',
      () => counted('main', seconds('2026-11-21T12:01:00Z'), { CacheWriteInputTokens: 20_000 }),
      [],
    ],
    ['the window has not ended', () => counted('us.a.b', seconds('2026-11-21T12:01:00Z'), { Invocations: 3 }), []],
    ['an hour is over', () => counted('us.a.b', at - 3600, { Invocations: 3 }), []],
  ])('%s', async (_, prepare, written) => {
    prepare();
    expect(shown(await look()).filter((line) => !/Usd|Unpriced/.test(line))).toEqual(written);
  });

  test('the log names unplanned profiles', async () => {
    counted('a1b2c3d4e5f6', at, { Invocations: 2 });
    counted('b1b2c3d4e5f6', at, { Invocations: 0 });
    await look();
    expect(account.lines[0]).toBe('{"unplannedProfiles":["a1b2c3d4e5f6"]}');
  });

  test('the run between two looks does not look', async () => {
    counted('a1b2c3d4e5f6', at, { Invocations: 2 });
    expect(await account.run('2026-11-21T12:13:20Z')).toEqual([]);
    expect(named(await account.run('2026-11-21T12:23:20Z'), 'UnplannedProfileCalls')).toEqual([2]);
    expect(askedFor('GetParametersByPath').map(({ Path }) => Path)).toEqual(['/bedrock-access/dev', '/bedrock-access']);
  });

  test('a look that fails has written the dollars before, and the next one makes up for it', async () => {
    called('main', [at, 1_000_000]);
    counted('us.a.b', at, { Invocations: 3 });
    account.fault = (operation, { RecentlyActive }) =>
      operation === 'ListMetrics' && RecentlyActive !== undefined
        ? { status: 403, body: { __type: 'AccessDeniedException', message: 'no' } }
        : undefined;
    await expect(look()).rejects.toThrow(
      'CloudWatch did not answer ListMetrics (attempts: 1), AccessDeniedException: no; allow cloudwatch:ListMetrics',
    );
    expect(shown(account.partly)).toEqual(['shop 12:00 DailyUsd 1 None', 'all 12:00 DailyUsd 1 None']);
    account.fault = () => undefined;
    expect(named(await account.run('2026-11-21T12:23:20Z'), 'CallsAroundProfiles')).toEqual([3]);
  });
});

describe('the quota of tokens a minute', () => {
  const at = seconds('2026-11-21T11:55:00Z');
  const look = () => account.run('2026-11-21T12:03:20Z');
  const SONNET = 'anthropic.claude-sonnet-4-6';
  const usage = (ModelId: string, ...samples: readonly Sample[]) =>
    account.store.add('AWS/Bedrock', 'EstimatedTPMQuotaUsage', { ModelId }, ...samples);
  beforeEach(() => {
    begin({ ...profile('main'), modelId: SONNET });
    account.prices = { [`${SONNET} us`]: PRICE };
    dayHasBegun();
    account.modelNames = {
      [SONNET]: { provider: 'Anthropic', name: 'Claude Sonnet 4.6' },
      'amazon.nova-lite-v1:0': { provider: 'Amazon', name: 'Nova Lite' },
    };
    account.quotas = {
      'Maximum size of something': 5,
      'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6': 200_000,
      'On-demand model inference tokens per minute for Amazon Nova Lite': 1_000,
      'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6': 1,
    };
  });
  const percents = (written: readonly Written[]) => shown(written).filter((line) => line.includes('Quota'));

  test('is compared with the busiest minute of everything of the model, and written from 50 percent on', async () => {
    usage('main', [at, 80_000], [at + 60, 50_000], [at - 300, 100_000], [at - 600, 99_000]);
    usage('us.anthropic.claude-sonnet-4-6', [at, 40_000]);
    usage('amazon.nova-lite-v1:0', [at + 120, 599], [at - 600, 499]);
    expect(percents(await look())).toEqual([
      'all 11:50 QuotaUsedPercent 50 Percent',
      'all 11:55 QuotaUsedPercent 60 Percent',
    ]);
    expect(account.lines).toHaveLength(1);
  });

  test('is named in the log from 80 percent on', async () => {
    usage('main', [at, 160_000]);
    expect(percents(await look())).toEqual(['all 11:55 QuotaUsedPercent 80 Percent']);
    expect(account.lines[0]).toBe(
      '{"quota":"Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6","tokensPerMinute":200000,"usedPercent":80}',
    );
  });

  test('is not written for a model whose quota is not known, which the log says', async () => {
    account.quotas = {};
    usage('main', [at, 160_000]);
    expect(percents(await look())).toEqual([]);
    const unknown = `{"quota":"not known","of":"main","modelId":"${SONNET}","routing":"us"}`;
    expect(account.lines[0]).toBe(unknown);
    // A warm function says so once for each reading of the quotas.
    await account.run('2026-11-21T12:23:20Z');
    expect(account.lines.filter((line) => line === unknown)).toHaveLength(1);
  });

  test('is read once an hour by a warm function', async () => {
    await look();
    const pages = askedFor('ListServiceQuotas').length;
    await account.run('2026-11-21T12:23:20Z');
    expect(askedFor('ListServiceQuotas')).toHaveLength(pages);
    await account.run('2026-11-21T13:03:20Z');
    expect(askedFor('ListServiceQuotas')).toHaveLength(2 * pages);
    expect(pages).toBe(2);
  });

  test('is left out if Service Quotas refuses, which the log says, and everything else is written', async () => {
    called('main', [at, 1_000_000]);
    usage('main', [at, 160_000]);
    counted('us.a.b', at, { Invocations: 3 });
    account.fault = (operation) =>
      operation === 'ListServiceQuotas'
        ? { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
        : undefined;
    const written = await look();
    expect([...named(written, 'DailyUsd'), ...named(written, 'CallsAroundProfiles')]).toEqual([1, 3]);
    expect(percents(written)).toEqual([]);
    expect(account.lines[0]).toBe(
      '{"quotas":"not known, because Service Quotas did not answer: AccessDeniedException: no; allow servicequotas:ListServiceQuotas"}',
    );
  });
});

test.each<
  [what: string, everyHours: string, starts: string | undefined, failed: number, metered: string, overdue: boolean]
>([
  ['a start within the day', '24', '2026-11-20T11:10:00Z', 0, '2026-11-19T00:00:00Z', false],
  ['a start more than 25 hours ago', '24', '2026-11-20T10:50:00Z', 0, '2026-11-19T00:00:00Z', true],
  ['a start that failed', '24', '2026-11-20T23:10:00Z', 1, '2026-11-19T00:00:00Z', true],
  ['no start, but the meter is too new to know', '24', undefined, 0, '2026-11-20T11:30:00Z', false],
  ['no start for a fortnight', '336', undefined, 0, '2026-11-05T00:00:00Z', true],
  [
    'a start each hour, the last two and a half hours ago',
    '1',
    '2026-11-21T09:30:00Z',
    0,
    '2026-11-21T08:00:00Z',
    true,
  ],
])('the verification is overdue or not after %s', async (_, EVERY_HOURS, starts, failed, metered, overdue) => {
  begin();
  dayHasBegun(metered);
  if (starts !== undefined) {
    const RuleName = 'dev_verification-schedule';
    account.store.add('AWS/Events', 'Invocations', { RuleName }, [seconds(starts), 1]);
    account.store.add('AWS/Events', 'FailedInvocations', { RuleName }, [seconds(starts), failed]);
  }
  const written = await account.run('2026-11-21T12:03:20Z', { EVERY_HOURS });
  expect(named(written, 'VerificationOverdue')).toEqual(overdue ? [1] : []);
});

describe('a run without all figures', () => {
  beforeEach(() => {
    begin(profile('main'));
    dayHasBegun();
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
    expect(named(await account.run('2026-11-21T12:10:20Z'), 'DailyUsd')).toEqual([1]);
    expect(times).toBeLessThan(0);
  });

  const why = 'CloudWatch did not answer';
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
      'CloudWatch returned no data for 2 metrics, among them Invocations [{"Name":"FunctionName","Value":"dev_meter"}]',
    ],
    [
      'GetMetricData',
      { status: 403, body: { __type: 'AccessDeniedException', message: 'no' } },
      `${why} GetMetricData (attempts: 1), AccessDeniedException: no; allow cloudwatch:GetMetricData`,
    ],
    [
      'GetParametersByPath',
      { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } },
      'cannot read the parameters under /bedrock-access/dev (attempts: 1), AccessDeniedException: no; allow ssm:GetParametersByPath on them',
    ],
  ])('throws and writes nothing, and the next run writes the day: %s %j', async (operation, fault, message) => {
    account.fault = (called) => (called === operation ? fault : undefined);
    await expect(account.run('2026-11-21T12:10:20Z')).rejects.toThrow(new Error(message));
    expect(account.partly).toEqual([]);
    account.fault = () => undefined;
    expect(named(await account.run('2026-11-21T12:13:20Z'), 'DailyUsd')).toEqual([1]);
  });

  test('throws if the last page of a metric is missing', async () => {
    const page = (StatusCode: string, Id: string) => ({ Id, StatusCode, Timestamps: [], Values: [] });
    account.fault = (called, { NextToken }) => {
      const body = NextToken
        ? { MetricDataResults: [page('Complete', 'm1')] }
        : { MetricDataResults: [page('PartialData', 'm0')], NextToken: 'next' };
      return called === 'GetMetricData' ? { status: 200, body } : undefined;
    };
    await expect(account.run('2026-11-21T12:10:20Z')).rejects.toThrow('CloudWatch returned no data for 1 metrics');
  });

  test('shows no credentials that a service repeats', async () => {
    const repeated = Object.values({
      key: 'ASIACANARYCANARYCANA',
      token: `x-amz-security-token:canaryToken${'FwoGZXIvYXdzE'.repeat(20)}==`,
    }).join('\n');
    account.fault = () => ({ status: 403, body: { __type: 'InvalidSignatureException', message: repeated } });
    const error: unknown = await account.run('2026-11-21T12:10:20Z').catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('InvalidSignatureException');
    expect(String(error)).not.toMatch(/canary|ASIA|FwoG/i);
  });
});

test.each([
  [{ ENVIRONMENT: '' }, 'the environment variable ENVIRONMENT is not set'],
  [{ VERIFICATION_RULE: '' }, 'the environment variable VERIFICATION_RULE is not set'],
  [{ EVERY_HOURS: '0' }, "the environment variable EVERY_HOURS is '0'; it must be a whole number above 0"],
])('a wrong setting is named: %j', async (variables, message) => {
  await expect(account.run('2026-11-21T12:10:20Z', variables)).rejects.toThrow(message);
  expect(account.requests).toEqual([]);
});
