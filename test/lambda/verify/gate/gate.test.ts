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

/** The parts of a gate and its account that a test changes. */
interface GateSetup {
  readonly request?: Partial<ResourceRequest>;
  readonly onFailure?: unknown;
  readonly parameters?: readonly Parameter[];
  readonly change?: (account: AccountInMemory, clock: Clock) => void;
  readonly status?: StackStatus;
  /** Replaces the verification. */
  readonly verified?: () => Promise<never>;
  readonly timeLeft?: number;
  /**
   * Aliases in the stack.
   *
   * @default - every alias of the parameters
   */
  readonly aliases?: unknown;
}

/** Returns the profiles of the application's aliases among these parameters. */
function served(parameters: readonly Parameter[]): unknown {
  const own = parameters.filter(({ name }) => /\/shop\/[^.]+$/.test(name));
  const arns = own.map(({ name, value }) => [name.split('/').at(-1), value]);
  return arns.length === 0 ? { main: profileArn('shop', 'main') } : Object.fromEntries(arns);
}

interface Judged extends GateVerdict {
  readonly account: AccountInMemory;
  /** Lines that the gate itself logged, parsed. */
  readonly logged: readonly Record<string, unknown>[];
  readonly milliseconds: number;
}

const unexpectedStatus: StackStatus = async () => {
  throw new Error('the status of the stack was read');
};

