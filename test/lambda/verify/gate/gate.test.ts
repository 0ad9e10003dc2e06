import type { Clock } from '../../../../aws/clock';
import type { Parameter } from '../../../../aws/services/parameter-pages';
import type { StackStatus } from '../../../../aws/services/stack-status';
import type { ResourceRequest } from '../../../../lambda/custom-resource/resource-request';
import { gate } from '../../../../lambda/verify/gate/gate';
import type { GateVerdict } from '../../../../lambda/verify/gate/gate-verdict';
import { verify } from '../../../../lambda/verify/verify';
import { AccountInMemory, awsError, denied, parametersOf, profileArn, roleArn, settings } from '../account';
import { resourceRequest } from '../resource-request';
import { inVirtualTime } from '../virtual-time';

const shop = parametersOf('shop', 'main');
const search = parametersOf('search', 'main');

/** A gate of an account in memory, and what a test changes of it. */
interface Around {
  readonly request?: Partial<ResourceRequest>;
  readonly onFailure?: unknown;
  readonly parameters?: readonly Parameter[];
  readonly change?: (account: AccountInMemory, clock: Clock) => void;
  readonly status?: StackStatus;
  /** Takes the place of the verification. */
  readonly verified?: () => Promise<never>;
  readonly timeLeft?: number;
  /** What the stack has.
   *
   * @default - every alias of the parameters
   */
  readonly aliases?: unknown;
}

/** The profiles of the aliases of the application that are among these parameters. */
function served(parameters: readonly Parameter[]): unknown {
  const own = parameters.filter(({ name }) => /\/shop\/[^.]+$/.test(name));
  const arns = own.map(({ name, value }) => [name.split('/').at(-1), value]);
  return arns.length === 0 ? { main: profileArn('shop', 'main') } : Object.fromEntries(arns);
}

interface Judged extends GateVerdict {
  readonly account: AccountInMemory;
  /** What the gate itself logged, read. */
  readonly logged: readonly Record<string, unknown>[];
  readonly milliseconds: number;
}

const notAsked: StackStatus = async () => {
  throw new Error('the status of the stack was asked for');
};

function judged(around: Around): Promise<Judged> {
  const { request, onFailure = 'fail', parameters = [...search, ...shop], change, status = notAsked } = around;
  const account = new AccountInMemory(parameters);
  const lines: string[] = [];
  return inVirtualTime({ random: () => 0.5, timeLeft: around.timeLeft ?? 900_000 }, async (clock) => {
    change?.(account, clock);
    const ResourceProperties = {
      Application: 'shop',
      Aliases: around.aliases ?? served(parameters),
      OnFailure: onFailure,
    };
    const verdict = await gate(resourceRequest({ ResourceProperties, ...request }), {
      verifyChanged: ({ application, aliases }) =>
        around.verified?.() ??
        verify(settings, [application], { ...account, clock }, { rights: 60_000, aliases: 60_000 }, aliases),
      stackStatus: status,
      clock,
      log: (line) => void lines.push(line),
    });
    return { ...verdict, account, logged: lines.map((line) => JSON.parse(line)), milliseconds: clock.now() };
  });
}

const refuses = (account: AccountInMemory): void => {
  account.answer = ({ operation }) => (operation === 'ConverseStream' ? denied() : undefined);
};
const throttles = (account: AccountInMemory): void => {
  account.answer = () => awsError('ThrottlingException', 429);
};
const WORKS = "9 of 9 probes of 'shop' as intended";

