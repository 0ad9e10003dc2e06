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

test('an application has two alarms and three for each alias, and one more if it has a budget', () => {
  const names = (changes = {}) => alarmsOf(changes).map(({ name }) => name.replace('dev_shop_', ''));
  const main = ['main_throttles', 'main_errors', 'main_latency'];
  expect(names()).toEqual([...main, 'cache-reads', 'legacy']);
  expect(names({ budget })).toEqual([...main, 'daily-usd', 'cache-reads', 'legacy']);
  const nova = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
  expect(names({ models: { main: nova, fast: nova } }).slice(0, 6)).toEqual([
    'fast_throttles',
    'fast_errors',
    'fast_latency',
    ...main,
  ]);
});

test('while an upgrade keeps two models of an alias, each has alarms, and the served one has the plain names', () => {
  const previous = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
  const main = { model: 'anthropic.claude-sonnet-4-6', routing: 'us', previous };
  const { applications } = planOf({ shop: application({ models: { main } }) });
  const [{ alarms, generations } = { alarms: [], generations: [] }] = applications;
  const shown = alarms.slice(0, 6).map(({ name, measure }) => {
    const [first] = 'metrics' in measure ? Object.values(measure.metrics) : [measure];
    return [name, first?.dimensions];
  });
  const [served, kept] = generations.map((g) => ({ ModelId: `{${g.profileName}}` }));
  const old = generations.find((g) => !g.served)?.generation;
  expect(shown).toEqual([
    ['dev_shop_main_throttles', served],
    ['dev_shop_main_errors', served],
    ['dev_shop_main_latency', served],
    [`dev_shop_main_${old}_throttles`, kept],
    [`dev_shop_main_${old}_errors`, kept],
    [`dev_shop_main_${old}_latency`, kept],
  ]);
});

test('the alarms of an alias read what only Bedrock can write, and name the alias and its model', () => {
  const alarms = alarmsOf().slice(0, 3);
  const read = alarms.flatMap(({ measure }) => ('metrics' in measure ? Object.values(measure.metrics) : [measure]));
  expect(read.map((m) => `${m.namespace} ${m.name} ${m.statistic} by ${Object.keys(m.dimensions)}`)).toEqual([
    'AWS/Bedrock InvocationThrottles Sum by ModelId',
    'AWS/Bedrock Invocations Sum by ModelId',
    'AWS/Bedrock InvocationClientErrors Sum by ModelId',
    'AWS/Bedrock InvocationServerErrors Sum by ModelId',
    'AWS/Bedrock InvocationThrottles Sum by ModelId',
    'AWS/Bedrock InvocationLatency p90 by ModelId',
  ]);
  const described = alarms.filter((a) => a.runbook.meaning.includes('shop/main (amazon.nova-lite-v1:0)'));
  expect(described).toHaveLength(3);
});