function runGate(setup: GateSetup): Promise<Judged> {
  const { request, onFailure = 'fail', parameters = [...search, ...shop], change, status = unexpectedStatus } = setup;
  const account = new AccountInMemory(parameters);
  const lines: string[] = [];
  return inVirtualTime({ random: () => 0.5, timeLeft: setup.timeLeft ?? 900_000 }, async (clock) => {
    change?.(account, clock);
    const ResourceProperties = {
      Application: 'shop',
      Aliases: setup.aliases ?? served(parameters),
      OnFailure: onFailure,
    };
    const { Application = '' } = request?.ResourceProperties ?? ResourceProperties;
    const StackId = resourceRequest().StackId.replace('--shop/', `--${Application}/`);
    const verdict = await gate(resourceRequest({ StackId, ResourceProperties, ...request }), {
      verifyChanged: ({ application, aliases }) =>
        setup.verified?.() ??
        verify(
          settings,
          { ...account, clock },
          { applications: [application], spreading: { rights: 60_000, aliases: 60_000 }, served: aliases },
        ),
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
  test('passes if the application can make exactly the calls that it should', async () => {
    const { passed, message, account, logged } = await runGate({});
    expect({ passed, message, logged }).toEqual({ passed: true, message: WORKS, logged: [] });
    expect(new Set(account.calls.map(({ role }) => role))).toEqual(
      new Set([roleArn('shop', 'probe'), roleArn('shop', 'policies')]),
    );
  });

  test('fails if it cannot, logs the probe and gives the cause', async () => {
    const { passed, message, logged, milliseconds } = await runGate({ change: refuses });
    expect(passed).toBe(false);
    expect(message).toMatch(
      /^1 of 9 probes of 'shop' failed \(tried for \d+ s\): main \(.*\) stream denied: .* bedrock:InvokeModel on arn:x; /,
    );
    expect(logged).toEqual([expect.objectContaining({ probe: 'stream', outcome: 'denied', deniedArn: 'arn:x' })]);
    expect(milliseconds).toBeGreaterThanOrEqual(60_000);
  });

  test('fails if it can do more', async () => {
    const { passed, message } = await runGate({
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

  test('passes with a problem that shows nothing about access, and logs it', async () => {
    const { passed, message, logged } = await runGate({ change: throttles });
    expect(passed).toBe(true);
    expect(message).toMatch(/^9 of 9 probes of 'shop' were inconclusive: .* the call was throttled; /);
    expect(logged).toHaveLength(9);
  });

  test('does not read the status of the stack', async () => {
    const stackStatus = jest.fn(unexpectedStatus);
    await runGate({ status: stackStatus });
    expect(stackStatus).not.toHaveBeenCalled();
  });
});

describe('Update', () => {
  const forward = { request: { RequestType: 'Update' }, status: async () => 'UPDATE_IN_PROGRESS' } as const;

  test('makes no call while the previous policies may still apply', async () => {
    const { passed, milliseconds } = await runGate(forward);
    expect(passed).toBe(true);
    expect(milliseconds).toBeGreaterThanOrEqual(10_000);
  });

  test('fails for a broken policy even if the old one still applies for 9 s', async () => {
    const { passed, message } = await runGate({
      ...forward,
      change: (account, clock) => {
        account.answer = () => (clock.now() >= 9_000 ? denied() : undefined);
      },
    });
    expect({ passed, message }).toEqual({ passed: false, message: expect.stringContaining('main') });
  });
});

describe('Delete', () => {
  test.each<[string, GateSetup]>([
    ['an application that works', {}],
    ['an application that does not', { change: refuses }],
    ['an application without aliases', { parameters: [] }],
    ['a verification that throws', { verified: () => Promise.reject(new Error('no')) }],
    ['wrong properties', { onFailure: 7 }],
    ['no properties', { request: { RequestType: 'Delete', ResourceProperties: {} } }],
    ['no time left', { timeLeft: 0 }],
  ])('passes without any call: %s', async (_, setup) => {
    const { passed, message, account, logged } = await runGate({ request: { RequestType: 'Delete' }, ...setup });
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
  ])('passes in %s without any call, whatever is deployed and requested', async (status) => {
    for (const setup of [{ change: refuses }, { parameters: [] }, { onFailure: 7 }, { timeLeft: 6_000 }]) {
      const { passed, message, account } = await runGate({ request, status: async () => status, ...setup });
      expect({ passed, message }).toEqual({
        passed: true,
        message: 'not verified: the stack rolls back to a state that was verified before',
      });
      expect(account.calls).toEqual([]);
    }
  });

  test.each(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'CREATE_IN_PROGRESS', '', 'garbage'])(
    'verifies in the status %j',
    async (status) => {
      expect(await runGate({ request, status: async () => status })).toMatchObject({ passed: true, message: WORKS });
      expect(await runGate({ request, status: async () => status, change: refuses })).toMatchObject({ passed: false });
    },
  );

  test('reads the status of the stack in the request', async () => {
    const stackStatus = jest.fn(async (_id: string) => 'UPDATE_IN_PROGRESS');
    await runGate({ request: { ...request, StackId: 'arn:of:the:stack' }, status: stackStatus });
    expect(stackStatus.mock.calls.map(([id]) => id)).toEqual(['arn:of:the:stack']);
  });

  test.each<[string, Error, number]>([
    ['denied', awsError('AccessDenied', 403, 'not authorized to perform: cloudformation:DescribeStacks'), 1],
    ['throttled', awsError('Throttling', 400), 3],
    ['failing', awsError('InternalFailure', 500), 3],
    ['cut off', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 3],
    ['answered with an unknown error', new TypeError('x is undefined'), 1],
  ])('verifies if the call for the status of the stack is %s, and logs the error', async (_, error, times) => {
    const status = jest.fn(() => Promise.reject(error));
    const { passed, message, logged } = await runGate({ request, status });
    expect({ passed, message }).toEqual({ passed: true, message: WORKS });
    expect(status).toHaveBeenCalledTimes(times);
    expect(logged).toEqual([
      {
        stackId: resourceRequest().StackId,
        stackStatus: 'unknown',
        error: expect.objectContaining({ name: error.name }),
      },
    ]);
    expect(await runGate({ request, status, change: refuses })).toMatchObject({ passed: false });
  });

  test('retries a throttled call for the status of the stack', async () => {
    let attempts = 0;
    const status = async (): Promise<string> => {
      if (attempts++ < 2) {
        throw awsError('Throttling', 400);
      }
      return 'UPDATE_ROLLBACK_IN_PROGRESS';
    };
    expect(await runGate({ request, status, change: refuses })).toMatchObject({ passed: true });
  });

  test('has time to verify even if the call for the status of the stack is never answered', async () => {
    const { passed, message, milliseconds } = await runGate({ request, status: () => new Promise(() => undefined) });
    expect({ passed, message }).toEqual({ passed: true, message: WORKS });
    expect(milliseconds).toBeLessThan(200_000);
  });
});

describe('the order of a gate', () => {
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
    const { passed, message, account } = await runGate({ request: { ResourceProperties } });
    expect(passed).toBe(false);
    expect(message).toMatch(says);
    expect(account.calls).toEqual([]);
  });

  test.each(['ghost', '__proto__', 'constructor', 'toString', 'shop/main', '../shop', '*', 'SHOP', 'shop '])(
    'the application %j does not belong to the environment',
    async (Application) => {
      const { passed, message, account } = await runGate({
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

describe('a gate that cannot verify', () => {
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
      'only an unreadable alias',
      broken,
      /^1 of 1 probes of 'shop' failed \(tried for \d+ s\): broken text inconclusive: not run: /,
    ],
    [
      'an unreadable alias',
      [...shop, ...broken],
      /^1 of 10 probes of 'shop' failed \(tried for \d+ s\): broken text .* not JSON; /,
    ],
    [
      'an alias without its JSON',
      [...shop, ...broken.slice(0, 1)],
      /^1 of 10 .* exists, but \S+\/broken\.json is missing; /,
    ],
  ])('fails: %s', async (_, parameters, says) => {
    const { passed, message } = await runGate({ parameters });
    expect(passed).toBe(false);
    expect(message).toMatch(says);
  });

  test('ignores an alias that left the file, because CloudFormation deletes its parameters after the gate', async () => {
    const change = (account: AccountInMemory): void => {
      account.answer = ({ target }) => (target.endsWith('shop-old') ? denied() : undefined);
    };
    const parameters = [...search, ...shop, ...parametersOf('shop', 'old')];
    const aliases = { main: profileArn('shop', 'main') };
    expect(await runGate({ parameters, change, aliases })).toMatchObject({ passed: true, message: WORKS });
  });

  test.each([
    ['does not exist', { main: profileArn('shop', 'main'), more: 'arn:more' }],
    ['gives another profile', { main: 'arn:of:the:stack' }],
    ['has the name of a prototype', { main: profileArn('shop', 'main'), constructor: 'arn' }],
  ])('fails after a minute if an alias of the stack %s', async (_, aliases) => {
    const { passed, message, milliseconds } = await runGate({ aliases });
    expect(passed).toBe(false);
    expect(message).toMatch(
      /^1 of \d+ probes of 'shop' failed \(tried for \d+ s\): \S+ text inconclusive: not run: the parameter \S+ does not hold arn/,
    );
    expect(milliseconds).toBeGreaterThanOrEqual(60_000);
  });

  test('ignores problems of another application', async () => {
    const [arn = { name: '', value: '' }] = search;
    expect(await runGate({ parameters: [arn, ...shop] })).toMatchObject({ passed: true, message: WORKS });
  });

  test.each<[unknown, string]>([
    [new Error('no'), 'no'],
    ['a text', 'a text'],
    [null, 'null'],
    [undefined, 'undefined'],
    [new Error(`${'long '.repeat(4_000)}`), 'long '],
    [new Error(`x-amz-security-token: ${'FwoGZXIvYXdzE'.repeat(20)}`), 'x-amz-security-token: [removed]'],
  ])('fails with the error if the verification throws %p', async (thrown, says) => {
    const { passed, message } = await runGate({ verified: () => Promise.reject(thrown) });
    expect(passed).toBe(false);
    expect(message).toContain(`'shop' could not be verified: ${says}`);
    expect(message.length).toBeLessThan(600);
  });

  test('does not fail because of a probe without time', async () => {
    const { passed, message, account } = await runGate({ timeLeft: 9_000 });
    expect(passed).toBe(true);
    expect(message).toMatch(/^9 of 9 probes of 'shop' were inconclusive: .* not run: less than 10 s were left/);
    expect(account.calls).toEqual([]);
  });

  test.each([
    ['throttled', awsError('ThrottlingException', 400)],
    ['answered with 500', awsError('InternalServerError', 500)],
  ])('passes if reading the parameters is %s, because that shows nothing about the deployment', async (_, error) => {
    const { passed, message } = await runGate({
      change: (account) => void Object.assign(account, { readPage: () => Promise.reject(error) }),
    });
    expect({ passed, message }).toEqual({
      passed: true,
      message: expect.stringMatching(/^'shop' could not be verified: cannot read the parameters under /),
    });
  });

  test('reads the parameters again if IAM allows it only after 9 s', async () => {
    const { passed, message } = await runGate({
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

  test('passes if there was no time to read the parameters', async () => {
    const { passed, message } = await runGate({
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

test('the gate of one application does not verify another', async () => {
  const StackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--search/1';
  const { passed, message, account } = await runGate({ request: { StackId } });
  expect({ passed, message }).toEqual({
    passed: false,
    message: "the gate of 'shop' is in the stack of another application",
  });
  expect(account.calls).toEqual([]);
});

describe('warn', () => {
  test.each<[string, GateSetup]>([
    ['missing access', { change: refuses }],
    [
      'a role that cannot be assumed',
      {
        change: (account) => void account.assumeErrors.set(roleArn('shop', 'probe'), awsError('AccessDenied', 403)),
      },
    ],
    [
      'a refused request',
      {
        change: (account) => {
          account.answer = () => awsError('ValidationException', 400);
        },
      },
    ],
    ['an application without aliases', { parameters: search }],
    ['a verification that throws', { verified: () => Promise.reject(new Error('no')) }],
    ['unreadable parameters', { timeLeft: 4_000, verified: () => Promise.reject(awsError('Throttling', 400)) }],
  ])('passes with %s, and reports the problem', async (_, setup) => {
    const strict = await runGate(setup);
    const { passed, message, logged } = await runGate({ ...setup, onFailure: 'warn' });
    expect(strict.passed).toBe(false);
    expect({ passed, message }).toEqual({ passed: true, message: `passed because of 'gate: warn': ${strict.message}` });
    expect(logged).toEqual(strict.logged);
  });

  test('does not change the message of a gate that passes anyway', async () => {
    expect(await runGate({ onFailure: 'warn' })).toMatchObject({ passed: true, message: WORKS });
    expect((await runGate({ onFailure: 'warn', change: throttles })).message).toMatch(
      /^9 of 9 probes .* were inconclusive/,
    );
  });
});

test('a request that is delivered twice gets the same verdict twice', async () => {
  const [first, second] = await Promise.all([gateOnce(), gateOnce()]);
  expect(first).toEqual(second);
});

const gateOnce = async (): Promise<GateVerdict> => {
  const account = new AccountInMemory(shop);
  return gate(resourceRequest(), {
    verifyChanged: ({ application, aliases }) =>
      verify(settings, account, { applications: [application], served: aliases }),
    stackStatus: unexpectedStatus,
    clock: account.clock,
    log: account.log,
  });
};
