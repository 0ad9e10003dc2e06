import { isResourceRequest } from '../../../lambda/custom-resource/resource-request';
import type { LimitAnswer } from '../../../lambda/limit/act';
import { bundledHandler } from '../bundled-handler';
import { waitingFor } from '../custom-resource/described-resource';
import { alarmArn, LimitAccount, type SeenAction } from './limit-account';

export const PRINCIPALS = ['role dev_shop_lambda', 'role shop-api', 'user alice'];
export const PROBES = ['role dev_shop_probe', 'role dev_shop_probe-policies'];
export const ALARM = alarmArn('shop');
export const ME = 'arn:aws:sts::111122223333:assumed-role/admin/me';
const NOW = '2026-11-21T12:36:15.490Z';
export const NEXT_DAY = '2026-11-22T00:01:00.000Z';

const handler = bundledHandler('limit');

/** The account of the running test. */
export let account: LimitAccount;
/** Lines that the function has logged. */
export let lines: string[];

beforeEach(async () => {
  // Waits between attempts are skipped, and each test sets the time of day.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
  jest.setSystemTime(new Date(NOW));
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  jest.spyOn(Math, 'random').mockReturnValue(0);
  account = new LimitAccount();
  await account.listen();
  account.application('shop', PRINCIPALS, 40);
  account.application('search', ['role dev_search_lambda'], 10);
});

afterEach(() => {
  account.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

export const call = (event: unknown, milliseconds = 280_000): Promise<LimitAnswer> => {
  const end = performance.now() + milliseconds;
  if (isResourceRequest(event)) {
    account.resource = waitingFor(event, 'Custom::BedrockAccessDenial');
  }
  return handler()(event, { getRemainingTimeInMillis: () => end - performance.now() }) as Promise<LimitAnswer>;
};

export const run = (): Promise<LimitAnswer> => call({ scheduled: true });

/** The event of an alarm (CloudWatch User Guide, "Invoke a Lambda function from an alarm", 2026-11). */
export const alarm = (changes: Readonly<Record<string, unknown>> = {}) => ({
  source: 'aws.cloudwatch',
  alarmArn: ALARM,
  accountId: '111122223333',
  time: '2026-11-21T12:36:15.490+0000',
  region: 'us-east-1',
  alarmData: {
    alarmName: 'dev_shop_daily-usd',
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-11-21T12:36:15.490+0000' },
    previousState: { value: 'OK' },
    configuration: {
      metrics: [
        {
          id: 'm1',
          metricStat: {
            metric: {
              namespace: 'BedrockAccess',
              name: 'DailyUsd',
              dimensions: { Environment: 'dev', Application: 'shop' },
            },
            period: 300,
            stat: 'Maximum',
          },
          returnData: true,
        },
      ],
    },
  },
  ...changes,
});

export const at = NOW;
export const why = 'it spent an estimated $41.00 of its $40.00 on 2026-11-21';
export const SCHEDULE = { schedule: 'every five minutes' } as const;
export const nothing: LimitAnswer = { acts: [], failures: [] };

export const action = (status: string, changed: string, more: Partial<SeenAction> = {}): SeenAction => ({
  status,
  application: 'shop',
  principals: PRINCIPALS,
  history: [{ status, type: 'SYSTEM', at: changed }],
  ...more,
});
export const ID = '01234567-89ab-cdef-0123-456789abcdef';
export const LAST_MONTH = '2026-10-30T11:00:00Z';
export const THIS_MONTH = '2026-11-03T11:00:00Z';

export const overLimit = (): void => account.spend('shop1', 41, '2026-11-21T09:00:00Z');
export const changes = (): readonly string[] =>
  account.requests.filter((r) => /^(Attach|Detach|Put|Delete|Execute)/.test(r));
export const metrics = (): readonly unknown[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => '_aws' in line && line['Denied'] === 1);