describe('Create', () => {
  test('passes where the application can do what it should, and nothing else', async () => {
    const { passed, message, account, logged } = await judged({});
    expect({ passed, message, logged }).toEqual({ passed: true, message: WORKS, logged: [] });
    expect(new Set(account.calls.map(({ role }) => role))).toEqual(
      new Set([roleArn('shop', 'probe'), roleArn('shop', 'policies')]),
    );
  });

  test('fails where it cannot, logs the probe and says why', async () => {
    const { passed, message, logged, milliseconds } = await judged({ change: refuses });
    expect(passed).toBe(false);
    expect(message).toMatch(
      /^1 of 9 probes of 'shop' failed \(tried for \d+ s\): main \(.*\) stream denied: .* bedrock:InvokeModel on arn:x; /,
    );
    expect(logged).toEqual([expect.objectContaining({ probe: 'stream', outcome: 'denied', deniedArn: 'arn:x' })]);
    expect(milliseconds).toBeGreaterThanOrEqual(60_000);
  });

  test('fails where it can do more', async () => {
    const { passed, message } = await judged({
      change: (account) => {
        account.answer = ({ target }) => (target === profileArn('search', 'main') ? { inputTokens: 1 } : undefined);
      },
    });
    expect({ passed, message }).toEqual({
      passed: false,
      message: expect.stringMatching(
        /^1 of 9 .* foreign-profile allowed: the call was answered, although it goes around/,
      ),
    });
  });

  test('lets through what says nothing about access, and logs it', async () => {
    const { passed, message, logged } = await judged({ change: throttles });
    expect(passed).toBe(true);
    expect(message).toMatch(/^9 of 9 probes of 'shop' were inconclusive: .* the call was throttled; /);
    expect(logged).toHaveLength(9);
  });

  test('does not ask how the stack is', async () => {
    const asked = jest.fn(notAsked);
    await judged({ status: asked });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('Update', () => {
  const forward = { request: { RequestType: 'Update' }, status: async () => 'UPDATE_IN_PROGRESS' } as const;

  test('nothing is tried while the policies of before may still answer', async () => {
    const { passed, milliseconds } = await judged(forward);
    expect(passed).toBe(true);
    expect(milliseconds).toBeGreaterThanOrEqual(10_000);
  });

  test('an old policy that answers for 9 s more does not let a broken one through', async () => {
    const { passed, message } = await judged({
      ...forward,
      change: (account, clock) => {
        account.answer = () => (clock.now() >= 9_000 ? denied() : undefined);
      },
    });
    expect({ passed, message }).toEqual({ passed: false, message: expect.stringContaining('main') });
  });
});

describe('Delete', () => {
  test.each<[string, Around]>([
    ['an application that works', {}],
    ['an application that does not', { change: refuses }],
    ['an application without aliases', { parameters: [] }],
    ['a verification that throws', { verified: () => Promise.reject(new Error('no')) }],
    ['wrong properties', { onFailure: 7 }],
    ['no properties', { request: { RequestType: 'Delete', ResourceProperties: {} } }],
    ['no time left', { timeLeft: 0 }],
  ])('passes, and nothing is called: %s', async (_, around) => {
    const { passed, message, account, logged } = await judged({ request: { RequestType: 'Delete' }, ...around });
    expect({ passed, message }).toEqual({ passed: true, message: 'nothing to verify: the gate is being deleted' });
    expect([account.calls, account.lines, logged]).toEqual([[], [], []]);
  });
});

describe('Update', () => {
  const request = { RequestType: 'Update', PhysicalResourceId: 'bedrock-access-gate' } as const;

  test.each([
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_FAILED',
    'IMPORT_ROLLBACK_IN_PROGRESS',
  ])('passes in %s without a call, whatever is deployed or ordered', async (status) => {
    for (const around of [{ change: refuses }, { parameters: [] }, { onFailure: 7 }, { timeLeft: 6_000 }]) {
      const { passed, message, account } = await judged({ request, status: async () => status, ...around });
      expect({ passed, message }).toEqual({
        passed: true,
        message: 'not verified: the stack rolls back to a state that was verified before',
      });
      expect(account.calls).toEqual([]);
    }
  });

  test.each(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'CREATE_IN_PROGRESS', '', 'garbage'])(
    'is verified in %j',
    async (status) => {
      expect(await judged({ request, status: async () => status })).toMatchObject({ passed: true, message: WORKS });
      expect(await judged({ request, status: async () => status, change: refuses })).toMatchObject({ passed: false });
    },
  );

  test('asks about the stack of the request', async () => {
    const asked = jest.fn(async (_id: string) => 'UPDATE_IN_PROGRESS');
    await judged({ request: { ...request, StackId: 'arn:of:the:stack' }, status: asked });
    expect(asked.mock.calls.map(([id]) => id)).toEqual(['arn:of:the:stack']);
  });

  test.each<[string, Error, number]>([
    ['denied', awsError('AccessDenied', 403, 'not authorized to perform: cloudformation:DescribeStacks'), 1],
    ['throttled', awsError('Throttling', 400), 3],
    ['failing', awsError('InternalFailure', 500), 3],
    ['cut off', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 3],
    ['answered with what nobody knows', new TypeError('x is undefined'), 1],
  ])('is verified where the question about the stack is %s, and that is logged', async (_, error, times) => {
    const status = jest.fn(() => Promise.reject(error));
    const { passed, message, logged } = await judged({ request, status });
    expect({ passed, message }).toEqual({ passed: true, message: WORKS });
    expect(status).toHaveBeenCalledTimes(times);
    expect(logged).toEqual([
      {
        stackId: resourceRequest().StackId,
        stackStatus: 'unknown',
        error: expect.objectContaining({ name: error.name }),
      },
    ]);
    expect(await judged({ request, status, change: refuses })).toMatchObject({ passed: false });
  });

  test('a throttled question about the stack is asked again', async () => {
    let asked = 0;
    const status = async (): Promise<string> => {
      if (asked++ < 2) {
        throw awsError('Throttling', 400);
      }
      return 'UPDATE_ROLLBACK_IN_PROGRESS';
    };
    expect(await judged({ request, status, change: refuses })).toMatchObject({ passed: true });
  });

  test('a question about the stack that is never answered leaves time to verify', async () => {
    const { passed, message, milliseconds } = await judged({ request, status: () => new Promise(() => undefined) });
    expect({ passed, message }).toEqual({ passed: true, message: WORKS });
    expect(milliseconds).toBeLessThan(200_000);
  });
});

describe('the order', () => {
  test.each([
    [{}, /^the gate has the Application undefined$/],
    [{ Application: '', OnFailure: 'fail' }, /^the gate has the Application ""$/],
    [{ Application: 'shop', OnFailure: 'fail' }, /^the gate has the Aliases undefined$/],
    [
      { Application: 'shop', Aliases: { main: 'a' }, OnFailure: 'maybe' },
      /^the gate has OnFailure "maybe"; allowed: 'fail', 'warn'$/,
    ],
    [{ Application: { a: 'x'.repeat(9_000) }, OnFailure: 'warn' }, /^.{1,500}$/],
  ])('%j is refused, and nothing is verified', async (ResourceProperties, says) => {
    const { passed, message, account } = await judged({ request: { ResourceProperties } });
    expect(passed).toBe(false);
    expect(message).toMatch(says);
    expect(account.calls).toEqual([]);
  });

  test.each(['ghost', '__proto__', 'constructor', 'toString', 'shop/main', '../shop', '*', 'SHOP', 'shop '])(
    'the application %j is none of the environment',
    async (Application) => {
      const { passed, message, account } = await judged({
        request: { ResourceProperties: { Application, Aliases: { main: 'arn' }, OnFailure: 'fail' } },
      });
      expect(passed).toBe(false);
      expect(message).toMatch(
        /^1 of 1 probes of '.*' failed \(tried for \d+ s\): main text inconclusive: not run: the parameter .* does not hold arn, the profile in the stack; /,
      );
      expect(account.calls).toEqual([]);
    },
  );
});

describe('what the gate cannot verify', () => {
  const broken = [
    { name: '/bedrock-access/dev/shop/broken', value: profileArn('shop', 'broken') },
    { name: '/bedrock-access/dev/shop/broken.json', value: '{' },
  ];

  test.each<[string, readonly Parameter[], RegExp]>([
    ['no alias at all', [], /^1 of 1 .* failed \(tried for \d+ s\): main text inconclusive: .* does not hold arn:/],
    [
      'no alias of the application',
      search,
      /^1 of 1 .* failed \(tried for \d+ s\): main text inconclusive: .* does not hold arn:/,
    ],
    [
      'only an alias that cannot be read',
      broken,
      /^1 of 1 probes of 'shop' failed \(tried for \d+ s\): broken text inconclusive: not run: /,
    ],
    [
      'an alias that cannot be read',
      [...shop, ...broken],
      /^1 of 10 probes of 'shop' failed \(tried for \d+ s\): broken text .* not JSON; /,
    ],
    [
      'an alias without its JSON',
      [...shop, ...broken.slice(0, 1)],
      /^1 of 10 .* exists, but \S+\/broken\.json is missing; /,
    ],
  ])('%s fails it', async (_, parameters, says) => {
    const { passed, message } = await judged({ parameters });
    expect(passed).toBe(false);
    expect(message).toMatch(says);
  });

  test('an alias that left the file does not: CloudFormation deletes its parameters after the gate', async () => {
    const change = (account: AccountInMemory): void => {
      account.answer = ({ target }) => (target.endsWith('shop-old') ? denied() : undefined);
    };
    const parameters = [...search, ...shop, ...parametersOf('shop', 'old')];
    const aliases = { main: profileArn('shop', 'main') };
    expect(await judged({ parameters, change, aliases })).toMatchObject({ passed: true, message: WORKS });
  });

  test.each([
    ['is not there', { main: profileArn('shop', 'main'), more: 'arn:more' }],
    ['gives another profile', { main: 'arn:of:the:stack' }],
    ['has the name of a prototype', { main: profileArn('shop', 'main'), constructor: 'arn' }],
  ])('an alias of the stack that %s does, after it was read again for a minute', async (_, aliases) => {
    const { passed, message, milliseconds } = await judged({ aliases });
    expect(passed).toBe(false);
    expect(message).toMatch(
      /^1 of \d+ probes of 'shop' failed \(tried for \d+ s\): \S+ text inconclusive: not run: the parameter \S+ does not hold arn/,
    );
    expect(milliseconds).toBeGreaterThanOrEqual(60_000);
  });

  test('what another application lacks does not', async () => {
    const [arn = { name: '', value: '' }] = search;
    expect(await judged({ parameters: [arn, ...shop] })).toMatchObject({ passed: true, message: WORKS });
  });

  test.each<[unknown, string]>([
    [new Error('no'), 'no'],
    ['a text', 'a text'],
    [null, 'null'],
    [undefined, 'undefined'],
    [new Error(`${'long '.repeat(4_000)}`), 'long '],
    [new Error(`x-amz-security-token: ${'FwoGZXIvYXdzE'.repeat(20)}`), 'x-amz-security-token: [removed]'],
  ])('a verification that throws %p fails it, and says so', async (thrown, says) => {
    const { passed, message } = await judged({ verified: () => Promise.reject(thrown) });
    expect(passed).toBe(false);
    expect(message).toContain(`'shop' could not be verified: ${says}`);
    expect(message.length).toBeLessThan(600);
  });

  test('a probe that there was no time for does not fail it', async () => {
    const { passed, message, account } = await judged({ timeLeft: 9_000 });
    expect(passed).toBe(true);
    expect(message).toMatch(/^9 of 9 probes of 'shop' were inconclusive: .* not run: less than 10 s were left/);
    expect(account.calls).toEqual([]);
  });

  test.each([
    ['throttled', awsError('ThrottlingException', 400)],
    ['answered with 500', awsError('InternalServerError', 500)],
  ])('parameters whose reading is %s say nothing about the deployment: it goes on', async (_, error) => {
    const { passed, message } = await judged({
      change: (account) => void Object.assign(account, { readPage: () => Promise.reject(error) }),
    });
    expect({ passed, message }).toEqual({
      passed: true,
      message: expect.stringMatching(/^'shop' could not be verified: cannot read the parameters under /),
    });
  });

  test('parameters that the function may read only after 9 s are asked for again', async () => {
    const { passed, message } = await judged({
      change: (account, clock) => {
        const { readPage } = account;
        Object.assign(account, {
          readPage: (...page: Parameters<typeof readPage>) =>
            clock.now() < 9_000 ? Promise.reject(awsError('AccessDeniedException', 400)) : readPage(...page),
        });
      },
    });
    expect({ passed, message }).toEqual({ passed: true, message: WORKS });
  });

  test('parameters that there was no time to read say nothing either', async () => {
    const { passed, message } = await judged({
      timeLeft: 4_000,
      change: (account) =>
        void Object.assign(account, {
          readPage: () => new Promise(() => undefined),
        }),
    });
    expect({ passed, message }).toEqual({
      passed: true,
      message: expect.stringMatching(/^'shop' could not be verified: cannot read the parameters under /),
    });
  });
});

describe('warn', () => {
  test.each<[string, Around]>([
    ['access that is missing', { change: refuses }],
    [
      'a role that cannot be assumed',
      {
        change: (account) => void account.assumeErrors.set(roleArn('shop', 'probe'), awsError('AccessDenied', 403)),
      },
    ],
    [
      'a request that is refused',
      {
        change: (account) => {
          account.answer = () => awsError('ValidationException', 400);
        },
      },
    ],
    ['an application without aliases', { parameters: search }],
    ['a verification that throws', { verified: () => Promise.reject(new Error('no')) }],
    [
      'parameters that cannot be read',
      { timeLeft: 4_000, verified: () => Promise.reject(awsError('Throttling', 400)) },
    ],
  ])('lets through %s, and says what was found', async (_, around) => {
    const strict = await judged(around);
    const { passed, message, logged } = await judged({ ...around, onFailure: 'warn' });
    expect(strict.passed).toBe(false);
    expect({ passed, message }).toEqual({ passed: true, message: `passed because of 'gate: warn': ${strict.message}` });
    expect(logged).toEqual(strict.logged);
  });

  test('says nothing more of what passes anyway', async () => {
    expect(await judged({ onFailure: 'warn' })).toMatchObject({ passed: true, message: WORKS });
    expect((await judged({ onFailure: 'warn', change: throttles })).message).toMatch(
      /^9 of 9 probes .* were inconclusive/,
    );
  });
});

test('the same request delivered twice gives the same verdict', async () => {
  const [first, second] = await Promise.all([gateOnce(), gateOnce()]);
  expect(first).toEqual(second);
});

const gateOnce = async (): Promise<GateVerdict> => {
  const account = new AccountInMemory(shop);
  return gate(resourceRequest(), {
    verifyChanged: ({ application, aliases }) => verify(settings, [application], account, undefined, aliases),
    stackStatus: notAsked,
    clock: account.clock,
    log: account.log,
  });
};
