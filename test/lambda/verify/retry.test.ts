import type { Clock } from '../../../lambda/verify/clock';
import { retry } from '../../../lambda/verify/retry';

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
