import { runInNewContext } from 'node:vm';
import { commands } from '../../../lib/cli/commands/commands';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { type AlarmPlan, alarmDescription, type MathPlan } from '../../../lib/plan/parts/alarm-plan';
import { application, largestApplication, longName, planOf, testEnvironment } from '../environments';

const budget = { monthlyUsd: 500, notify: ['team@example.com'] };
const alarmsOf = (changes: Readonly<Record<string, unknown>> = {}): readonly AlarmPlan[] =>
  planOf({ shop: application(changes) }).applications[0]?.alarms ?? [];
const alarmOf = (what: string, changes?: Readonly<Record<string, unknown>>): AlarmPlan | undefined =>
  alarmsOf(changes).find(({ name }) => name === `dev_shop_${what}`);

test('an application has five alarms by default, and a sixth if it has a budget', () => {
  const names = (changes = {}) => alarmsOf(changes).map(({ name }) => name);
  const five = ['throttles', 'errors', 'latency', 'cache-reads', 'legacy'].map((what) => `dev_shop_${what}`);
  expect(names()).toEqual(five);
  expect(names({ budget })).toEqual([...five.slice(0, 3), 'dev_shop_daily-usd', ...five.slice(3)]);
});

test.each<[what: string, changes: Readonly<Record<string, unknown>>, threshold: number]>([
  ['throttles', {}, 25],
  ['throttles', { alarms: { throttlesPerMinute: 0.5 } }, 2.5],
  ['errors', {}, 5],
  ['errors', { alarms: { errorRatePercent: 0.5 } }, 0.5],
  ['latency', {}, 20_000],
  ['latency', { alarms: { p90LatencyMs: 900 } }, 900],
  ['daily-usd', { budget }, 50],
  ['daily-usd', { budget: { ...budget, monthlyUsd: 0.35 } }, 0.04],
  ['daily-usd', { budget, alarms: { dailyUsd: 40 } }, 40],
  ['daily-usd', { alarms: { dailyUsd: 40 } }, 40],
  ['cache-reads', {}, 1],
  ['legacy', {}, 1],
])('the alarm %s of %j has the threshold %p', (what, changes, threshold) => {
  expect(alarmOf(what, changes)?.threshold).toBe(threshold);
});

const LIMIT = 'arn:aws:lambda:us-east-1:111122223333:function:dev_limit';

test.each<[changes: Readonly<Record<string, unknown>>, denies: boolean]>([
  [{ budget, alarms: { dailyUsd: 40 } }, false],
  [{ budget: { ...budget, atLimit: 'deny' }, alarms: { dailyUsd: 40 } }, true],
  // The file sets no daily limit. The alarm at the default notifies, and the monthly budget denies.
  [{ budget: { ...budget, atLimit: 'deny' } }, false],
])('the daily alarm of %j calls the function that denies: %p', (changes, denies) => {
  const calling = alarmsOf(changes).filter(({ actions }) => actions.includes(LIMIT));
  expect(calling.map(({ name }) => name)).toEqual(denies ? ['dev_shop_daily-usd'] : []);
});

const plans = (['dev', 'prod'] as const).map((name) => planAccess(testEnvironment(name)));
const all = [
  ...plans,
  planOf(
    { [longName(24)]: largestApplication({ model: 'amazon.nova-lite-v1:0', routing: 'us' }) },
    { name: longName(20) },
  ),
].flatMap((plan) => [...plan.alarms, ...plan.applications.flatMap((a) => a.alarms)]);

