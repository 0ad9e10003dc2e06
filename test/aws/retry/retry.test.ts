import type { Clock } from '../../../aws/clock';
import { type Attempts, type Ended, retry } from '../../../aws/retry/retry';
import { retryBudget } from '../../../aws/retry-budget';
import { seededRandom } from '../../iam/random';
import { inVirtualTime, type VirtualClock } from '../../lambda/verify/virtual-time';

function fail(name: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

/** A clock that advances only during waits. */
function fakeClock({ random = 0.5, timeLeft = 600_000 } = {}): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  const waited = (): number => waits.reduce((sum, wait) => sum + wait, 0);
  return {
    waits,
    now: waited,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => random,
    timeLeft: () => timeLeft - waited(),
  };
}

async function alwaysFailing(error: Error, clock: Clock): Promise<number> {
  let calls = 0;
  const { attempts } = await retry(clock, async () => {
    calls++;
    throw error;
  });
  expect(attempts).toBe(calls);
  return calls;
}

test.each([
  ['ThrottlingException', 429, [500, 1000]],
  ['ModelNotReadyException', 429, [50, 100]],
  ['InternalServerException', 500, [50, 100]],
  ['ModelTimeoutException', 408, [50]],
  ['ModelErrorException', 424, [50, 100]],
  ['TimeoutError', undefined, [50, 100]],
  ['AccessDeniedException', 403, []],
  ['ValidationException', 400, []],
  ['ResourceNotFoundException', 404, []],
])('%s %s is retried after %p ms', async (name, status, waits) => {
  const clock = fakeClock();
  expect(await alwaysFailing(fail(name, status), clock)).toBe(waits.length + 1);
  expect(clock.waits).toEqual(waits);
});

test('the jitter is full: waits range from zero to the whole limit', async () => {
  for (const [random, waits] of [
    [0, [0, 0]],
    [0.999, [999, 1998]],
  ] as const) {
    const clock = fakeClock({ random });
    await alwaysFailing(fail('ThrottlingException', 429), clock);
    expect(clock.waits).toEqual(waits);
  }
});

test('no wait extends into the time reserved for the result', async () => {
  const clock = fakeClock({ random: 0.999, timeLeft: 7_000 });
  expect(await alwaysFailing(fail('ThrottlingException', 429), clock)).toBe(2);
  expect(clock.waits).toEqual([999]);
});

