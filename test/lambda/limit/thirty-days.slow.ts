import { followOrder } from '../../../lambda/limit/follow-order';
import { parseLimitEvent, RefusedEvent } from '../../../lambda/limit/limit-event';
import type { Document } from '../../../lambda/meter/documents';
import { type Memory, NOTHING_REMEMBERED, runMeter } from '../../../lambda/meter/run-meter';
import { alarmArn, PRICES, type Service, SimulatedAccount, type SimulatedApplication } from './simulated-account';

const DAY = 86_400;
const MINUTE = 60;
const START = Date.parse('2026-11-10T00:00:00Z') / 1000;
const DAYS = 30;

/** Longest time from the limit to the denial, in seconds. */
const BOUND = 15 * MINUTE;

const APPLICATIONS: readonly SimulatedApplication[] = [
  { name: 'shop', dailyUsd: 40, principals: ['role shop-api', 'role shared', 'user alice'], profiles: ['s1', 's0'] },
  { name: 'search', dailyUsd: 10, principals: ['role search-api', 'role shared'], profiles: ['f1'] },
  { name: 'calm', dailyUsd: 5_000, principals: ['role calm-api'], profiles: ['c1', 'c0'] },
  { name: 'monthly', principals: ['role monthly-api'], profiles: ['m1'] },
];

/** How the world behaves in a simulation. */
interface World {
  readonly title: string;
  /** Longest delay of a value of a metric, in minutes. */
  readonly delay: number;
  /** True if CloudWatch does not answer for hours, also over midnight. Denials then wait until it answers. */
  readonly outages: boolean;
}

const WORLDS: readonly World[] = [
  { title: 'short failures', delay: 4, outages: false },
  { title: 'outages of hours', delay: 9, outages: true },
];

/** What goes wrong at midnight, a different thing each night. */
const MIDNIGHTS = ['missed', 'doubled', 'cloudwatch', 'ssm', 'iam', 'budgets', 'sns', 'forged', 'cold'] as const;

/** Random numbers that a seed determines (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Events that are not what they look like. */
const FORGED: readonly unknown[] = [
  { source: 'aws.cloudwatch', alarmArn: alarmArn('calm'), accountId: '111122223333', region: 'us-east-1' },
  { source: 'aws.cloudwatch', alarmArn: alarmArn('none'), accountId: '111122223333', region: 'us-east-1' },
  { source: 'aws.cloudwatch', alarmArn: alarmArn('calm'), accountId: '999988887777', region: 'us-east-1' },
  { scheduled: true, time: '2099-01-01T00:00:00Z' },
  { release: 'shop' },
  { release: 'shop', by: 'x', day: '2099-01-01' },
  { RequestType: 'Delete' },
  {},
];

interface Day {
  readonly spent: Map<string, bigint>;
  /** Time at which an application reached its limit. */
  readonly reached: Map<string, number>;
}

