import type { Act } from '../../../lambda/limit/act';
import { MetricStore } from '../meter/metric-store';
import { accessArn, policyArn } from './limit-account';
import {
  ALARM,
  account,
  action,
  alarm,
  at,
  call,
  changes,
  ID,
  LAST_MONTH,
  lines,
  ME,
  metrics,
  NEXT_DAY,
  nothing,
  overLimit,
  PRINCIPALS,
  PROBES,
  run,
  SCHEDULE,
  THIS_MONTH,
  why,
} from './use-limit-account';

describe('a run', () => {
  const denied: Act = { act: 'denied', application: 'shop', by: SCHEDULE, at, principals: PRINCIPALS, note: why };

  test('denies an application at its limit to all its principals, except the probe roles, and tells its owner', async () => {
    overLimit();
    expect(await run()).toEqual({ acts: [denied], failures: [] });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(account.denied('search')).toEqual([]);
    expect(account.state('shop')).toEqual({ denied: { at, why } });
    expect(account.told).toEqual([
      {
        topic: 'arn:aws:sns:us-east-1:111122223333:dev_alerts-shop',
        subject: 'dev: shop is denied its profiles',
        message: `shop in dev is denied its profiles.

Why: ${why}.
The denial was attached to: role dev_shop_lambda, role shop-api, user alice.

To lift it: npx bedrock-access budget dev shop --release`,
      },
    ]);
    expect(metrics()).toMatchObject([{ Environment: 'dev', Application: 'shop' }]);
  });

  test('that follows another changes nothing and tells nobody, but shows the denial', async () => {
    overLimit();
    await run();
    account.requests.length = 0;
    expect(await run()).toEqual(nothing);
    expect(changes()).toEqual([]);
    expect(account.told).toHaveLength(1);
    expect(metrics()).toHaveLength(2);
  });

  test('that has no time left to read changes nothing and fails', async () => {
    overLimit();
    await expect(call({ scheduled: true }, 30_000)).rejects.toThrow(
      'search: the time for reading was up; the next run looks again; shop: the time for reading was up',
    );
    expect(changes()).toEqual([]);
  });

  test('that is doubled denies once', async () => {
    overLimit();
    await Promise.all([run(), run()]);
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(await run()).toEqual(nothing);
  });

  test('assumes no role and changes nothing while every application is below its limit', async () => {
    account.spend('shop1', 39.99, '2026-11-21T09:00:00Z');
    account.spend('shop1', 500, '2026-11-20T23:59:00Z');
    expect(await run()).toEqual(nothing);
    expect(account.requests.filter((r) => !r.startsWith('Get')).sort()).toEqual([
      'DescribeBudgetActionsForAccount',
      'ListPolicies',
    ]);
  });

  test('denies a principal that somebody freed meanwhile', async () => {
    overLimit();
    await run();
    account.carried.get(policyArn('shop'))?.delete('role shop-api');
    expect((await run()).acts).toEqual([{ ...denied, principals: ['role shop-api'] }]);
  });

  test('counts answers, caches and previous generations', async () => {
    account.alias('shop', 'main', ['shop1', 'shop0']);
    account.spend('shop0', 20, '2026-11-21T00:00:00Z');
    account.spend('shop1', 5.25, '2026-11-21T03:00:00Z', 'OutputTokenCount');
    expect(await run()).toMatchObject({ acts: [{ note: 'it spent an estimated $41.00 of its $40.00 on 2026-11-21' }] });
  });

  test('counts a profile once that two parameters name', async () => {
    account.spend('shop1', 39, '2026-11-21T09:00:00Z');
    account.alias('shop', 'other', ['shop1']);
    expect(await run()).toEqual(nothing);
  });

  test('that is the first of its day and finds the limit reached denies', async () => {
    jest.setSystemTime(new Date(NEXT_DAY));
    account.spend('shop1', 41, '2026-11-22T00:00:10Z');
    expect((await run()).acts).toMatchObject([{ act: 'denied', principals: PRINCIPALS }]);
  });

  test.each([
    [
      'a person releases the application',
      () => account.writeState('shop', { released: { by: ME, at, day: '2026-11-21' } }),
    ],
    ['its stack deletes the limit', () => account.parameters.delete('/bedrock-access/dev.limits/shop')],
    ['its stack writes another limit', () => account.limit('shop', { dailyUsd: 50 })],
  ])('during which %s changes nothing', async (_, change) => {
    overLimit();
    const read = account.metrics.read.bind(account.metrics);
    jest.spyOn(account.metrics, 'read').mockImplementation((...query) => {
      change();
      return read(...query);
    });
    expect(await run()).toEqual(nothing);
    expect([changes(), account.denied('shop')]).toEqual([[], []]);
  });

  test('on the next day lifts the denial and tells the owner', async () => {
    overLimit();
    await run();
    jest.setSystemTime(new Date(NEXT_DAY));
    expect(await run()).toEqual({
      acts: [{ act: 'released', application: 'shop', by: SCHEDULE, at: NEXT_DAY, principals: PRINCIPALS }],
      failures: [],
    });
    expect(account.denied('shop')).toEqual([]);
    expect(account.state('shop')).toBeUndefined();
    expect(account.told.at(-1)).toEqual({
      topic: 'arn:aws:sns:us-east-1:111122223333:dev_alerts-shop',
      subject: 'dev: shop may call its profiles again',
      message: `shop in dev may call its profiles again.

It was denied since ${at}: ${why}.
Nothing denies it any more.
They may call its profiles: role dev_shop_lambda, role shop-api, user alice.`,
    });
  });

  test('lifts the denial after a higher limit was deployed', async () => {
    overLimit();
    await run();
    account.application('shop', PRINCIPALS, 50);
    account.deny('shop', ...PRINCIPALS);
    expect((await run()).acts).toMatchObject([{ act: 'released', principals: PRINCIPALS }]);
  });

  test('retries after throttles', async () => {
    overLimit();
    account.failures.set('AssumeRole', [[400, 'Throttling']]);
    account.failures.set('GetMetricData', [[400, 'ThrottlingException']]);
    account.failures.set('AttachRolePolicy', [
      [400, 'Throttling'],
      [409, 'ConcurrentModification'],
      [500, 'ServiceFailure'],
    ]);
    expect(await run()).toEqual({ acts: [denied], failures: [] });
  });

  test('fails and names the role if it cannot be assumed, after it looked at the other applications', async () => {
    overLimit();
    account.spend('search1', 11, '2026-11-21T09:00:00Z');
    account.failures.set('AssumeRole', [[403, 'AccessDenied']]);
    await expect(run()).rejects.toThrow(
      'search: could not assume arn:aws:iam::111122223333:role/bedrock-access/dev/limit/dev_search_limit: AccessDenied',
    );
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('fails if the owner cannot be told, after it denied', async () => {
    overLimit();
    account.failures.set('Publish', [[403, 'AuthorizationError']]);
    await expect(run()).rejects.toThrow('could not publish to arn:aws:sns:us-east-1:111122223333:dev_alerts-shop');
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });
});

describe('a principal without room for the denial', () => {
  const [LAMBDA = '', API = '', ALICE = ''] = PRINCIPALS;

  beforeEach(() => {
    overLimit();
    account.full.add(API);
    account.full.add(ALICE);
  });

  test('loses the access policies of the application instead, and the owner is told', async () => {
    expect(await run()).toEqual({
      acts: [
        {
          ...{ act: 'denied', application: 'shop', by: SCHEDULE, at, note: why },
          ...{ principals: [LAMBDA], withoutAccess: [API, ALICE] },
        },
      ],
      failures: [],
    });
    expect(account.denied('shop')).toEqual([LAMBDA]);
    expect(account.entitled('shop')).toEqual([LAMBDA, ...PROBES]);
    expect(account.told[0]?.message).toContain(
      'The denial could not be attached, so the access policies were detached from: role shop-api, user alice.',
    );
    expect(await run()).toEqual(nothing);
  });

  test('gets its access back on the next day', async () => {
    await run();
    jest.setSystemTime(new Date(NEXT_DAY));
    expect((await run()).acts).toMatchObject([
      { act: 'released', principals: ['role dev_shop_lambda'], withoutAccess: ['role shop-api', 'user alice'] },
    ]);
    expect(account.denied('shop')).toEqual([]);
    expect(account.entitled('shop')).toEqual([LAMBDA, ...PROBES, API, ALICE].sort());
  });

  test('gets its access back by a release', async () => {
    await run();
    await call({ release: 'shop', by: ME });
    expect(account.entitled('shop')).toEqual([LAMBDA, ...PROBES, API, ALICE].sort());
  });

  test('gets its access back in a later run if it could not be attached at first', async () => {
    await run();
    jest.setSystemTime(new Date(NEXT_DAY));
    account.failures.set('AttachUserPolicy', [[400, 'InvalidInput']]);
    await expect(run()).rejects.toThrow(`could not attach ${accessArn('shop')} to user alice`);
    expect(account.state('shop')).toMatchObject({ denied: { why } });
    await run();
    expect(account.entitled('shop')).toContain(ALICE);
    expect(account.state('shop')).toBeUndefined();
  });

  test('loses every access policy if the application has several', async () => {
    account.carried.set(`${accessArn('shop')}0`, new Set(PRINCIPALS));
    account.limit('shop', {
      ...{ dailyUsd: 40, alarmArn: ALARM, topicArn: 'arn:aws:sns:us-east-1:111122223333:dev_alerts-shop' },
      ...{ policyArns: [accessArn('shop'), `${accessArn('shop')}0`] },
      ...{ roles: ['dev_shop_lambda', 'shop-api'], users: ['alice'] },
    });
    await run();
    expect([...(account.carried.get(`${accessArn('shop')}0`) ?? [])]).toEqual([LAMBDA]);
  });

  test.each([
    ['it may not be attached', [403, 'AccessDenied']],
    ['the policy is gone', [404, 'NoSuchEntity']],
  ] as const)('is denied by detaching also if %s', async (_, failure) => {
    account.full.clear();
    account.failures.set('AttachUserPolicy', [failure]);
    expect((await run()).acts).toMatchObject([{ principals: [LAMBDA, API], withoutAccess: [ALICE] }]);
  });

  test('that can be denied in neither way is told as such and fails the run, and the others are denied', async () => {
    account.failures.set('DetachUserPolicy', [[403, 'AccessDenied']]);
    await expect(run()).rejects.toThrow('user alice is not denied: could not attach');
    expect(account.denied('shop')).toEqual([LAMBDA]);
    expect(account.told).toMatchObject([{ subject: 'dev: shop is NOT denied to all its principals' }]);
    expect(account.told[0]?.message).toContain('- user alice is not denied: could not attach');
    expect((await run()).acts).toMatchObject([{ withoutAccess: [ALICE] }]);
  });

  test('keeps what a person detached by hand while nothing was denied', async () => {
    account.metrics = new MetricStore();
    account.carried.get(accessArn('shop'))?.delete(API);
    expect(await run()).toEqual(nothing);
    expect(account.entitled('shop')).not.toContain(API);
  });
});

describe('the action of a budget', () => {
  const released = (note?: string): Act => ({
    act: 'released',
    application: 'shop',
    by: SCHEDULE,
    at,
    principals: PRINCIPALS,
    ...(note !== undefined && { note }),
  });

  test.each(['EXECUTION_SUCCESS', 'EXECUTION_IN_PROGRESS', 'EXECUTION_FAILURE'])(
    'that reached %s this month keeps its application denied, also to principals that it does not name',
    async (status) => {
      account.deny('shop', 'role dev_shop_lambda');
      account.actions.set(ID, action(status, THIS_MONTH));
      expect((await run()).acts).toMatchObject([
        {
          act: 'denied',
          principals: ['role shop-api', 'user alice'],
          note: `AWS Budgets says that the budget dev_shop_0a1b2c is spent (${status})`,
        },
      ]);
      expect(await run()).toEqual(nothing);
      expect(account.denied('shop')).toEqual(PRINCIPALS);
    },
  );

  test('of an earlier month is reversed by AWS Budgets, which then watches the budget again', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(ID, action('EXECUTION_SUCCESS', LAST_MONTH));
    expect(await run()).toEqual({
      acts: [
        released(
          'the action of the budget dev_shop_0a1b2c now has the status REVERSE_SUCCESS; the action of the budget dev_shop_0a1b2c now has the status STANDBY',
        ),
      ],
      failures: [],
    });
    expect(account.denied('shop')).toEqual([]);
    expect(account.actions.get(ID)?.status).toBe('STANDBY');
  });

  test('of an earlier month stays while the application is denied for another cause', async () => {
    overLimit();
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(ID, action('EXECUTION_SUCCESS', LAST_MONTH));
    await run();
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(account.actions.get(ID)?.status).toBe('EXECUTION_SUCCESS');
  });

  test('that a deployment changed counts by its execution', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(
      ID,
      action('EXECUTION_SUCCESS', LAST_MONTH, {
        history: [
          { status: 'EXECUTION_SUCCESS', type: 'SYSTEM', at: LAST_MONTH },
          { status: 'EXECUTION_SUCCESS', type: 'UPDATE_ACTION', at: THIS_MONTH },
        ],
      }),
    );
    await run();
    expect(account.denied('shop')).toEqual([]);
  });

  test.each([
    ['an earlier month is reset', LAST_MONTH, 'STANDBY'],
    ['this month stays as it is', THIS_MONTH, 'REVERSE_SUCCESS'],
  ])('that was reversed in %s', async (_, changed, becomes) => {
    account.actions.set(ID, action('REVERSE_SUCCESS', changed));
    await run();
    expect(account.actions.get(ID)?.status).toBe(becomes);
    expect(account.told).toEqual([]);
  });

  test('that cannot be reversed does not keep the application denied, and the run fails', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(ID, action('EXECUTION_SUCCESS', LAST_MONTH));
    account.failures.set('ExecuteBudgetAction', [[400, 'AccessDeniedException']]);
    await expect(run()).rejects.toThrow('could not execute REVERSE_BUDGET_ACTION');
    expect(account.denied('shop')).toEqual([]);
  });
});

