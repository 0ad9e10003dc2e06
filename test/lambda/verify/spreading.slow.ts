import type { Parameter } from '../../../aws/services/parameter-pages';
import { aliasesIn } from '../../../lambda/aliases/aliases';
import type { Call, Reply } from '../../../lambda/verify/bedrock/call';
import { gateVerdict } from '../../../lambda/verify/gate/gate-verdict';
import type { ProbeResult, VerificationResult } from '../../../lambda/verify/result';
import { type Dependencies, verify } from '../../../lambda/verify/verify';
import { type Random, seededRandom } from '../../iam/random';
import {
  AccountInMemory,
  awsError,
  denied,
  embeddingParametersOf,
  parametersOf,
  profileArn,
  settings,
} from './account';
import { inVirtualTime, type VirtualClock } from './virtual-time';

const MODEL = 'anthropic.claude-sonnet-4-6';
const SPREADING = 60_000;
const shop = parametersOf('shop', 'main');

/** An account whose answers depend on the time of `clock` and on the role. */
interface Changing {
  readonly parameters?: (now: number) => readonly Parameter[];
  readonly answer?: (now: number, call: Call, role: string) => Reply | Error | undefined;
  /** Returns the error of assuming a role at a time, if there is one. */
  readonly untrusted?: (now: number, role: string) => Error | undefined;
  /** Time in which policies may still be spreading, in milliseconds. */
  readonly spreading?: number;
  readonly timeLeft?: number;
  readonly random?: Random;
  /** Returns the duration of a call, in milliseconds. */
  readonly duration?: () => number;
}

interface Run extends VerificationResult {
  readonly clock: VirtualClock;
  readonly account: AccountInMemory;
}

function run({
  parameters = () => shop,
  answer = () => undefined,
  untrusted = () => undefined,
  spreading = SPREADING,
  timeLeft = 900_000,
  random = seededRandom(7),
  duration = () => 200,
}: Changing): Promise<Run> {
  const account = new AccountInMemory([]);
  return inVirtualTime({ timeLeft, random: () => random.below(2 ** 32) / 2 ** 32 }, async (clock) => {
    const takes = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, duration()));
    account.answer = (call, role) => answer(clock.now(), call, role);
    const dependencies: Dependencies = {
      ...account,
      clock,
      readPage: async (...page) => {
        await takes();
        return new AccountInMemory(parameters(clock.now())).readPage(...page);
      },
      assumeRole: async (role) => {
        await takes();
        const refusal = untrusted(clock.now(), role);
        if (refusal !== undefined) {
          throw refusal;
        }
        const { send } = await account.assumeRole(role);
        return {
          send: async (...call) => {
            await takes();
            return send(...call);
          },
        };
      },
    };
    return {
      ...(await verify(settings, dependencies, {
        applications: ['shop'],
        spreading: { rights: spreading, aliases: spreading },
      })),
      clock,
      account,
    };
  });
}

const named = (probes: readonly ProbeResult[], probe: string): ProbeResult | undefined =>
  probes.find((p) => p.probe === probe);
const wrong = (probes: readonly ProbeResult[]): string[] =>
  probes.filter(({ asIntended }) => !asIntended).map(({ probe, outcome }) => `${probe} ${outcome}`);
const refusal = (): Error =>
  awsError('AccessDenied', 403, 'User: f is not authorized to perform: sts:AssumeRole on resource: arn:r');

test('in a correct account each call is made once, without waits', async () => {
  const { probes, clock, account } = await run({});
  expect(wrong(probes)).toEqual([]);
  expect(account.calls).toHaveLength(9);
  expect(clock.slept).toEqual([]);
});

test.each([0, 4_000, 30_000, 58_000])('a grant that takes %i ms to spread passes', async (granted) => {
  const result = await run({ answer: (now) => (now < granted ? denied() : undefined) });
  expect(wrong(result.probes)).toEqual([]);
  expect(gateVerdict('shop', result).passed).toBe(true);
  expect(result.clock.now()).toBeLessThan(granted + 8_000);
});