test.each<[what: string, changes: Readonly<Record<string, unknown>>, threshold: number]>([
  ['main_throttles', {}, 25],
  ['main_throttles', { alarms: { throttlesPerMinute: 0.5 } }, 2.5],
  ['main_errors', {}, 5],
  ['main_errors', { alarms: { errorRatePercent: 0.5 } }, 0.5],
  ['main_latency', {}, 20_000],
  ['main_latency', { alarms: { p90LatencyMs: 900 } }, 900],
  ['daily-usd', { budget }, 50],
  ['daily-usd', { budget: { ...budget, monthlyUsd: 0.35 } }, 0.04],
  ['daily-usd', { budget, alarms: { dailyUsd: 40 } }, 40],
  ['daily-usd', { alarms: { dailyUsd: 40 } }, 40],
  ['cache-reads', {}, 10_000],
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
  const lookingAtAws =
    /^aws (logs tail \/aws\/lambda\/[\w-]+_[a-z-]+ --since 1h|sqs list-queues --queue-name-prefix [\w-]+_dead-letters)$/;
  expect(others.filter((run) => !lookingAtAws.test(run))).toEqual([]);
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
  const names = Object.fromEntries(['i', 'c', 's', 't'].map((name) => [name, metrics[name]]));
  return runInNewContext(expression.replaceAll(' AND ', ' && '), {
    ...names,
    FILL: (metric: number | undefined, other: number) => metric ?? other,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
  });
}

test.each([
  [{}, 0, 'nobody called'],
  [{ i: 500 }, 0, 'every call was answered'],
  // Few calls that all fail, as Bedrock counts them in either documented way.
  [{ c: 3 }, 100, 'three invalid requests'],
  [{ s: 3 }, 100, 'three errors, counted as errors alone'],
  [{ i: 3, s: 3 }, 100, 'three errors, counted as calls too'],
  [{ i: 2, s: 2, c: 1 }, 100, 'three errors, of which Bedrock accepted two'],
  [{ c: 1, s: 2 }, 100, 'three errors of two kinds'],
  [{ t: 3 }, 100, 'three throttles'],
  [{ c: 1, t: 2 }, 100, 'an invalid request and two throttles'],
  [{ t: 19 }, 100, 'every call throttled, too few for the alarm on throttles'],
  [{ i: 3, c: 3 }, 100, 'three accepted requests that failed'],
  [{ i: 19, c: 19 }, 100, 'one attempt less than a rate needs'],
  [{ i: 5000, s: 5000 }, 100, 'a busy alias that fails altogether'],
  // Too few to say anything.
  [{ c: 2 }, 0, 'two invalid requests'],
  [{ t: 2 }, 0, 'two throttles'],
  [{ i: 1, s: 1 }, 0, 'one error, counted as a call too'],
  [{ i: 4, s: 3 }, 0, 'an answer among few errors'],
  [{ i: 18, s: 1 }, 0, 'one attempt less than a rate needs'],
  [{ i: 1, t: 18 }, 0, 'throttles that a retry of the SDK hides'],
  // Many calls.
  [{ i: 20, s: 1 }, 5, 'one error in twenty calls'],
  [{ i: 10, s: 1, t: 10 }, 5, 'one error in ten calls and ten throttles'],
  [{ i: 1000, c: 1 }, 0.1, 'few errors of many calls'],
  [{ i: 1000, c: 20, s: 30 }, 5, 'errors of two kinds'],
  [{ i: 40, t: 40 }, 0, 'throttles are no errors'],
  [{ i: 30, c: 29 }, (100 * 29) / 30, 'nearly every call'],
])('the error rate of an hour with %j is %p percent: %s', (metrics, percent, _) => {
  expect(value(alarmOf('main_errors')?.measure as MathPlan, metrics)).toBeCloseTo(percent, 10);
});

test('three slow windows raise the alarm, also of an alias that is called every ten minutes', () => {
  const latency = alarmOf('main_latency');
  const minutes = ((latency?.evaluationPeriods ?? 0) * (latency?.periodSeconds ?? 0)) / 60;
  expect(minutes / 10).toBeGreaterThanOrEqual(latency?.datapointsToAlarm ?? Number.POSITIVE_INFINITY);
});

test.each([
  ['dev_shop_main_throttles', 'notBreaching'],
  ['dev_shop_main_errors', 'notBreaching'],
  ['dev_shop_main_latency', 'notBreaching'],
  ['dev_shop_daily-usd', 'notBreaching'],
  ['dev_shop_cache-reads', 'notBreaching'],
  ['dev_shop_legacy', 'notBreaching'],
  ['dev_calls-around-profiles', 'notBreaching'],
  ['dev_unplanned-profile', 'notBreaching'],
  ['dev_quota', 'notBreaching'],
  ['dev_verification-failed', 'ignore'],
  ['dev_verification-overdue', 'notBreaching'],
  ['dev_meter-stopped', 'breaching'],
  ['dev_verification-function', 'notBreaching'],
  ['dev_meter-function', 'notBreaching'],
  ['dev_limit-function', 'notBreaching'],
  ['dev_dead-letters', 'notBreaching'],
])('the alarm %s treats missing data as %s', (name, treatment) => {
  const { alarms, applications } = planOf({ shop: application({ budget }) });
  const planned = [...alarms, ...applications.flatMap((a) => a.alarms)];
  expect(planned.map((a) => a.name)).toHaveLength(16);
  expect(planned.find((a) => a.name === name)?.treatMissingData).toBe(treatment);
});