/** Runs the simulation, and returns what was wrong. */
async function simulate(
  world: World,
  seed: number,
): Promise<{ readonly wrong: readonly string[]; readonly denials: number }> {
  const random = randomOf(seed);
  const chance = (probability: number): boolean => random() < probability;
  const account = new SimulatedAccount(APPLICATIONS, random);
  account.full.add('role shared');
  account.actions.set('monthly', { status: 'STANDBY', at: START - DAY });
  const wrong: string[] = [];
  const days = new Map<number, Day>();
  const written = new Map<string, number>();
  let memory: Memory = NOTHING_REMEMBERED;
  let denials = 0;
  let failedBefore: boolean = false;
  let outageUntil = 0;
  const denied = new Map<string, boolean>();

  const say = (words: string): void => {
    wrong.push(`${new Date(account.now * 1000).toISOString()} ${words}`);
  };

  const expectThat = (fact: boolean, otherwise: string): void => {
    if (!fact) {
      say(otherwise);
    }
  };

  const order = async (event: unknown): Promise<void> => {
    try {
      await followOrder(parseLimitEvent(event, account.limit.settings), account.limit);
    } catch (error) {
      if (!(error instanceof RefusedEvent || account.failing.size > 0)) {
        throw error;
      }
    }
  };

  const meter = async (): Promise<void> => {
    let failed = 0;
    try {
      await runMeter(
        { environment: 'dev', region: 'us-east-1', functionName: 'dev_meter', verificationRule: 'r', everyHours: 24 },
        {
          ...{ readPage: account.readPage, cloudWatch: account.cloudWatch, prices: PRICES, modelNames: {} },
          ...{ clock: account.clock, readQuotas: async () => ({ quotas: [] }), log: () => {} },
          write: (documents: readonly Document[]) => {
            for (const { application, at, measurements } of documents) {
              for (const [name, , value] of measurements) {
                if (name === 'DailyUsd' && application !== undefined) {
                  const key = `${application} ${Math.floor(at / DAY) * DAY}`;
                  written.set(key, Math.max(written.get(key) ?? 0, value));
                }
              }
            }
          },
          remember: (known) => {
            memory = { ...memory, ...known };
          },
        },
        account.now,
        memory,
      );
    } catch (error) {
      failed = 1;
      if (account.failing.size === 0) {
        throw error;
      }
    }
    account.add('AWS/Lambda', 'Invocations', ['FunctionName', 'dev_meter'], 1, MINUTE);
    account.add('AWS/Lambda', 'Errors', ['FunctionName', 'dev_meter'], failed, MINUTE);
  };

  for (let minute = 0; minute < DAYS * 1440; minute++) {
    account.now = START + minute * MINUTE;
    const midnight = Math.floor(account.now / DAY) * DAY;
    const today = days.get(midnight) ?? { spent: new Map(), reached: new Map() };
    days.set(midnight, today);
    const number = Math.floor(minute / 1440);

    // Applications spend money, more on some days, and nothing while they are denied.
    for (const { name, dailyUsd, profiles } of APPLICATIONS) {
      const busy = (number + name.length) % 3;
      if (account.isDenied(name) || !chance(0.5)) {
        continue;
      }
      const dollars =
        random() * (name === 'calm' ? 2 : 0.05 + busy * 0.2) * (minute % 1440 < 20 && busy === 2 ? 60 : 1);
      const tokens = Math.round(dollars * 1e6);
      const id = profiles[chance(0.7) ? 0 : profiles.length - 1] ?? '';
      const isAnswer = chance(0.3);
      const metric = isAnswer ? 'OutputTokenCount' : 'InputTokenCount';
      account.add('AWS/Bedrock', metric, ['ModelId', id], tokens, MINUTE + random() * (world.delay - 1) * MINUTE);
      const spent = (today.spent.get(name) ?? 0n) + BigInt(tokens) * (isAnswer ? 4_000_000n : 1_000_000n);
      today.spent.set(name, spent);
      if (dailyUsd !== undefined && spent >= BigInt(dailyUsd) * 10n ** 12n && !today.reached.has(name)) {
        today.reached.set(name, account.now);
      }
    }

    // The budget of one application is spent in the middle of the month.
    if (account.now === Date.parse('2026-11-20T11:00:00Z') / 1000) {
      account.actions.set('monthly', { status: 'EXECUTION_SUCCESS', at: account.now });
    }

    if (chance(0.05)) {
      // Whoever can write a line of log can write these.
      for (const name of ['DailyUsd', 'WindowsMetered', 'MeterRan', 'InputTokenCount']) {
        account.add('BedrockAccess', name, ['Application', 'calm'], 1e9, 0);
      }
      await order(FORGED[Math.floor(random() * FORGED.length)]);
    }

    if (minute % 5 === 0) {
      const night = minute % 1440 < 15 && number > 0 ? MIDNIGHTS[number % MIDNIGHTS.length] : undefined;
      // A run is missed, or a service fails in it, but never in two runs one after the other.
      const mayFail: boolean = !failedBefore;
      const isMissed: boolean = mayFail && (chance(0.05) || (night === 'missed' && minute % 1440 === 0));
      account.failing.clear();
      if (mayFail && !isMissed) {
        const services: readonly Service[] = ['cloudwatch', 'ssm', 'iam', 'budgets', 'sns'];
        for (const service of services) {
          if (chance(0.02) || night === service) {
            account.failing.add(service);
          }
        }
      }
      if (world.outages && account.now >= outageUntil && (chance(0.002) || (night !== undefined && chance(0.2)))) {
        outageUntil = account.now + random() * 5 * 3_600;
      }
      if (account.now < outageUntil) {
        account.failing.add('cloudwatch');
      }
      failedBefore = isMissed || account.failing.size > 0;
      if (chance(0.05) || night === 'cold') {
        memory = NOTHING_REMEMBERED;
      }
      if (!isMissed) {
        const twice = chance(0.05) || night === 'doubled';
        await Promise.all(
          Array.from({ length: twice ? 2 : 1 }, () =>
            Promise.all([order({ scheduled: true }), ...(minute % 10 === 0 ? [meter()] : [])]),
          ),
        );
      }
      const answers = (...services: readonly Service[]): boolean =>
        !isMissed && services.every((service) => !account.failing.has(service));
      // A run with all its answers leaves everything as it should be.
      for (const application of APPLICATIONS) {
        const { name } = application;
        const reached = today.reached.get(name) ?? Number.POSITIVE_INFINITY;
        if (answers('cloudwatch', 'ssm', 'iam') && reached <= account.now - world.delay * MINUTE) {
          expectThat(
            account.isDenied(name),
            `${name} reached its limit ${account.now - reached} s ago and is not denied`,
          );
        }
        if (answers('cloudwatch', 'ssm', 'iam', 'budgets') && reached > account.now && name !== 'monthly') {
          expectThat(account.isFree(application), `${name} is below its limit and is not free`);
        }
      }
      account.failing.clear();
    }

    // Nothing else may be true after any minute.
    for (const application of APPLICATIONS) {
      const { name, dailyUsd } = application;
      const isDenied = account.isDenied(name);
      const reached = today.reached.get(name);
      if (isDenied && denied.get(name) !== true) {
        denials++;
        const action = account.actions.get(name);
        if (reached === undefined && action?.status !== 'EXECUTION_SUCCESS') {
          say(`${name} was denied below its limit`);
        }
      }
      const wasFreed = !isDenied && denied.get(name) === true;
      expectThat(!wasFreed || reached === undefined, `${name} was freed over its limit`);
      denied.set(name, isDenied);
      if (world.outages) {
        continue;
      }
      const isInTime = account.now < (reached ?? Number.POSITIVE_INFINITY) + BOUND;
      expectThat(isDenied || isInTime, `${name} reached its limit 15 minutes ago and is not denied`);
      const isOfToday = account.now < midnight + BOUND || reached !== undefined;
      expectThat(
        dailyUsd === undefined || isOfToday || account.isFree(application),
        `${name} is not free on the next day`,
      );
      const isOfThisMonth = account.now < Date.parse('2026-12-01T00:15:00Z') / 1000;
      expectThat(name !== 'monthly' || isOfThisMonth || account.isFree(application), 'monthly is not free in December');
    }
    if (wrong.length > 10) {
      break;
    }
  }

  if (wrong.length > 0) {
    return { wrong, denials };
  }
  // Dollars counted equal dollars spent, on every day whose last values have arrived.
  for (const [midnight, { spent }] of [...days].slice(0, -1)) {
    for (const { name } of APPLICATIONS) {
      const usd = Number(spent.get(name) ?? 0n) / 1e12;
      const counted = written.get(`${name} ${midnight}`) ?? 0;
      if (Math.abs(counted - usd) > 1e-9) {
        say(`${name} spent $${usd} on ${new Date(midnight * 1000).toISOString().slice(0, 10)}, counted $${counted}`);
      }
      const { picoUsd } = await counting(account, name, midnight);
      if (picoUsd !== (spent.get(name) ?? 0n)) {
        say(`the limit counted ${picoUsd} of ${spent.get(name)} pico-dollars of ${name}`);
      }
    }
  }
  return { wrong, denials };
}

/** Counts a day that is over as the limit function does in its last minute. */
function counting(account: SimulatedAccount, name: string, midnight: number) {
  return account.limit.dollarsOf(name, new Date((midnight + DAY - 1) * 1000));
}

test.each(WORLDS.flatMap((world) => [1, 20_261_201].map((seed) => [world.title, seed, world] as const)))(
  'thirty days with %s and the seed %i: every dollar counts, and exactly those over their limit are denied',
  async (_, seed, world) => {
    const { wrong, denials } = await simulate(world, seed);
    expect(wrong).toEqual([]);
    expect(denials).toBeGreaterThan(20);
  },
);