test('a grant that takes 90 s to spread is denied, and all attempts are counted', async () => {
  const result = await run({ answer: (now) => (now < 90_000 ? denied() : undefined) });
  expect(wrong(result.probes)).toEqual([
    'text denied',
    'stream denied',
    'control denied',
    'foreign-profile inconclusive',
    'missing-profile inconclusive',
    'bearer-token inconclusive',
    'mantle inconclusive',
    'bare-model inconclusive',
    'system-profile inconclusive',
  ]);
  for (const probe of ['text', 'stream', 'control']) {
    expect(named(result.probes, probe)?.attempts).toBeGreaterThan(15);
  }
  expect(gateVerdict('shop', result).passed).toBe(false);
  // All calls are made at the same time.
  expect(result.clock.now()).toBeGreaterThan(SPREADING);
  expect(result.clock.now()).toBeLessThan(SPREADING + 8_000);
});

test.each([4_000, 30_000, 58_000])('a role that trusts the function only after %i ms passes', async (trusted) => {
  const { probes } = await run({ untrusted: (now) => (now < trusted ? refusal() : undefined) });
  expect(wrong(probes)).toEqual([]);
});

test('a role that trusts the function only after 90 s does not pass', async () => {
  const { probes, account } = await run({ untrusted: (now) => (now < 90_000 ? refusal() : undefined) });
  expect(named(probes, 'text')).toMatchObject({ outcome: 'denied', deniedAction: 'sts:AssumeRole', attempts: 0 });
  expect(named(probes, 'control')).toMatchObject({ outcome: 'denied' });
  expect(account.calls).toEqual([]);
});

test('trust after 20 s and the grant after 40 s pass', async () => {
  const { probes } = await run({
    untrusted: (now) => (now < 20_000 ? refusal() : undefined),
    answer: (now) => (now < 40_000 ? denied() : undefined),
  });
  expect(wrong(probes)).toEqual([]);
});

const search = parametersOf('search', 'main');
const later = (since: number, first: readonly Parameter[], then = [...search, ...shop]) => ({
  parameters: (now: number) => (now < since ? first : then),
});
const moved = shop.map((p) => (p.name.endsWith('.json') ? p : { ...p, value: profileArn('shop', 'moved') }));

test.each([
  ['both parameters of its only alias', search],
  ['one parameter of its only alias', [...search, ...shop.slice(1)]],
  ['the old value of one parameter', [...search, ...moved]],
  ['every parameter of the environment', []],
])('an application that is first found without %s passes', async (_, first) => {
  for (const since of [500, 4_000, 55_000]) {
    const { probes, clock } = await run(later(since, first));
    expect([since, wrong(probes)]).toEqual([since, []]);
    expect(clock.now()).toBeLessThan(since + 8_000);
  }
});

test('aliases that are missing for 90 s are reported, and without spreading there is no wait', async () => {
  const [arn = { name: '', value: '' }] = shop;
  await expect(run(later(90_000, search))).rejects.toThrow(
    "there is no application 'shop' under /bedrock-access/dev; existing applications: search",
  );
  await expect(run({ ...later(4_000, []), spreading: 0 })).rejects.toThrow(
    'there is no alias under /bedrock-access/dev',
  );
  const { probes, clock } = await run({ ...later(4_000, [arn]), spreading: 0 });
  expect(probes.map(({ cause }) => cause)).toEqual([
    `not run: the parameter ${arn.name} exists, but ${arn.name}.json is missing`,
  ]);
  expect(clock.slept).toEqual([]);
});

test('the wait for aliases ends when no time is left', async () => {
  const { probes, clock } = await run({ ...later(90_000, shop.slice(0, 1)), timeLeft: 30_000 });
  expect(probes.map(({ outcome }) => outcome)).toEqual(['inconclusive']);
  expect(clock.timeLeft()).toBeGreaterThanOrEqual(5_000);
});

