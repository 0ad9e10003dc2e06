import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedAnswer, Refusal } from './account-server';
import { type RequestFields, useAccount } from './use-account';

const { account, ask, waited } = useAccount('Custom::BedrockAccessCostAllocationTags');

const TagKeys = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'];
/** Properties in the requests. The function does not read them. */
const ResourceProperties = { ServiceToken: 'arn:f', ServiceTimeout: '240', TagKeys: ['of-the-event'] };
const folder = mkdtempSync(join(tmpdir(), 'task-'));
const bundle = (keys: unknown): void => writeFileSync(join(folder, 'tag-keys.json'), JSON.stringify({ TagKeys: keys }));
beforeEach(() => {
  process.env['LAMBDA_TASK_ROOT'] = folder;
  bundle(TagKeys);
});
afterAll(() => {
  delete process.env['LAMBDA_TASK_ROOT'];
  rmSync(folder, { recursive: true });
});
const ID = 'bedrock-access-cost-allocation-tags';
const LIST = 'ListCostAllocationTags';
const UPDATE = 'UpdateCostAllocationTagsStatus';
const MORE = ' (more: log group /aws/lambda/dev_account-settings)';

const create = (changes: Partial<RequestFields> = {}): Promise<ReceivedAnswer> =>
  ask({ ResourceProperties, ...changes });
const update = (): Promise<ReceivedAnswer> =>
  ask({ RequestType: 'Update', PhysicalResourceId: ID, ResourceProperties });
const shown = ({ Status, Reason, PhysicalResourceId }: ReceivedAnswer): readonly string[] => [
  Status,
  Reason.replace(MORE, ''),
  PhysicalResourceId,
];
/** An error in Cost Explorer's form: status 400, with the kind of error in the type. */
const refused = (message: string, type = 'AccessDeniedException'): Refusal => ({ status: 400, type, message });
const seen = (status: 'Active' | 'Inactive', ...keys: readonly string[]): void => {
  for (const key of keys) {
    account.tags.set(key, status);
  }
};
const activated = (): readonly (readonly string[])[] =>
  account.calls
    .filter(({ operation }) => operation === UPDATE)
    .map(({ body }) =>
      (body as { CostAllocationTagsStatus: { TagKey: string }[] }).CostAllocationTagsStatus.map((t) => t.TagKey),
    );

test('only tags that AWS Billing has seen are activated', async () => {
  seen('Inactive', 'Application', 'BedrockAccess', 'CostCenter', 'Owner', 'team');
  const received = await create();
  expect(shown(received)).toEqual([
    'SUCCESS',
    '4 of 4 cost allocation tags are active; activated now: Application, BedrockAccess, CostCenter, Owner',
    ID,
  ]);
  expect(received.Data).toEqual({ Found: received.Reason.replace(MORE, '') });
  expect(account.calls).toEqual([
    { operation: LIST, body: { TagKeys, Type: 'UserDefined' } },
    {
      operation: UPDATE,
      body: { CostAllocationTagsStatus: TagKeys.map((TagKey) => ({ TagKey, Status: 'Active' })) },
    },
  ]);
  expect(account.tags.get('team')).toBe('Inactive');
});

test('active tags are not activated again', async () => {
  seen('Inactive', ...TagKeys);
  await create();
  account.calls.length = 0;
  expect(shown(await create())[1]).toBe('4 of 4 cost allocation tags are active');
  expect(account.operations).toEqual([LIST]);
});

test('a key that AWS Billing has not seen yet is reported, but is no failure', async () => {
  seen('Active', 'Application');
  seen('Inactive', 'Owner');
  expect(shown(await create())).toEqual([
    'SUCCESS',
    '2 of 4 cost allocation tags are active; activated now: Owner; not seen by AWS Billing yet, retried every day: ' +
      'BedrockAccess, CostCenter (a key appears a day after its first use)',
    ID,
  ]);
  expect(activated()).toEqual([['Owner']]);
});

test('in a new account no tag is activated, and nothing fails', async () => {
  expect((await create()).Status).toBe('SUCCESS');
  expect(account.operations).toEqual([LIST]);
});

test('all pages are read, and each call activates up to 20 keys', async () => {
  const many = Array.from({ length: 54 }, (_, i) => `key-${String(i).padStart(2, '0')}`);
  seen('Inactive', ...many);
  account.pageSize = 25;
  bundle(many);
  const received = await create();
  expect(received.Reason).toMatch(/^54 of 54 cost allocation tags are active; /);
  expect(account.operations).toEqual([LIST, LIST, LIST, UPDATE, UPDATE, UPDATE]);
  expect(activated().map((keys) => keys.length)).toEqual([20, 20, 14]);
  expect(activated().flat()).toEqual(many);
});