test('denials of other environments and of applications without a limit stay as they are', async () => {
  const other = policyArn('shop').replaceAll('dev', 'prod');
  account.carried.set(other, new Set(['role prod_shop_lambda']));
  account.carried.set(policyArn('gone'), new Set(['role dev_gone_lambda']));
  expect(await run()).toEqual(nothing);
  expect([account.carried.get(other)?.size, account.denied('gone')]).toEqual([1, ['role dev_gone_lambda']]);
});

describe('a stop by hand', () => {
  const stop = { deny: 'shop', reason: 'it loops', by: ME };
  const cause = `${ME} denied it: it loops`;

  test('denies all principals and lasts until a release', async () => {
    expect(await call(stop)).toEqual({
      acts: [{ act: 'denied', application: 'shop', by: { deny: ME }, at, principals: PRINCIPALS, note: cause }],
      failures: [],
    });
    expect(account.state('shop')).toEqual({ held: { reason: 'it loops', by: ME, at }, denied: { at, why: cause } });
    for (const day of [NEXT_DAY, '2026-12-01T00:01:00.000Z', '2027-03-01T00:01:00.000Z']) {
      jest.setSystemTime(new Date(day));
      await run();
      expect(account.denied('shop')).toEqual(PRINCIPALS);
    }
    await call({ release: 'shop', by: ME });
    await run();
    expect(account.denied('shop')).toEqual([]);
  });

  test('of an application that is denied already lasts too, and says so', async () => {
    overLimit();
    await run();
    expect((await call(stop)).acts).toMatchObject([{ act: 'denied', by: { deny: ME }, principals: [], note: cause }]);
    jest.setSystemTime(new Date(NEXT_DAY));
    await run();
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('follows a release', async () => {
    await call({ release: 'shop', by: ME });
    await call(stop);
    await run();
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('denies also if CloudWatch, AWS Budgets and SNS do not answer', async () => {
    for (const operation of ['GetMetricData', 'DescribeBudgetActionsForAccount', 'Publish']) {
      account.failures.set(
        operation,
        Array.from({ length: 99 }, () => [400, 'AccessDeniedException'] as const),
      );
    }
    expect(await call(stop)).toMatchObject({ acts: [{ principals: PRINCIPALS }], failures: [expect.any(String)] });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('has a reason of at most 200 characters without control characters', async () => {
    await call({ ...stop, reason: `\u001b[31mred\u202e\n${'no stop '.repeat(900)}` });
    const { reason } = (account.state('shop') as { readonly held: { readonly reason: string } }).held;
    expect(reason).toMatch(/^\ufffd\[31mred\ufffd\ufffdno stop [a-z ]+…$/);
    expect(reason).toHaveLength(200);
  });

  test('that cannot be written changes nothing and says so', async () => {
    account.failures.set('PutParameter', [[400, 'AccessDeniedException']]);
    await expect(call(stop)).rejects.toThrow('could not write /bedrock-access/dev.limits/shop.state');
    expect(account.denied('shop')).toEqual([]);
  });

  test.each([
    ['shop2', "no stack has a limit of 'shop2'; applications with limits: search, shop"],
    ['../search', "no stack has a limit of '../search'; applications with limits: search, shop"],
    ['shop.state', "no stack has a limit of 'shop.state'; applications with limits: search, shop"],
    ['*', "no stack has a limit of '*'; applications with limits: search, shop"],
  ])('of %s is refused', async (name, reason) => {
    expect(await call({ ...stop, deny: name })).toEqual({ acts: [], failures: [reason], refused: true });
    expect(await call({ release: name, by: ME })).toEqual({ acts: [], failures: [reason], refused: true });
    expect(changes()).toEqual([]);
  });
});

describe('a release', () => {
  const release = { release: 'shop', by: ME };
  const released: Act = { act: 'released', application: 'shop', by: { release: ME }, at, principals: PRINCIPALS };

  test('detaches the denial from all principals, including unknown ones', async () => {
    account.deny('shop', ...PRINCIPALS, 'role left-since');
    expect(await call(release)).toEqual({
      acts: [{ ...released, principals: ['role dev_shop_lambda', 'role left-since', 'role shop-api', 'user alice'] }],
      failures: [],
    });
    expect(account.denied('shop')).toEqual([]);
  });

  test('of an application that is not denied reports no principals', async () => {
    expect(await call(release)).toEqual({ acts: [{ ...released, principals: [] }], failures: [] });
  });

  test('makes AWS Budgets reverse its own action, without watching the budget again this month', async () => {
    account.deny('shop', ...PRINCIPALS, 'role left-since');
    account.actions.set(ID, action('EXECUTION_SUCCESS', THIS_MONTH));
    expect(await call(release)).toEqual({
      acts: [
        {
          ...released,
          principals: ['role dev_shop_lambda', 'role left-since', 'role shop-api', 'user alice'],
          note: 'the action of the budget dev_shop_0a1b2c now has the status REVERSE_SUCCESS',
        },
      ],
      failures: [],
    });
    expect(account.requests.filter((request) => request.startsWith('ExecuteBudgetAction'))).toEqual([
      'ExecuteBudgetAction REVERSE_BUDGET_ACTION',
    ]);
    expect(account.denied('shop')).toEqual([]);
  });

  test('lifts the denial even if AWS Budgets refuses, and says so', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(ID, action('EXECUTION_SUCCESS', THIS_MONTH));
    account.failures.set('ExecuteBudgetAction', [[400, 'AccessDeniedException']]);
    expect(await call(release)).toEqual({
      acts: [released],
      failures: [
        'could not execute REVERSE_BUDGET_ACTION for the budget dev_shop_0a1b2c: AccessDeniedException: AccessDeniedException',
      ],
    });
    expect(account.denied('shop')).toEqual([]);
  });

  test('lifts the denial even if it cannot read whether a budget set it', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('DescribeBudgetActionsForAccount', [[400, 'AccessDeniedException']]);
    expect(await call(release)).toEqual({
      acts: [released],
      failures: ['could not list the actions of budgets: AccessDeniedException: AccessDeniedException'],
    });
    expect(account.denied('shop')).toEqual([]);
  });

  test('holds for the rest of the day, whatever is spent, and no longer', async () => {
    overLimit();
    await run();
    await call(release);
    account.spend('shop1', 1000, '2026-11-21T13:00:00Z');
    jest.setSystemTime(new Date('2026-11-21T23:59:59Z'));
    expect(await run()).toEqual(nothing);
    expect(await call(alarm())).toEqual(nothing);
    expect(account.denied('shop')).toEqual([]);
    jest.setSystemTime(new Date(NEXT_DAY));
    account.spend('shop1', 41, '2026-11-22T00:00:10Z');
    await run();
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('holds against its budget for the rest of the month, also if the action cannot be reversed', async () => {
    account.actions.set(ID, action('EXECUTION_FAILURE', THIS_MONTH));
    await run();
    await call(release);
    jest.setSystemTime(new Date(NEXT_DAY));
    await run();
    expect(account.denied('shop')).toEqual([]);
    account.actions.set(ID, action('EXECUTION_SUCCESS', '2026-11-22T00:00:30Z'));
    await run();
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('of an application without a denial policy reports no principals', async () => {
    account.carried.delete(policyArn('shop'));
    expect(await call(release)).toEqual({ acts: [{ ...released, principals: [] }], failures: [] });
  });
});

test('a missing setting is named', async () => {
  const { LIMIT_ROLE_ARN, ...rest } = process.env;
  process.env = rest;
  try {
    await expect(call({ scheduled: true })).rejects.toThrow('the environment variable LIMIT_ROLE_ARN is not set');
  } finally {
    process.env = { ...rest, ...(LIMIT_ROLE_ARN !== undefined && { LIMIT_ROLE_ARN }) };
  }
});

test('no line of the log holds a credential', async () => {
  account.deny('shop', ...PRINCIPALS);
  await call({ release: 'shop', by: ME });
  expect(lines.join('\n')).not.toMatch(/ASIA|secret|SessionToken/);
});