test('an attempt ends before the time reserved for the result, and its signal is aborted', async () => {
  let aborted = false;
  const { ended } = await retry(fakeClock({ timeLeft: 5_010 }), (signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  expect(ended).toMatchObject({ failure: { kind: 'connection', error: { name: 'TimeoutError' } } });
  expect(aborted).toBe(true);
});

test('the number of attempts of a success includes the failure before it', async () => {
  const answers = [fail('ServiceUnavailableException', 503), 'ok'];
  const done = await retry(fakeClock(), async () => {
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  });
  expect(done).toEqual({ ended: { value: 'ok' }, attempts: 2, milliseconds: 0 });
});

const retryAfter = (seconds: string): Error =>
  Object.assign(fail('ThrottlingException', 429), { $response: { headers: { 'retry-after': seconds } } });

test.each([
  ['2', 600_000, [2_500, 3_000]],
  ['60', 600_000, [5_000, 5_000]],
  ['3', 8_000, []],
])('Retry-After: %s with %i ms left leads to the waits %p', async (seconds, timeLeft, waits) => {
  const clock = fakeClock({ timeLeft });
  await alwaysFailing(retryAfter(seconds), clock);
  expect(clock.waits).toEqual(waits);
});

test.each([
  ['ThrottlingException', 429, 5],
  ['InternalServerException', 500, 14],
] as const)(
  'if every call fails with %s, the retries of a run end when its budget is used up',
  async (name, status, cost) => {
    const clock = { ...fakeClock(), retryBudget: retryBudget() };
    const ends: Attempts<never>[] = [];
    for (let call = 0; call < 100; call++) {
      ends.push(
        await retry(clock, async () => {
          throw fail(name, status);
        }),
      );
    }
    expect(ends.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(100 + Math.floor(500 / cost));
    const causes = ends.map(({ ended }) => ('failure' in ended ? ended.failure.cause : ''));
    expect(causes[0]).not.toContain('budget');
    expect(causes.at(-1)).toMatch(/; not retried, because the retry budget of the run is used up$/);
    expect(ends.at(-1)?.ended).toMatchObject({ failure: { passes: true } });
  },
);

test('a success returns the cost of its retries to the budget, or a little if it had none', () => {
  const budget = retryBudget();
  expect([budget.spend(490), budget.spend(14), budget.spend(5), budget.spend(5), budget.spend(5)]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
  budget.succeeded(0);
  expect([budget.spend(2), budget.spend(1)]).toEqual([false, true]);
  budget.succeeded(14);
  expect([budget.spend(15), budget.spend(14)]).toEqual([false, true]);
  budget.succeeded(10_000);
  expect([budget.spend(501), budget.spend(500)]).toEqual([false, true]);
});

test('whatever happens to 10,000 calls, five seconds are left to report it', async () => {
  const random = seededRandom(20_261_122);
  const fraction = (): number => random.below(2 ** 32) / 2 ** 32;
  const failures = [
    () => fail('ThrottlingException', 429),
    () => fail('InternalServerException', 500),
    () => fail('ModelTimeoutException', 408),
    () => fail('AccessDeniedException', 403),
    () => retryAfter(String(random.below(100))),
  ];
  const seen = new Set<number>();
  const plan = async (time: VirtualClock, limit: number): Promise<void> => {
    const end = 5_000 + random.below(limit);
    const clock: Clock = { ...time, timeLeft: () => end - time.now(), retryBudget: retryBudget() };
    const settled = random.below(90_000);
    const { attempts } = await retry(
      clock,
      async () => {
        // Some answers never arrive, and some arrive after the attempt has ended.
        await new Promise((resolve) => setTimeout(resolve, random.below(10) === 0 ? 10 ** 9 : random.below(80_000)));
        if (random.below(20) > 0) {
          throw failures[random.below(failures.length)]?.();
        }
      },
      () => clock.now() < settled,
    );
    seen.add(attempts);
    // A limit of 0 ms would end an attempt before it starts, so the limit is at least 1 ms.
    expect(clock.timeLeft()).toBeGreaterThanOrEqual(5_000 - 1);
  };
  for (let batch = 0; batch < 100; batch++) {
    await inVirtualTime({ random: fraction, timeLeft: Number.POSITIVE_INFINITY }, (time) =>
      Promise.all(Array.from({ length: 100 }, (_, at) => plan(time, at % 2 === 0 ? 300_000 : 20_000))),
    );
  }
  expect(Math.max(...seen)).toBeGreaterThan(5);
});

const denied = (): Error => fail('AccessDeniedException', 403);
const throttled = (): Error => fail('ThrottlingException', 429);

/** True for a minute, in which a denial may still become an allow. */
const spreading =
  (clock: Clock) =>
  (ended: Ended<string>): boolean =>
    clock.now() < 60_000 && 'failure' in ended && ended.failure.kind === 'denied';

/** Retries calls whose answers depend on the time and the attempt. Each answer takes a tenth of a second. */
function retryUntil(
  answer: (now: number, attempt: number) => string | Error,
  { random = () => 0.5, timeLeft = 600_000, patient = true } = {},
): Promise<Attempts<string> & { readonly clock: VirtualClock }> {
  return inVirtualTime({ random, timeLeft }, async (clock) => {
    let attempt = 0;
    const end = await retry(
      clock,
      async () => {
        const mine = attempt++;
        await new Promise((resolve) => setTimeout(resolve, 100));
        const given = answer(clock.now(), mine);
        if (given instanceof Error) {
          throw given;
        }
        return given;
      },
      patient ? spreading(clock) : undefined,
    );
    expect(end.attempts).toBe(attempt);
    return { ...end, clock };
  });
}

test.each([0, 4_000, 30_000, 57_000])('a call that is granted after %i ms is retried until then', async (granted) => {
  const { ended, clock } = await retryUntil((now) => (now < granted ? denied() : 'ok'));
  expect(ended).toEqual({ value: 'ok' });
  expect(clock.now() - granted).toBeLessThanOrEqual(5_100);
  expect(clock.slept.every((wait) => wait === 2_500)).toBe(true);
});

test('a call that is not granted within a minute is denied, and all its attempts are counted', async () => {
  const { ended, attempts, clock } = await retryUntil((now) => (now < 90_000 ? denied() : 'ok'));
  expect(ended).toMatchObject({ failure: { kind: 'denied' } });
  expect(attempts).toBe(25);
  expect(clock.now()).toBe(25 * 100 + 24 * 2_500);
});

test('a denial that cannot change is returned without a wait', async () => {
  const { ended, attempts, clock } = await retryUntil(denied, { patient: false });
  expect([ended, attempts, clock.slept]).toEqual([{ failure: expect.anything() }, 1, []]);
});

test.each([
  ['a throttle', throttled],
  ['a failing service', () => fail('InternalServerException', 500)],
  ['a lost connection', () => fail('TimeoutError')],
])('a denial is not replaced by %s after it', async (_, later) => {
  const { ended, attempts, clock } = await retryUntil((_now, attempt) => (attempt < 2 ? denied() : later()));
  expect(ended).toMatchObject({ failure: { kind: 'denied' } });
  expect(clock.now()).toBeGreaterThan(60_000);
  expect(attempts).toBeLessThan(40);
});

test('throttles between denials do not end the retries', async () => {
  const { ended } = await retryUntil((now, attempt) =>
    now > 40_000 ? 'ok' : attempt % 6 === 0 ? denied() : throttled(),
  );
  expect(ended).toEqual({ value: 'ok' });
});

test('a call that is only throttled gets the same number of attempts while a change spreads', async () => {
  const { ended, attempts } = await retryUntil(throttled);
  expect(ended).toMatchObject({ failure: { kind: 'throttled' } });
  expect(attempts).toBe(3);
});

test.each([12_000, 5_000, 4_000])('with %i ms left the retries end in time', async (timeLeft) => {
  const { ended, clock } = await retryUntil(denied, { timeLeft });
  expect('failure' in ended).toBe(true);
  expect(clock.timeLeft()).toBeGreaterThanOrEqual(Math.min(timeLeft, 5_000) - 1);
});

/** Returns the chi-square of the distribution of `waits` over 20 equal parts of 0 to `cap`. */
function chiSquare(waits: readonly number[], cap: number): number {
  const counts = new Array<number>(20).fill(0);
  for (const wait of waits) {
    const part = Math.floor((wait / cap) * counts.length);
    counts[part] = (counts[part] ?? Number.NaN) + 1;
  }
  const expected = waits.length / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test.each([
  ['a change of policies', 5_000, denied],
  ['a throttle', 1_000, throttled],
  ['a failing service', 100, () => fail('InternalServerException', 500)],
])('10,000 first waits after %s are distributed evenly between 0 and %i ms', async (_, cap, first) => {
  const seeded = seededRandom(20_261_121);
  const random = (): number => seeded.below(2 ** 32) / 2 ** 32;
  const waits: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    const clock: Clock = { ...fakeClock(), random, sleep: async (milliseconds) => void waits.push(milliseconds) };
    let calls = 0;
    await retry(
      clock,
      async () => {
        if (calls++ === 0) {
          throw first();
        }
        return 'ok';
      },
      spreading(clock),
    );
  }
  expect(waits).toHaveLength(10_000);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...waits)).toBeLessThan(cap);
  // One sample in a thousand exceeds 43.8 by chance (19 degrees of freedom).
  expect(chiSquare(waits, cap)).toBeLessThan(43.8);
});
