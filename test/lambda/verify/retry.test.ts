import type { Clock } from '../../../lambda/verify/clock';
import { type Attempts, type Ended, retry } from '../../../lambda/verify/retry';
import { seededRandom } from '../../iam/random';
import { inVirtualTime, type VirtualClock } from './virtual-time';

function fail(name: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

/** A clock that only moves when somebody waits. */
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
  ['ThrottlingException', 429, [250, 500, 1000]],
  ['ModelNotReadyException', 429, [50, 100]],
  ['InternalServerException', 500, [50, 100]],
  ['ModelTimeoutException', 408, [50, 100]],
  ['ModelErrorException', 424, [50, 100]],
  ['TimeoutError', undefined, [50, 100]],
  ['AccessDeniedException', 403, []],
  ['ValidationException', 400, []],
  ['ResourceNotFoundException', 404, []],
])('%s %s is tried again after %p ms', async (name, status, waits) => {
  const clock = fakeClock();
  expect(await alwaysFailing(fail(name, status), clock)).toBe(waits.length + 1);
  expect(clock.waits).toEqual(waits);
});

test('the jitter is full: from nothing to the whole limit', async () => {
  for (const [random, waits] of [
    [0, [0, 0, 0]],
    [0.999, [499.5, 999, 1998]],
  ] as const) {
    const clock = fakeClock({ random });
    await alwaysFailing(fail('ThrottlingException', 429), clock);
    expect(clock.waits).toEqual(waits);
  }
});

test('no wait reaches into the time that is kept for the result', async () => {
  const clock = fakeClock({ random: 0.999, timeLeft: 6_000 });
  expect(await alwaysFailing(fail('ThrottlingException', 429), clock)).toBe(2);
  expect(clock.waits).toEqual([499.5]);
});

test('an attempt ends before the time that is kept for the result, and is told so', async () => {
  let told = false;
  const { ended } = await retry(fakeClock({ timeLeft: 5_010 }), (signal) => {
    signal.addEventListener('abort', () => {
      told = true;
    });
    return new Promise(() => {});
  });
  expect(ended).toMatchObject({ failure: { kind: 'connection', error: { name: 'TimeoutError' } } });
  expect(told).toBe(true);
});

test('a success after a failure counts both attempts', async () => {
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

const denied = (): Error => fail('AccessDeniedException', 403);
const throttled = (): Error => fail('ThrottlingException', 429);

/** Whether a denial may still become an allow: for a minute. */
const spreading =
  (clock: Clock) =>
  (ended: Ended<string>): boolean =>
    clock.now() < 60_000 && 'failure' in ended && ended.failure.kind === 'denied';

/** What comes of answers that depend on the time and on the attempt, each a tenth of a second after it was asked. */
function asked(
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

test.each([0, 4_000, 30_000, 57_000])('what is granted after %i ms is asked for until it is', async (granted) => {
  const { ended, clock } = await asked((now) => (now < granted ? denied() : 'ok'));
  expect(ended).toEqual({ value: 'ok' });
  expect(clock.now() - granted).toBeLessThanOrEqual(5_100);
  expect(clock.slept.every((wait) => wait === 2_500)).toBe(true);
});

test('what is not granted within a minute is a denial, with every time that it was asked for', async () => {
  const { ended, attempts, clock } = await asked((now) => (now < 90_000 ? denied() : 'ok'));
  expect(ended).toMatchObject({ failure: { kind: 'denied' } });
  expect(attempts).toBe(25);
  expect(clock.now()).toBe(25 * 100 + 24 * 2_500);
});

test('where nothing may change nobody waits', async () => {
  const { ended, attempts, clock } = await asked(denied, { patient: false });
  expect([ended, attempts, clock.slept]).toEqual([{ failure: expect.anything() }, 1, []]);
});

test.each([
  ['a throttle', throttled],
  ['a failing service', () => fail('InternalServerException', 500)],
  ['a lost connection', () => fail('TimeoutError')],
])('a denial is not forgotten for %s that comes after it', async (_, later) => {
  const { ended, attempts, clock } = await asked((_now, attempt) => (attempt < 2 ? denied() : later()));
  expect(ended).toMatchObject({ failure: { kind: 'denied' } });
  expect(clock.now()).toBeGreaterThan(60_000);
  expect(attempts).toBeLessThan(40);
});

test('throttles between denials do not end the asking', async () => {
  const { ended } = await asked((now, attempt) => (now > 40_000 ? 'ok' : attempt % 6 === 0 ? denied() : throttled()));
  expect(ended).toEqual({ value: 'ok' });
});

test('what was only throttled is throttled, after the same number of attempts while a change spreads', async () => {
  const { ended, attempts } = await asked(throttled);
  expect(ended).toMatchObject({ failure: { kind: 'throttled' } });
  expect(attempts).toBe(4);
});

test.each([12_000, 5_000, 4_000])('with %i ms left the asking ends in time', async (timeLeft) => {
  const { ended, clock } = await asked(denied, { timeLeft });
  expect('failure' in ended).toBe(true);
  expect(clock.timeLeft()).toBeGreaterThanOrEqual(Math.min(timeLeft, 5_000) - 1);
});

/** Chi-square of how `waits` fall into 20 equal parts of 0 to `cap`. */
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
  ['a throttle', 500, throttled],
  ['a failing service', 100, () => fail('InternalServerException', 500)],
])('10,000 first waits after %s are even between 0 and %i ms', async (_, cap, first) => {
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
  // 43.8 is passed once in a thousand samples by chance (19 degrees of freedom).
  expect(chiSquare(waits, cap)).toBeLessThan(43.8);
});
