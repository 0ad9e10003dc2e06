import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../lib/constructs/bundle-function';
import { AccountServer } from './account-settings/account-server';
import { FORGED_EVENTS, forgedTable, HERE, RULE } from './forged-events';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const DOCUMENT = join(__dirname, '..', '..', 'docs', 'forged-events.md');
const SOURCES = {
  'account-settings': 'account-settings',
  limit: 'limit',
  meter: 'meter',
  verification: 'verify',
} as const;
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'forged-'));
const account = new AccountServer();
const lines: string[] = [];

beforeAll(async () => {
  await account.start();
  for (const source of Object.values(SOURCES)) {
    bundleFunction(source, join(folder, source));
  }
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
}, 60_000);

beforeEach(() => {
  account.reset();
  lines.length = 0;
  account.setting = { cloudWatchConfig: { logGroupName: '/ours', roleArn: 'arn:ours' } };
  account.tags.set('Owner', 'Active');
});

afterAll(() => {
  jest.restoreAllMocks();
  account.stop();
  rmSync(folder, { recursive: true });
});

test.each(FORGED_EVENTS.map((row) => [row.target, row.forged, row] as const))(
  '%s changes nothing for a forged event: %s',
  async (target, _, { event, described, inAws, told, says, answered = false }) => {
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_LAMBDA_FUNCTION_NAME: `dev_${target}`,
      AWS_ENDPOINT_URL: account.url,
      AWS_ENDPOINT_URL_CLOUDFORMATION: inAws === true ? 'https://cloudformation.us-east-1.amazonaws.com' : account.url,
      OWN_STACKS: `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--${target === 'account-settings' ? 'Foundation' : '*'}/*`,
      LOG_GROUP_NAME: '/ours',
      LOG_ROLE_ARN: 'arn:ours',
      LOG_CONTENT: 'false',
      SCHEDULE_RULE_ARN: RULE,
    });
    if (typeof described === 'string') {
      const refusal = { status: described === 'denied' ? 403 : 429, type: described, message: described };
      account.refuse.set('DescribeStackResource', { refusal, times: Number.POSITIVE_INFINITY });
    } else {
      account.resource = described;
    }
    const { handler } = require(join(folder, SOURCES[target], 'index.js')) as { readonly handler: Handler };
    const sent = JSON.parse(JSON.stringify(event).replace(`"${HERE}"`, `"${account.url}/answer?Signature=s"`));
    // Too little time to ask CloudFormation twice.
    const ended = await handler(sent, { getRemainingTimeInMillis: () => 5_900 }).then(
      () => 'one line' as const,
      (error: Error) => error,
    );
    expect(account.calls).toEqual([]);
    expect(account.received.map(({ Status }) => Status)).toEqual(answered ? ['FAILED'] : []);
    if (told === 'error') {
      expect(ended).toMatchObject({ message: expect.stringContaining(says) });
      expect(lines).toEqual([]);
    } else {
      expect(ended).toBe('one line');
      expect(lines).toEqual([expect.stringContaining(says)]);
      expect(lines[0]?.length).toBeLessThan(1_500);
    }
    expect(lines.join()).not.toContain('Signature=s');
  },
);

test.each([
  { time: '2099-01-01T00:00:00Z' },
  { time: '1999-01-01T00:00:00Z' },
  { WindowsMetered: 1 },
  { scheduled: true, applications: ['shop'] },
  'not an event',
])('the meter asks the same whatever the event says: %j', async (event) => {
  Object.assign(process.env, {
    ENVIRONMENT: 'dev',
    EVERY_HOURS: '24',
    VERIFICATION_RULE: 'dev_verification-schedule',
    AWS_ENDPOINT_URL: account.url,
    ATTEMPT_MILLISECONDS: '200',
  });
  const refusal = { status: 403, type: 'AccessDeniedException', message: 'no' };
  const { handler } = require(join(folder, 'meter', 'index.js')) as { readonly handler: Handler };
  const asked = async (sent: unknown): Promise<unknown> => {
    account.calls.length = 0;
    account.refuse.set('GetParametersByPath', { refusal, times: Number.POSITIVE_INFINITY });
    await handler(sent, { getRemainingTimeInMillis: () => 8_000 }).catch(() => undefined);
    return [...account.calls];
  };
  expect(await asked(event)).toEqual(await asked(undefined));
});

test('the table has at least 45 rows, and is the one in the documentation', () => {
  expect(FORGED_EVENTS.length).toBeGreaterThanOrEqual(45);
  const wanted = forgedTable(FORGED_EVENTS);
  if (process.env['WRITE_DOCS'] === '1') {
    const [before = ''] = readFileSync(DOCUMENT, 'utf8').split('| function |');
    writeFileSync(DOCUMENT, `${before}${wanted}\n`);
  }
  expect(readFileSync(DOCUMENT, 'utf8')).toContain(wanted);
});