test('a key that disappears between the two calls is a failure that names it', async () => {
  seen('Inactive', 'Application', 'Owner');
  account.tagsAtUpdate = ['Owner'];
  expect(shown(await create())).toEqual([
    'FAILED',
    'AWS Billing did not activate 1 of 2 tags: Application: TagKeysNotFoundException: Tag keys not found',
    ID,
  ]);
});

test.each([LIST, UPDATE])(
  'a member of an organization learns from the first %s which account may activate tags',
  async (operation) => {
    seen('Inactive', ...TagKeys);
    const message = "Failed to update Cost Allocation Tag: Linked account doesn't have access to cost allocation tags";
    account.refuse.set(operation, { refusal: refused(`${message}.`), times: Number.POSITIVE_INFINITY });
    expect(shown(await create())).toEqual([
      'FAILED',
      `ce:${operation} failed (attempts: 1): AccessDeniedException: ${message}. This account is a member of an ` +
        "organization, and only the paying account may activate tags. Either write 'costAllocationTags: leave' in " +
        'the environment file and ask an administrator of the paying account to activate Application, BedrockAccess, ' +
        'CostCenter, Owner once (Billing and Cost Management > Cost allocation tags), or keep ' +
        "'activate' only in an environment of the paying account; then deploy again",
      ID,
    ]);
    expect(waited()).toBe(0);
  },
);

test('calls are retried while IAM spreads the permissions, and after a throttle', async () => {
  seen('Inactive', ...TagKeys);
  const notYet = `User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ce:${LIST} on resource: *`;
  account.refuse.set(LIST, { refusal: refused(notYet), times: 3 });
  account.refuse.set(UPDATE, { refusal: refused('too many calls', 'LimitExceededException'), times: 2 });
  expect((await create()).Status).toBe('SUCCESS');
  expect(account.operations).toEqual([LIST, LIST, LIST, LIST, UPDATE, UPDATE, UPDATE]);
});

test('a denial that lasts for a minute is a failure with two solutions', async () => {
  account.refuse.set(LIST, { refusal: refused('with an explicit deny'), times: Number.POSITIVE_INFINITY });
  const { Status, Reason } = await create();
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringMatching(
      /: with an explicit deny\. Only the paying account may activate tags, .* 'costAllocationTags: leave' .* or keep 'activate'/,
    ),
  ]);
  expect(waited()).toBeGreaterThanOrEqual(57_500);
});

test('a deletion deactivates nothing and makes no call', async () => {
  seen('Active', ...TagKeys);
  expect(shown(await ask({ RequestType: 'Delete', PhysicalResourceId: ID, ResourceProperties: {} }))).toEqual([
    'SUCCESS',
    'left unchanged: active cost allocation tags stay active',
    ID,
  ]);
  expect(account.calls).toEqual([]);
});

test('an update activates new keys, and a failed one lets the stack roll back', async () => {
  seen('Active', 'Application');
  seen('Inactive', 'CostCenter');
  expect(shown(await update())[1]).toMatch(/^2 of 4 .*; activated now: CostCenter; /);
  account.refuse.set(LIST, {
    refusal: refused("Linked account doesn't have access"),
    times: Number.POSITIVE_INFINITY,
  });
  account.stackStatus = 'UPDATE_IN_PROGRESS';
  expect((await update()).Status).toBe('FAILED');
  account.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
  expect(shown(await update())).toEqual([
    'SUCCESS',
    expect.stringMatching(/^ignored while the stack rolls back: ce:ListCostAllocationTags failed/),
    ID,
  ]);
});

test.each([undefined, [], 'Application', [''], [7], ['a'.repeat(1025)]])('the keys %j are refused', async (keys) => {
  bundle(keys);
  const { Status, Reason } = await create();
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/^cost allocation tags have the TagKeys /)]);
  expect(account.calls).toEqual([]);
});

const FAULTS: readonly (readonly [string, Refusal])[] = [
  ['500', { status: 500, type: 'InternalServerException', message: 'x' }],
  ['ThrottlingException', refused('slow', 'ThrottlingException')],
  ['LimitExceededException', refused('too many', 'LimitExceededException')],
  ['ValidationException', refused('no', 'ValidationException')],
  ['reset', 'reset'],
  ['silence', 'silence'],
];

test.each(FAULTS.flatMap(([name, fault]) => [LIST, UPDATE].map((operation) => [operation, name, fault] as const)))(
  'CloudFormation receives an answer whatever happens to %s: %s',
  async (operation, _, refusal) => {
    seen('Inactive', ...TagKeys);
    account.refuse.set(operation, { refusal, times: Number.POSITIVE_INFINITY });
    const { Status, Reason } = await create();
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`ce:${operation} failed`)]);
  },
);

test('CloudFormation receives an answer even if no time is left', async () => {
  account.refuse.set(LIST, { refusal: 'silence', times: Number.POSITIVE_INFINITY });
  const { Status, Reason } = await ask({ ResourceProperties }, 5_400);
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('TimeoutError: no whole answer within')]);
});