test('there is no wait for an unreadable alias of another application', async () => {
  const broken = [{ name: '/bedrock-access/dev/search/main.json', value: '{' }];
  const { probes, clock } = await run(later(90_000, [...broken, ...shop]));
  expect(wrong(probes)).toEqual([]);
  expect(clock.slept).toEqual([]);
});

const isBareModel = ({ operation, target }: Call): boolean => operation === 'Converse' && target === MODEL;

const bareModelAnswers =
  (until: number) =>
  (now: number, call: Call): Reply | undefined =>
    isBareModel(call) && now < until ? { inputTokens: 5 } : undefined;

test.each([4_000, 30_000, 58_000])('a removed grant that still applies for %i ms passes', async (taken) => {
  const { probes } = await run({ answer: bareModelAnswers(taken) });
  expect(wrong(probes)).toEqual([]);
  expect(named(probes, 'bare-model')?.attempts).toBeGreaterThan(1);
});

test('an excessive grant that stays is allowed, and fails the gate', async () => {
  const result = await run({ answer: bareModelAnswers(Number.POSITIVE_INFINITY) });
  expect(wrong(result.probes)).toEqual(['bare-model allowed']);
  expect(gateVerdict('shop', result).passed).toBe(false);
});

test('an excessive grant fails the gate even if the last attempts are throttled', async () => {
  let answered = 0;
  const result = await run({
    answer: (_, call) =>
      !isBareModel(call) ? undefined : answered++ < 3 ? { inputTokens: 5 } : awsError('ThrottlingException', 429),
  });
  expect(named(result.probes, 'bare-model')).toMatchObject({ outcome: 'allowed', asIntended: false });
  expect(named(result.probes, 'bare-model')).not.toHaveProperty('passes');
  expect(gateVerdict('shop', result).passed).toBe(false);
});

test('missing access fails the gate even if some attempts are throttled', async () => {
  let attempts = 0;
  const result = await run({
    answer: (_, { operation }) =>
      operation !== 'ConverseStream'
        ? undefined
        : attempts++ % 2 === 0
          ? denied()
          : awsError('ThrottlingException', 429),
  });
  expect(named(result.probes, 'stream')).toMatchObject({ outcome: 'denied', deniedArn: 'arn:x' });
  expect(gateVerdict('shop', result).passed).toBe(false);
});

test.each([
  ['a grant', { answer: (now: number) => (now < 4_000 ? denied() : undefined) }, 'control denied'],
  ['a removed grant', { answer: bareModelAnswers(4_000) }, 'bare-model allowed'],
  ['trust', { untrusted: (now: number) => (now < 4_000 ? refusal() : undefined) }, 'control denied'],
])('without spreading there is no wait: %s', async (_, changing, wrongProbe) => {
  const { probes, clock } = await run({ ...changing, spreading: 0 });
  expect(wrong(probes)).toContain(wrongProbe);
  expect(probes.every(({ attempts }) => attempts <= 1)).toBe(true);
  expect(clock.slept).toEqual([]);
  expect(clock.now()).toBeLessThan(3_000);
});

test('a problem that stays until somebody acts is not retried', async () => {
  const { account, clock } = await run({ answer: () => awsError('ValidationException', 400) });
  expect(account.calls).toHaveLength(9);
  expect(clock.slept).toEqual([]);
});

test('if time runs out before a change has spread, the last results are reported', async () => {
  const result = await run({ answer: () => denied(), timeLeft: 30_000 });
  expect(named(result.probes, 'text')).toMatchObject({ outcome: 'denied' });
  expect(result.clock.timeLeft()).toBeGreaterThanOrEqual(5_000);
  expect(gateVerdict('shop', result).passed).toBe(false);
});

