import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handler } from '../../../lambda/account-settings/handler';
import { waitingFor } from '../custom-resource/described-resource';
import { resourceRequest } from '../verify/resource-request';
import { FOUNDATION, useAccount } from './use-account';

const { account } = useAccount('unused');
const context = { getRemainingTimeInMillis: () => 60_000 };

/** The event that EventBridge sends for a schedule. */
const scheduled = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '111122223333',
  time: new Date().toISOString(),
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:111122223333:rule/dev_account-settings-schedule'],
  detail: {},
};

const folder = mkdtempSync(join(tmpdir(), 'task-'));
beforeAll(() => {
  process.env['LAMBDA_TASK_ROOT'] = folder;
  process.env['SCHEDULE_RULE_ARN'] = scheduled.resources[0];
});
beforeEach(() => writeFileSync(join(folder, 'tag-keys.json'), '{"TagKeys":["Application","Owner"]}'));
afterAll(() => {
  delete process.env['LAMBDA_TASK_ROOT'];
  rmSync(folder, { recursive: true });
});

test('the schedule activates the keys in the file that is bundled with the code', async () => {
  account.tags.set('Owner', 'Inactive');
  expect(await handler(scheduled, context)).toEqual({
    reason:
      '1 of 2 cost allocation tags are active; activated now: Owner; not seen by AWS Billing yet, retried every day: ' +
      'Application (a key appears a day after its first use)',
  });
  expect([...account.tags]).toEqual([['Owner', 'Active']]);
});

test('a failed scheduled run is an error of the function, so that the metric of errors counts it', async () => {
  const message = "Linked account doesn't have access to cost allocation tags.";
  account.refuse.set('ListCostAllocationTags', {
    refusal: { status: 400, type: 'AccessDeniedException', message },
    times: 1,
  });
  await expect(handler(scheduled, context)).rejects.toThrow(/member of an organization.*'costAllocationTags: leave'/);
});

test('an empty list of keys is an error that shows it', async () => {
  writeFileSync(join(folder, 'tag-keys.json'), '{"TagKeys":[]}');
  await expect(handler(scheduled, context)).rejects.toThrow('cost allocation tags have the TagKeys []');
});

test.each([undefined, null, 'x', {}, [], { source: 'aws.s3' }, { TagKeys: ['Application'] }])(
  'the event %j is refused without any call to AWS',
  async (event) => {
    await expect(handler(event, context)).rejects.toThrow(
      'the event comes neither from CloudFormation, for a custom resource, nor from the schedule',
    );
    expect(account.calls).toEqual([]);
  },
);

test.each(['Create', 'Update', 'Delete'] as const)('a %s of an unknown type is refused', async (RequestType) => {
  const request = resourceRequest({
    RequestType,
    StackId: FOUNDATION,
    ResponseURL: `${account.url}/answer`,
    PhysicalResourceId: 'p',
  });
  account.resource = waitingFor(request, 'Custom::BedrockAccessGate');
  await handler(request, context);
  expect(account.received).toEqual([
    expect.objectContaining({
      Status: 'FAILED',
      PhysicalResourceId: 'p',
      Reason: expect.stringMatching(
        /^nothing was changed: CloudFormation does not confirm the request: the resource has the type Custom::BedrockAccessGate; /,
      ),
    }),
  ]);
  expect(account.calls).toEqual([]);
});
