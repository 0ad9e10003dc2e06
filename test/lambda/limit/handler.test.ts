import type { Act, LimitAnswer } from '../../../lambda/limit/act';
import { handler } from '../../../lambda/limit/handler';
import { resourceRequest } from '../verify/resource-request';
import { LimitAccount, policyArn, type SeenAction } from './limit-account';

const PRINCIPALS = ['role dev_shop_lambda', 'role shop-api', 'user alice'];
const ALARM = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_shop_daily-usd';
const ME = 'arn:aws:sts::111122223333:assumed-role/admin/me';

let account: LimitAccount;
let lines: string[];

beforeEach(async () => {
  // Waits between attempts are skipped, and each test sets the time of day.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
  jest.setSystemTime(new Date('2026-11-21T00:10:00Z'));
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  jest.spyOn(Math, 'random').mockReturnValue(0);
  account = new LimitAccount();
  await account.listen();
  account.application('shop', PRINCIPALS);
  account.application('search', ['role dev_search_lambda']);
});

afterEach(() => {
  account.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const call = (event: unknown, milliseconds = 60_000): Promise<LimitAnswer> => {
  const end = performance.now() + milliseconds;
  return handler(event, { getRemainingTimeInMillis: () => end - performance.now() });
};

/** The event of an alarm (CloudWatch User Guide, "Invoke a Lambda function from an alarm", 2026-11). */
const alarm = (state = 'ALARM', dimensions: unknown = { Environment: 'dev', Application: 'shop' }) => ({
  source: 'aws.cloudwatch',
  alarmArn: ALARM,
  accountId: '111122223333',
  time: '2026-11-21T12:36:15.490+0000',
  region: 'us-east-1',
  alarmData: {
    alarmName: 'dev_shop_daily-usd',
    state: { value: state, reason: 'Threshold Crossed', timestamp: '2026-11-21T12:36:15.490+0000' },
    previousState: { value: 'OK' },
    configuration: {
      metrics: [
        {
          id: 'm1',
          metricStat: {
            metric: { namespace: 'BedrockAccess', name: 'DailyUsd', dimensions },
            period: 300,
            stat: 'Maximum',
          },
          returnData: true,
        },
      ],
    },
  },
});

const at = '2026-11-21T00:10:00.000Z';

const action = (status: string, changed: string, more: Partial<SeenAction> = {}): SeenAction => ({
  status,
  application: 'shop',
  principals: PRINCIPALS,
  history: [{ status, type: 'SYSTEM', at: changed }],
  ...more,
});
const ID = '01234567-89ab-cdef-0123-456789abcdef';
const LAST_MONTH = '2026-10-30T11:00:00Z';
const THIS_MONTH = '2026-11-03T11:00:00Z';

describe('an alarm', () => {
  const denied: Act = { act: 'denied', application: 'shop', by: { alarm: ALARM }, at, principals: PRINCIPALS };

  test('denies all principals of its application, except the probe roles', async () => {
    expect(await call(alarm())).toEqual({ acts: [denied], failures: [] });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(account.denied('search')).toEqual([]);
    expect(lines.map((line) => JSON.parse(line))).toEqual([denied]);
  });

  test('that arrives twice changes nothing the second time', async () => {
    await call(alarm());
    expect(await call(alarm())).toEqual({ acts: [denied], failures: [] });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test.each(['OK', 'INSUFFICIENT_DATA'])('in the state %s changes nothing', async (state) => {
    expect(await call(alarm(state))).toEqual({ acts: [], failures: [] });
    expect(account.requests).toEqual([]);
  });

  /** The event of an alarm, with the data point that it evaluated (User Guide, "Alarm events and EventBridge"). */
  const judgedBy = (start: string) => {
    const event = alarm();
    const reasonData = JSON.stringify({
      version: '1.0',
      queryDate: '2026-11-21T00:11:05.399+0000',
      startDate: start,
      period: 300,
      recentDatapoints: [41],
      threshold: 40,
      evaluatedDatapoints: [{ timestamp: start, sampleCount: 1, value: 41 }],
    });
    return { ...event, alarmData: { ...event.alarmData, state: { ...event.alarmData.state, reasonData } } };
  };

  test.each(['2026-11-20T23:50:00.000+0000', '2026-11-20T23:54:00.000+0000', '2026-11-20T23:55:00.000+0000'])(
    'that reports the period from %s after midnight denies no principal',
    async (start) => {
      expect(await call(judgedBy(start))).toEqual({ acts: [], failures: [] });
      expect(account.requests).toEqual([]);
    },
  );

  test.each(['2026-11-20T23:56:00.000+0000', '2026-11-21T00:00:00.000+0000', 'some time'])(
    'that reports the period from %s denies',
    async (start) => {
      expect(await call(judgedBy(start))).toEqual({ acts: [denied], failures: [] });
    },
  );

  test.each([
    ['another environment', { Environment: 'prod', Application: 'shop' }],
    ['no application', { Environment: 'dev' }],
    ['nothing', undefined],
  ])('on %s is refused', async (_, dimensions) => {
    await expect(call(alarm('ALARM', dimensions === undefined ? {} : dimensions))).rejects.toThrow(
      `the alarm ${ALARM} watches no application of dev`,
    );
    expect(account.requests).toEqual([]);
  });

  test.each(['../search', '{application}', 'Shop', 'x*'])(
    'on the application %j makes no call to AWS',
    async (name) => {
      await expect(call(alarm('ALARM', { Environment: 'dev', Application: name }))).rejects.toThrow(
        'is not a valid name of an application',
      );
      expect(account.requests).toEqual([]);
    },
  );

  test('denies the other principals if one cannot have another policy, and fails with a remedy', async () => {
    account.full.add('role shop-api');
    await expect(call(alarm())).rejects.toThrow(
      `could not attach ${policyArn('shop')} to role shop-api: LimitExceededException: LimitExceeded for AttachRolePolicy; detach another managed policy from it, or ask for a higher quota in Service Quotas, then try again`,
    );
    expect(account.denied('shop')).toEqual(['role dev_shop_lambda', 'user alice']);
    expect(JSON.parse(lines[0] ?? '')).toEqual({ ...denied, principals: ['role dev_shop_lambda', 'user alice'] });
  });

  test('retries after throttles', async () => {
    account.failures.set('AssumeRole', [[400, 'Throttling']]);
    account.failures.set('AttachRolePolicy', [
      [400, 'Throttling'],
      [409, 'ConcurrentModification'],
      [500, 'ServiceFailure'],
    ]);
    expect(await call(alarm())).toEqual({ acts: [denied], failures: [] });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('fails and names the role if it cannot be assumed', async () => {
    account.failures.set('AssumeRole', [[403, 'AccessDenied']]);
    await expect(call(alarm())).rejects.toThrow(
      'could not assume arn:aws:iam::111122223333:role/bedrock-access/dev/limit/dev_shop_limit: AccessDenied',
    );
  });
});

describe('the schedule', () => {
  const schedule = { scheduled: true };
  const released = (note?: string): Act => ({
    act: 'released',
    application: 'shop',
    by: { schedule: 'daily' },
    at,
    principals: PRINCIPALS,
    ...(note !== undefined && { note }),
  });

  test('lifts the denials of an alarm once a day, and makes no calls for applications that are not denied', async () => {
    account.deny('shop', ...PRINCIPALS);
    expect(await call(schedule)).toEqual({ acts: [released()], failures: [] });
    expect(account.denied('shop')).toEqual([]);
    expect(account.requests.filter((request) => request === 'AssumeRole')).toHaveLength(1);
  });

  test('has nothing to do after a day without denials', async () => {
    expect(await call(schedule)).toEqual({ acts: [], failures: [] });
    expect(account.requests).toEqual(['ListPolicies', 'DescribeBudgetActionsForAccount']);
  });

  test.each(['EXECUTION_SUCCESS', 'EXECUTION_IN_PROGRESS', 'EXECUTION_FAILURE'])(
    'keeps the denial of a budget whose action reached %s this month',
    async (status) => {
      account.deny('shop', ...PRINCIPALS);
      account.actions.set(ID, action(status, THIS_MONTH));
      expect(await call(schedule)).toEqual({
        acts: [
          {
            act: 'kept',
            application: 'shop',
            by: { schedule: 'daily' },
            at,
            principals: [],
            note: `the budget dev_shop_0a1b2c was reached this month (${status})`,
          },
        ],
        failures: [],
      });
      expect(account.denied('shop')).toEqual(PRINCIPALS);
    },
  );

  test('makes AWS Budgets reverse an action of an earlier month and watch the budget again', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.actions.set(ID, action('EXECUTION_SUCCESS', LAST_MONTH));
    expect(await call(schedule)).toEqual({
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

  test('does not count a change of the action by a deployment as an execution', async () => {
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
    await call(schedule);
    expect(account.denied('shop')).toEqual([]);
  });

  test.each([
    ['an earlier month is reset', LAST_MONTH, 'STANDBY'],
    ['this month stays as it is', THIS_MONTH, 'REVERSE_SUCCESS'],
  ])('an action that was reversed in %s', async (_, changed, becomes) => {
    account.actions.set(ID, action('REVERSE_SUCCESS', changed));
    await call(schedule);
    expect(account.actions.get(ID)?.status).toBe(becomes);
  });

  test('lifts the other denials if one application fails, and then fails itself', async () => {
    account.deny('search', 'role dev_search_lambda');
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('AssumeRole', [[403, 'AccessDenied']]);
    await expect(call(schedule)).rejects.toThrow('search: could not assume');
    expect(account.denied('search')).toEqual(['role dev_search_lambda']);
    expect(account.denied('shop')).toEqual([]);
  });

  test('lifts nothing and fails if it cannot read which denials a budget set', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('DescribeBudgetActionsForAccount', [[400, 'AccessDeniedException']]);
    await expect(call(schedule)).rejects.toThrow('could not list the actions of budgets');
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test("does not touch other environments' denials and budgets", async () => {
    const other = policyArn('shop').replaceAll('dev', 'prod');
    account.carried.set(other, new Set(['role prod_shop_lambda']));
    expect(await call(schedule)).toEqual({ acts: [], failures: [] });
    expect(account.carried.get(other)?.size).toBe(1);
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

  test('of an application without a denial policy reports no principals', async () => {
    account.carried.delete(policyArn('shop'));
    expect(await call(release)).toEqual({ acts: [{ ...released, principals: [] }], failures: [] });
  });
});

describe('CloudFormation', () => {
  const DENIAL = 'bedrock-access-denial';
  const order = (RequestType: 'Create' | 'Update' | 'Delete', roles: readonly string[], id: string | null = DENIAL) =>
    resourceRequest({
      RequestType,
      ResponseURL: `${account.url}/answer?Signature=s`,
      ...(RequestType !== 'Create' && id !== null && { PhysicalResourceId: id }),
      ResourceProperties: { ServiceToken: 'arn', Application: 'shop', Roles: roles, Users: ['alice'] },
    });
  const ROLES = ['dev_shop_lambda', 'shop-api'];
  const answered = () =>
    account.answers.map(({ Status, PhysicalResourceId, Reason }) => ({
      Status,
      PhysicalResourceId,
      Reason: String(Reason).replace(/ \(more: .*$/, ''),
    }));
  const success = (Reason: string, PhysicalResourceId = DENIAL) => ({ Status: 'SUCCESS', PhysicalResourceId, Reason });
  const nobody = success('the denial was attached to no principal');

  test('creates a denial without any request', async () => {
    await call(order('Create', ROLES));
    await call(order('Create', ROLES));
    expect(answered()).toEqual([nobody, nobody]);
    expect(account.requests).toEqual([]);
  });

  test('updates an unattached denial without a change', async () => {
    await call(order('Update', ROLES));
    expect(answered()).toEqual([nobody]);
    expect(account.denied('shop')).toEqual([]);
  });

  test('detaches a denial from a removed principal and attaches it to an added one, also when repeated', async () => {
    account.deny('shop', 'role dev_shop_lambda', 'role left-since', 'user alice');
    await call(order('Update', ROLES));
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    await call(order('Update', ROLES));
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(answered()).toEqual([success('the denial was changed for: role left-since, role shop-api'), nobody]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      act: 'followed',
      application: 'shop',
      by: { stack: resourceRequest().StackId },
      at,
      principals: ['role left-since', 'role shop-api'],
      note: 'removed: role left-since; added: role shop-api',
    });
  });

  test('detaches a deleted denial from all principals, including unknown ones, also when repeated', async () => {
    account.deny('shop', ...PRINCIPALS, 'role by-hand');
    await call(order('Delete', ROLES));
    await call(order('Delete', ROLES));
    expect(account.denied('shop')).toEqual([]);
    expect(answered()).toEqual([
      success('the denial was changed for: role by-hand, role dev_shop_lambda, role shop-api, user alice'),
      nobody,
    ]);
  });

  test('deletes a denial that no longer exists', async () => {
    account.carried.delete(policyArn('shop'));
    await call(order('Delete', ROLES));
    expect(answered()).toEqual([nobody]);
  });

  test('deletes a denial that it could not create, under the id in the request', async () => {
    await call(order('Delete', ROLES, 'stack-Denial-1ABC'));
    expect(answered()).toEqual([success('the denial was attached to no principal', 'stack-Denial-1ABC')]);
    expect(account.requests).toEqual([]);
  });

  test('waits while IAM spreads a new role', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('AssumeRole', [
      [403, 'AccessDenied'],
      [403, 'AccessDenied'],
    ]);
    await call(order('Delete', ROLES));
    expect(answered()).toEqual([
      success('the denial was changed for: role dev_shop_lambda, role shop-api, user alice'),
    ]);
  });

  test('receives a failure that names the principal that cannot be detached, so the stack stays', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('DetachUserPolicy', [[400, 'InvalidInput']]);
    await call(order('Delete', ROLES));
    expect(answered()).toEqual([
      {
        Status: 'FAILED',
        PhysicalResourceId: DENIAL,
        Reason: `could not detach ${policyArn('shop')} from user alice: InvalidInputException: InvalidInput for DetachUserPolicy`,
      },
    ]);
  });

  test('receives a failure that shows wrong properties', async () => {
    const request = order('Create', ROLES);
    await call({ ...request, ResourceProperties: { Application: 'shop', Roles: 'all' } });
    expect(answered()).toEqual([
      { Status: 'FAILED', PhysicalResourceId: DENIAL, Reason: 'the denial has the roles "all"' },
    ]);
  });

  test('receives an answer before the time runs out, even if IAM never answers', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('ListEntitiesForPolicy', ['never', 'never', 'never']);
    await call(order('Delete', ROLES), 5_600);
    expect(answered()).toEqual([
      {
        Status: 'FAILED',
        PhysicalResourceId: DENIAL,
        Reason: expect.stringMatching(/no whole answer within [\d.]+ ms/),
      },
    ]);
  });
});

test.each([undefined, {}, { scheduled: false }, { release: 'shop' }, { release: 'shop', by: '' }, 'shop', []])(
  'the event %j is refused with the allowed forms',
  async (event) => {
    await expect(call(event)).rejects.toThrow(
      'allowed: an event of an alarm on an application of the environment, { "scheduled": true } from the schedule, and { "release": "APPLICATION", "by": "WHO" }',
    );
    expect(account.requests).toEqual([]);
  },
);

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
