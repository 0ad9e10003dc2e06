import { answerWithin, MAX_BYTES } from '../../../lambda/verify/answer-within';
import type { ProbeResult, VerificationResult } from '../../../lambda/verify/result';
import { verify } from '../../../lambda/verify/verify';
import { AccountInMemory, parametersOf, settings } from './account';
import { inVirtualTime } from './virtual-time';

const many = (count: number) => Array.from({ length: count }, (_, i) => parametersOf(`app${i}`, 'main')).flat();
const run = (account: AccountInMemory): Promise<VerificationResult> => verify(settings, account);
const bytes = (result: VerificationResult): number => Buffer.byteLength(JSON.stringify(result));

test('a result that fits is returned unchanged', async () => {
  const result = await run(new AccountInMemory(many(3)));
  expect(answerWithin(result, MAX_BYTES.scheduled)).toBe(result);
});

test('the answer of a run of 2,000 failing applications holds as many results as fit, and their number', async () => {
  const account = new AccountInMemory(many(2000));
  account.answer = () => new Error(`no answer, for a reason of some length: ${'…'.repeat(400)}`);
  const result = await run(account);
  expect(bytes(result)).toBeGreaterThan(6_000_000);
  for (const most of Object.values(MAX_BYTES)) {
    const answered = answerWithin(result, most);
    expect(bytes(answered)).toBeLessThan(most + 1000);
    expect(bytes(answered)).toBeGreaterThan(most - 5000);
    expect(answered.probes).toEqual(result.probes.slice(0, answered.probes.length));
    expect(answered.shortened).toBe(
      `${18_000 - answered.probes.length} of 18000 results are omitted, because an answer has at most ${most} bytes; the log of the function has every result`,
    );
  }
});

test('results that are not as intended are kept first', async () => {
  const result = await run(new AccountInMemory(many(50)));
  const wrong = { ...(result.probes.at(-1) as ProbeResult), asIntended: false };
  const probes = [...result.probes.slice(0, -1), wrong];
  expect(answerWithin({ ...result, probes }, 2_000)).toMatchObject({
    probes: [wrong],
    shortened: expect.stringMatching(/^449 of 450 results are omitted/),
  });
});

test('1,000 aliases in a minute: each probe has a result, and those without time say that they were not run', async () => {
  const result = await inVirtualTime({ random: () => 0.5, timeLeft: 60_000 }, async (clock) => {
    const account = new AccountInMemory(many(1000));
    const become = account.assumeRole;
    const assumeRole: typeof become = async (role) => {
      const session = await become(role);
      return {
        ...session,
        send: async (call, signal) => {
          await clock.sleep(1000);
          return session.send(call, signal);
        },
      };
    };
    return verify(settings, { readPage: account.readPage, assumeRole, clock, log: account.log });
  });
  expect(result.milliseconds).toBeLessThan(60_000);
  expect(result.probes).toHaveLength(9000);
  const ran = result.probes.filter(({ attempts }) => attempts > 0);
  expect(ran.length).toBeGreaterThan(1000);
  expect(ran.filter(({ asIntended }) => !asIntended)).toEqual([]);
  const others = result.probes.filter(({ attempts }) => attempts === 0);
  expect(others.filter(({ passes, cause }) => passes !== true || !cause?.startsWith('not run: '))).toEqual([]);
});
