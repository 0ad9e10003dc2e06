import type { ReceivedAnswer, Refusal } from './account-server';
import { type RequestFields, useAccount } from './use-account';

const { account, ask, waited } = useAccount('Custom::BedrockAccessInvocationLogging');

const LOG = '/bedrock-access/dev/invocations';
const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_invocation-logs';
/** Properties in the requests. The function does not read them. */
const ResourceProperties = {
  ServiceToken: 'arn:f',
  ServiceTimeout: '240',
  LogGroupName: '/of/the/event',
  RoleArn: 'arn:of:the:event',
  Content: 'true',
};
beforeEach(() => {
  Object.assign(process.env, { LOG_GROUP_NAME: LOG, LOG_ROLE_ARN: ROLE, LOG_CONTENT: 'false' });
});
const switches = (on: boolean) => ({
  textDataDeliveryEnabled: on,
  imageDataDeliveryEnabled: on,
  embeddingDataDeliveryEnabled: on,
  videoDataDeliveryEnabled: on,
  audioDataDeliveryEnabled: on,
});
const ours = { cloudWatchConfig: { logGroupName: LOG, roleArn: ROLE }, ...switches(false) };
const ID = 'bedrock-access-invocation-logging';
const NOT_SET = 'bedrock-access-invocation-logging-not-set';

const GET = 'GetModelInvocationLoggingConfiguration';
const PUT = 'PutModelInvocationLoggingConfiguration';
const DELETE = 'DeleteModelInvocationLoggingConfiguration';
const MORE = ' (more: log group /aws/lambda/dev_account-settings)';

const create = (changes: Partial<RequestFields> = {}): Promise<ReceivedAnswer> =>
  ask({ ResourceProperties, ...changes });
const update = (changes: Partial<RequestFields> = {}): Promise<ReceivedAnswer> =>
  ask({ RequestType: 'Update', PhysicalResourceId: ID, ResourceProperties, ...changes });