test('every alarm has a runbook that fits CloudWatch, and notifies one topic', () => {
  const wrong = all.filter(
    ({ runbook, actions, name }) =>
      alarmDescription(runbook).length > 1024 ||
      Object.values(runbook).some((text) => text.length < 10) ||
      actions.filter((arn) => arn.includes(':sns:')).length !== 1 ||
      actions.length > 5 ||
      name.length > 255,
  );
  expect(all.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

test('every command of a runbook exists', () => {
  const known = [...commands.map(({ name }) => name), 'budget', 'costs'];
  const words = all.flatMap(({ runbook: { run } }) => /^npx bedrock-access ([a-z]+)/.exec(run)?.[1] ?? []);
  expect([...new Set(words)].filter((word) => !known.includes(word))).toEqual([]);
  const others = all.map(({ runbook: { run } }) => run).filter((run) => !run.startsWith('npx bedrock-access '));
  expect(others.filter((run) => !/^aws logs tail \/aws\/lambda\/[\w-]+_meter --since 1h$/.test(run))).toEqual([]);
});

test('no alarm has more than ten metrics, a search, or periods that CloudWatch refuses', () => {
  const wrong = all.filter(({ measure, periodSeconds, evaluationPeriods, datapointsToAlarm }) => {
    const most = periodSeconds >= 3600 ? 604_800 : 86_400;
    return (
      ('expression' in measure && (Object.keys(measure.metrics).length > 9 || measure.expression.includes('SEARCH'))) ||
      (periodSeconds % 60 !== 0 && ![10, 20, 30].includes(periodSeconds)) ||
      periodSeconds * evaluationPeriods > most ||
      datapointsToAlarm > evaluationPeriods
    );
  });
  expect(wrong).toEqual([]);
});

/** Evaluates metric math as JavaScript for one period, as far as these expressions use it. */
function value({ expression }: MathPlan, metrics: Readonly<Record<string, number | undefined>>): number {
  const names = Object.fromEntries(['mp', 'mw1', 'mw2', 't', 'w', 'r'].map((name) => [name, metrics[name]]));
  return runInNewContext(expression.replaceAll(' AND ', ' && '), {
    ...names,
    FILL: (metric: number | undefined, other: number) => metric ?? other,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
  });
}

test.each([
  [{}, Number.NaN],
  [{ t: 1 }, 0],
  [{ mp: 20, mw1: 20 }, Number.NaN],
  [{ mp: 3, mw1: 3, t: 1 }, 0],
  [{ mp: 19, mw1: 19, t: 1 }, 0],
  [{ mp: 1, mw1: 20, t: 1 }, 5],
  [{ mp: 1, mw1: 10, mw2: 10, t: 1 }, 5],
  [{ mw2: 40, t: 1 }, 0],
  [{ mp: 20, mw1: 20, t: 1 }, 100],
  // Every call is refused as invalid, which Bedrock counts as an error and not as a call.
  [{ mp: 20, t: 1 }, 100],
  [{ mp: 19, t: 1 }, 0],
  [{ mp: 30, mw1: 10, t: 1 }, 100],
  // The window was metered twice.
  [{ mp: 1, mw1: 20, t: 2 }, 5],
])(
  'the error rate of %j is %p percent (errors mp, calls mw1, throttles mw2, metered windows t)',
  (metrics, percent) => {
    expect(value(alarmOf('errors')?.measure as MathPlan, metrics)).toBe(percent);
  },
);

test.each([
  [{}, 0],
  [{ w: 9_999 }, 0],
  [{ w: 10_000 }, 1],
  [{ w: 10_000, r: 0 }, 1],
  [{ w: 10_000, r: 1 }, 0],
  [{ r: 5 }, 0],
])(
  'a window of %j counts as %p for the alarm on unused caches (w written tokens, r read tokens)',
  (metrics, counts) => {
    expect(value(alarmOf('cache-reads')?.measure as MathPlan, metrics)).toBe(counts);
  },
);

test('three slow windows raise the alarm, and count until the next window is metered', () => {
  const latency = alarmOf('latency');
  // A window is metered up to 13 minutes after its beginning, and the next one up to 5 minutes later.
  const oldest = 13 + 5 + 2 * 5;
  expect(latency?.datapointsToAlarm).toBe(3);
  expect(((latency?.evaluationPeriods ?? 0) * (latency?.periodSeconds ?? 0)) / 60).toBeGreaterThanOrEqual(oldest);
});

test.each([
  ['dev_shop_throttles', 'notBreaching'],
  ['dev_shop_errors', 'notBreaching'],
  ['dev_shop_latency', 'notBreaching'],
  ['dev_shop_daily-usd', 'ignore'],
  ['dev_shop_cache-reads', 'notBreaching'],
  ['dev_shop_legacy', 'notBreaching'],
  ['dev_calls-around-profiles', 'notBreaching'],
  ['dev_verification-failed', 'ignore'],
  ['dev_verification-overdue', 'ignore'],
  ['dev_meter-stopped', 'breaching'],
])('the alarm %s treats missing data as %s', (name, treatment) => {
  const { alarms, applications } = planOf({ shop: application({ budget }) });
  const planned = [...alarms, ...applications.flatMap((a) => a.alarms)];
  expect(planned.map((a) => a.name)).toHaveLength(10);
  expect(planned.find((a) => a.name === name)?.treatMissingData).toBe(treatment);
});