/** Returns a random account with random faults, whose answers change with the time. */
function randomChanging(random: Random): Changing {
  const aliases = 1 + random.below(6);
  const parameters = Array.from({ length: aliases }, (_, i) =>
    random.chance(0.2) ? embeddingParametersOf('shop', `a${i}`) : parametersOf('shop', `a${i}`),
  ).flat();
  const passing: readonly (() => Error | Reply | undefined)[] = [
    denied,
    () => awsError('ThrottlingException', 429),
    () => awsError('InternalServerException', 500),
    () => Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  ];
  const staying = [() => awsError('ValidationException', 400), () => ({ inputTokens: 1 }), () => undefined];
  const mix = [denied, ...random.some(random.chance(0.5) ? passing : [...passing, ...staying], 6)];
  const until = random.below(120_000);
  const slowest = random.one([10, 500, 20_000, 100_000]);
  return {
    parameters: () => parameters,
    random,
    spreading: random.one([0, SPREADING, SPREADING]),
    timeLeft: random.one([5_100, 9_000, 12_000, 40_000, 90_000, 300_000, 900_000]) + random.below(5_000),
    duration: () => random.below(slowest),
    answer: (now) => (now < until ? random.one(mix)() : undefined),
    untrusted: (now) =>
      now < until && random.chance(0.3) ? random.one([refusal, () => awsError('Throttling', 400)])() : undefined,
  };
}

test('2,000 random runs end in time, make a limited number of calls and report every probe', async () => {
  const random = seededRandom(19);
  let repeated = 0;
  let cutShort = 0;
  for (let i = 0; i < 2_000; i++) {
    const changing = randomChanging(random);
    const outcome = await run(changing).catch((error: Error) => error);
    if (outcome instanceof Error) {
      // With so little time, not even the parameters are read.
      expect(outcome.message).toMatch(/^cannot read the parameters under/);
      continue;
    }
    const { probes, clock, account } = outcome;
    expect(clock.timeLeft()).toBeGreaterThanOrEqual(5_000 - 1);
    expect(Math.max(0, ...clock.slept)).toBeLessThan(5_000);
    expect(Math.max(...probes.map(({ attempts }) => attempts))).toBeLessThan(100);
    expect(account.calls.length).toBeLessThanOrEqual(probes.reduce((sum, { attempts }) => sum + attempts, 0));
    const { readable } = aliasesIn('/bedrock-access/dev', changing.parameters?.(0) ?? []);
    const ofAliases = readable.flatMap(({ served: { probes } }) => (probes.includes('embed') ? 2 : 4));
    expect(new Set(probes.map(({ alias, probe }) => `${alias} ${probe}`)).size).toBe(probes.length);
    expect(probes).toHaveLength(ofAliases.reduce<number>((sum, n) => sum + n, 5));
    repeated += probes.some(({ attempts }) => attempts > 10) ? 1 : 0;
    cutShort += probes.some(({ attempts }) => attempts === 0) ? 1 : 0;
  }
  // Otherwise the property would not have been tested at all.
  expect(repeated).toBeGreaterThan(150);
  expect(cutShort).toBeGreaterThan(200);
}, 60_000);

test.each([
  ['a profile that is not found', awsError('ResourceNotFoundException', 404)],
  [
    'a profile that is not known as a model yet',
    awsError('ValidationException', 400, 'The provided model identifier is invalid.'),
  ],
])('%s for 9 s after its creation is retried', async (_, error) => {
  const { probes } = await run({
    answer: (now, { target }) => (now < 9_000 && target.includes('profile/shop') ? error : undefined),
  });
  expect(wrong(probes)).toEqual([]);
});

test('a profile that is not found for 90 s is reported, and a wrong request is not retried', async () => {
  const missing = await run({
    answer: (_, { target }) =>
      target.includes('profile/shop') ? awsError('ResourceNotFoundException', 404) : undefined,
  });
  expect(named(missing.probes, 'text')).toMatchObject({
    outcome: 'inconclusive',
    error: { name: 'ResourceNotFoundException' },
  });
  expect(missing.clock.now()).toBeGreaterThanOrEqual(60_000);
  const refused = await run({
    answer: (_, { operation }) => (operation === 'ConverseStream' ? awsError('ValidationException', 400) : undefined),
  });
  expect(named(refused.probes, 'stream')).toMatchObject({ attempts: 1 });
});