const remove = (PhysicalResourceId: string): Promise<ReceivedAnswer> =>
  ask({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
const shown = ({ Status, Reason, PhysicalResourceId }: ReceivedAnswer): readonly string[] => [
  Status,
  Reason.replace(MORE, ''),
  PhysicalResourceId,
];

/** Settings of others, and the destinations in the message. */
const OTHERS: readonly (readonly [what: string, setting: Readonly<Record<string, unknown>>, named: string])[] = [
  [
    'a log group of someone else',
    { cloudWatchConfig: { logGroupName: '/audit/bedrock', roleArn: 'arn:aws:iam::111122223333:role/audit' } },
    "by someone else and delivers to the log group '/audit/bedrock' as 'arn:aws:iam::111122223333:role/audit'",
  ],
  [
    'a bucket',
    { s3Config: { bucketName: 'audit', keyPrefix: 'a' } },
    "by someone else and delivers to the bucket 'audit'",
  ],
  [
    'our log group with another role',
    { cloudWatchConfig: { logGroupName: LOG, roleArn: 'arn:r' } },
    `by someone else and delivers to the log group '${LOG}' as 'arn:r'`,
  ],
  [
    'our log group and an additional bucket',
    { ...ours, s3Config: { bucketName: 'audit' } },
    `by someone else and delivers to the log group '${LOG}' as '${ROLE}' and the bucket 'audit'`,
  ],
  [
    'our log group and a bucket for large contents',
    { cloudWatchConfig: { ...ours.cloudWatchConfig, largeDataDeliveryS3Config: { bucketName: 'large' } } },
    `by someone else and delivers to the log group '${LOG}' as '${ROLE}' and the bucket 'large' for large contents`,
  ],
  [
    'another environment of this project',
    { cloudWatchConfig: { logGroupName: '/bedrock-access/prod/invocations', roleArn: 'arn:r' } },
    "by the environment 'prod' of this project and delivers to the log group '/bedrock-access/prod/invocations' as 'arn:r'",
  ],
];

describe('Create', () => {
  test.each([
    ['false', 'without'],
    ['true', 'with'],
  ])('with LOG_CONTENT %s calls are logged %s prompts and answers', async (content, words) => {
    process.env['LOG_CONTENT'] = content;
    const received = await create();
    expect(shown(received)).toEqual(['SUCCESS', `calls are logged to ${LOG}, ${words} prompts and answers`, ID]);
    expect(received.Data).toEqual({ Found: `calls are logged to ${LOG}, ${words} prompts and answers` });
    expect(account.setting).toEqual({ ...ours, ...switches(content === 'true') });
    expect(account.operations).toEqual([GET, PUT]);
  });

  test.each(OTHERS)(
    '%s is not overwritten: the message names the owner and two solutions',
    async (_, theirs, named) => {
      account.setting = theirs;
      const received = await create();
      const [status, reason = '', id] = shown(received);
      expect([status, id]).toEqual(['FAILED', NOT_SET]);
      expect(reason).toContain(`invocation logging of this account in us-east-1 is set ${named}; `);
      expect(reason).toMatch(/Either remove invocationLogging from the environment file, .*, or .* and deploy again$/);
      expect(account.operations).toEqual([GET]);
      // After that, CloudFormation deletes the resource that it could not create.
      expect(shown(await remove(received.PhysicalResourceId))).toEqual([
        'SUCCESS',
        'nothing to restore: this stack never set invocation logging',
        NOT_SET,
      ]);
      expect(account.setting).toEqual(theirs);
      expect(account.operations).toEqual([GET]);
    },
  );

  test('the solution is a command for a setting of someone else, and a file for one of this project', async () => {
    account.setting = { s3Config: { bucketName: 'audit' } };
    expect((await create()).Reason).toContain(
      "ask its owner to remove it ('aws bedrock delete-model-invocation-logging-configuration --region us-east-1')",
    );
    account.setting = { cloudWatchConfig: { logGroupName: '/bedrock-access/prod/invocations', roleArn: 'arn:r' } };
    expect((await create()).Reason).toContain(
      "remove it from the file of 'prod', deploy that environment and deploy again",
    );
  });

  test('a repeated creation finds its own setting and succeeds', async () => {
    expect(shown(await create())).toEqual(shown(await create()));
    expect(account.setting).toEqual(ours);
  });

  test('the call is retried while IAM spreads the role', async () => {
    account.refuse.set(PUT, { refusal: invalid, times: 3 });
    expect(shown(await create())).toEqual(['SUCCESS', `calls are logged to ${LOG}, without prompts and answers`, ID]);
    expect(account.operations).toEqual([GET, PUT, PUT, PUT, PUT]);
    expect(waited()).toBe(3 * 2_500);
  });

  test("the call is retried while IAM spreads the function's permissions", async () => {
    account.refuse.set(GET, { refusal: denied(GET), times: 2 });
    account.refuse.set(PUT, { refusal: denied(PUT), times: 2 });
    expect((await create()).Status).toBe('SUCCESS');
  });

  test("a role that stays unusable for a minute is a failure with Bedrock's message", async () => {
    account.refuse.set(PUT, { refusal: invalid, times: Number.POSITIVE_INFINITY });
    const received = await create();
    expect(shown(received)).toEqual([
      'FAILED',
      expect.stringMatching(
        /^bedrock:PutModelInvocationLoggingConfiguration failed \(attempts: 2[45]\): ValidationException: Failed to validate permissions for log group/,
      ),
      ID,
    ]);
    expect(waited()).toBeGreaterThanOrEqual(57_500);
    expect(waited()).toBeLessThanOrEqual(62_500);
    expect((await remove(received.PhysicalResourceId)).Status).toBe('SUCCESS');
    expect(account.setting).toBeUndefined();
  });

  test.each([
    [
      { LOG_GROUP_NAME: '' },
      "the environment variable LOG_GROUP_NAME is not set; deploy the environment's foundation stack again",
    ],
    [
      { LOG_ROLE_ARN: '' },
      "the environment variable LOG_ROLE_ARN is not set; deploy the environment's foundation stack again",
    ],
    [{ LOG_CONTENT: 'yes' }, "the environment variable LOG_CONTENT is 'yes'; allowed: 'true', 'false'"],
    [{ LOG_CONTENT: undefined }, 'the environment file asks for no invocation log'],
  ])('the variables %j are refused before any call to AWS', async (changes, reason) => {
    for (const [name, value] of Object.entries(changes)) {
      delete process.env[name];
      Object.assign(process.env, value !== undefined && { [name]: value });
    }
    expect(shown(await create())).toEqual(['FAILED', reason, NOT_SET]);
    expect(account.calls).toEqual([]);
  });
});

test('a deletion removes the setting also when the environment file no longer asks for a log', async () => {
  account.setting = ours;
  delete process.env['LOG_CONTENT'];
  expect((await remove(ID)).Status).toBe('SUCCESS');
  expect(account.setting).toBeUndefined();
});

describe('Update', () => {
  test('switches content on and off, and keeps the id', async () => {
    account.setting = ours;
    const PhysicalResourceId = `${ID}?textDataDeliveryEnabled=true`;
    process.env['LOG_CONTENT'] = 'true';
    const received = await update({ PhysicalResourceId });
    expect(shown(received)).toEqual([
      'SUCCESS',
      `calls are logged to ${LOG}, with prompts and answers`,
      PhysicalResourceId,
    ]);
    expect(account.setting).toEqual({ ...ours, ...switches(true) });
    process.env['LOG_CONTENT'] = 'false';
    await update({ PhysicalResourceId });
    expect(account.setting).toEqual(ours);
  });

  test('restores switches that someone changed, and a setting that someone deleted', async () => {
    account.setting = { ...ours, textDataDeliveryEnabled: true };
    expect((await update()).Status).toBe('SUCCESS');
    expect(account.setting).toEqual(ours);
    account.setting = undefined;
    expect(shown(await update())[1]).toBe(
      `calls are logged to ${LOG}, without prompts and answers again; logging had been turned off`,
    );
    expect(account.setting).toEqual(ours);
  });

  test.each(OTHERS)('fails because of %s, and lets the stack roll back', async (_, theirs, named) => {
    account.setting = theirs;
    account.stackStatus = 'UPDATE_IN_PROGRESS';
    expect(shown(await update())).toEqual(['FAILED', expect.stringContaining(named), ID]);
    account.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(shown(await update())).toEqual([
      'SUCCESS',
      expect.stringMatching(
        /^left unchanged while the stack rolls back: someone else has set invocation logging in the meantime, to the /,
      ),
      ID,
    ]);
    expect(account.setting).toEqual(theirs);
    expect(account.operations).not.toContain(PUT);
  });

  test('during a rollback puts the previous properties back', async () => {
    account.setting = { ...ours, ...switches(true) };
    account.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect((await update()).Status).toBe('SUCCESS');
    expect(account.setting).toEqual(ours);
  });
});

describe('Delete', () => {
  /** Settings that may exist before, because they deliver nowhere. */
  const BEFORE: readonly (Readonly<Record<string, boolean>> | undefined)[] = [
    undefined,
    {},
    switches(false),
    switches(true),
    { textDataDeliveryEnabled: true, imageDataDeliveryEnabled: false },
  ];

  test.each(BEFORE)('restores the previous setting: %j', async (before) => {
    account.setting = before;
    const { PhysicalResourceId } = await create();
    expect(account.setting).toEqual(ours);
    expect((await update({ PhysicalResourceId })).PhysicalResourceId).toBe(PhysicalResourceId);
    expect(shown(await remove(PhysicalResourceId))).toEqual([
      'SUCCESS',
      before === undefined
        ? 'removed: calls are no longer logged, as before'
        : 'restored the previous setting, which delivers nowhere',
      PhysicalResourceId,
    ]);
    expect(account.setting).toEqual(before);
    expect(account.operations.at(-1)).toBe(before === undefined ? DELETE : PUT);
    // The same request arrives again.
    expect(shown(await remove(PhysicalResourceId))).toEqual([
      'SUCCESS',
      'nothing to restore: logging has already been turned off',
      PhysicalResourceId,
    ]);
    expect(account.setting).toEqual(before);
  });

  test('deletes the setting if AWS does not accept the previous one back', async () => {
    account.setting = ours;
    account.refuse.set(PUT, { refusal: invalid, times: Number.POSITIVE_INFINITY });
    expect((await remove(`${ID}?textDataDeliveryEnabled=true`)).Status).toBe('SUCCESS');
    expect(account.setting).toBeUndefined();
    expect(waited()).toBe(0);
  });

  test('deletes the setting under an id from CloudFormation, which it invents for an unanswered creation', async () => {
    account.setting = ours;
    expect((await remove('dev--Foundation-InvocationLogging-1A2B3C')).Status).toBe('SUCCESS');
    expect(account.setting).toBeUndefined();
  });

  test('deletes the setting even if someone changed its switches', async () => {
    account.setting = { ...ours, textDataDeliveryEnabled: true };
    await remove(ID);
    expect(account.setting).toBeUndefined();
  });

  test.each(OTHERS)('leaves %s unchanged, and says so', async (_, theirs) => {
    account.setting = theirs;
    expect(shown(await remove(ID))).toEqual([
      'SUCCESS',
      expect.stringMatching(/^left unchanged: someone else has set invocation logging in the meantime, to the /),
      ID,
    ]);
    expect(account.setting).toEqual(theirs);
    expect(account.operations).toEqual([GET]);
  });

  test('fails if AWS refuses, because the setting still exists', async () => {
    account.setting = ours;
    account.refuse.set(DELETE, { refusal: denied(DELETE), times: Number.POSITIVE_INFINITY });
    expect(shown(await remove(ID))).toEqual([
      'FAILED',
      expect.stringMatching(
        /^bedrock:DeleteModelInvocationLoggingConfiguration failed \(attempts: \d+\): AccessDenied/,
      ),
      ID,
    ]);
  });
});

describe('CloudFormation is answered', () => {
  const FAULTS: readonly Refusal[] = [
    { status: 500, type: 'InternalServerException', message: 'x' },
    { status: 503, type: 'ServiceUnavailableException', message: 'x' },
    { status: 429, type: 'ThrottlingException', message: 'slow' },
    { status: 403, type: 'AccessDeniedException', message: 'no' },
    { status: 400, type: 'ValidationException', message: 'no' },
    { status: 409, type: 'ConflictException', message: 'no' },
    'reset',
    'silence',
  ];
  const cases = FAULTS.flatMap((fault) =>
    [GET, PUT, DELETE].map((operation) => [operation, typeof fault === 'string' ? fault : fault.type, fault] as const),
  );

  test.each(cases)('whatever happens to %s: %s', async (operation, _, refusal) => {
    account.refuse.set(operation, { refusal, times: Number.POSITIVE_INFINITY });
    const created = await create();
    expect(created.Status).toBe(operation === DELETE ? 'SUCCESS' : 'FAILED');
    const removed = await remove(created.PhysicalResourceId);
    expect(removed.Status).toBe(operation === DELETE ? 'FAILED' : 'SUCCESS');
    expect(account.setting).toEqual(operation === DELETE ? ours : undefined);
  });

  test.each(['Create', 'Update', 'Delete'] as const)('without any time left: %s', async (RequestType) => {
    account.setting = { s3Config: { bucketName: 'audit' } };
    account.refuse.set(GET, { refusal: 'silence', times: Number.POSITIVE_INFINITY });
    const { Status, Reason } = await ask({ RequestType, PhysicalResourceId: ID, ResourceProperties }, 5_400);
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('TimeoutError: no whole answer within')]);
  });
});

const invalid: Refusal = {
  status: 400,
  type: 'ValidationException',
  message: `Failed to validate permissions for log group: ${LOG}, with role: ${ROLE}. Verify the IAM role permissions are correct.`,
};

function denied(operation: string): Refusal {
  const message = `User: arn:aws:sts::111122223333:assumed-role/dev_account-settings/x is not authorized to perform: bedrock:${operation} because no identity-based policy allows the bedrock:${operation} action`;
  return { status: 403, type: 'AccessDeniedException', message };
}
