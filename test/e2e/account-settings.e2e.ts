import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BedrockClient,
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  type LoggingConfig,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock';
import { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { bundleFunction } from '../../lib/constructs/bundle-function';
import { policyDocument } from '../../lib/plan/parts/statement';
import { application, planOf } from '../plan/environments';
import { deployTemplate } from './deploy-template';
import { canRun, PYTHON, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';

const onAccount = canRun ? describe : describe.skip;
const ZIP = 'import sys, zipfile; zipfile.ZipFile(sys.stdout.buffer, "w").writestr("index.js", sys.stdin.read())';

/** The only stack whose status the function may read. It reads it to recognize a rollback. */
const STACK = 'dev--Foundation';
const LOG = '/bedrock-access/dev/invocations';
const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_invocation-logs';
const switches = (on: boolean) => ({
  textDataDeliveryEnabled: on,
  imageDataDeliveryEnabled: on,
  embeddingDataDeliveryEnabled: on,
  videoDataDeliveryEnabled: on,
  audioDataDeliveryEnabled: on,
});
const ours = (content: boolean): LoggingConfig => ({
  cloudWatchConfig: { logGroupName: LOG, roleArn: ROLE },
  ...switches(content),
});
const theirs: LoggingConfig = { s3Config: { bucketName: 'audit-of-somebody-else' } };

/** MiniStack has no cost allocation tags, so their resource is only tested with a server of this project. */
onAccount(`invocation logging in an emulated account (${UNLESS})`, () => {
  const { functions } = planOf({ shop: application() }, { invocationLogging: {} });
  const planned = functions.find(({ source }) => source === 'account-settings');
  let account: TestAccount;
  let bedrock: BedrockClient;
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-e2e-'));

  /** Creates the function as in a deployment: its bundle, and a role with only its policy. */
  beforeAll(async () => {
    account = await startAccount({ accountId: '111122223333', region: 'us-east-1', reading: 'every' });
    bedrock = account.connect(BedrockClient);
    bundleFunction('account-settings', folder);
    const { role } = planned ?? {};
    const iam = account.connect(IAMClient);
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: role?.policy.name,
        Path: role?.path,
        PolicyDocument: JSON.stringify(policyDocument(role?.policy.statements ?? [])),
      }),
    );
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: role?.name,
        Path: role?.path,
        PermissionsBoundary: role?.policy.arn,
        AssumeRolePolicyDocument: JSON.stringify(policyDocument(role?.trust ?? [])),
      }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: role?.name, PolicyArn: role?.policy.arn }));
    await account.connect(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: planned?.functionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 60,
        Role: Role?.Arn,
        Code: { ZipFile: spawnSync(PYTHON, ['-c', ZIP], { input: readFileSync(join(folder, 'index.js')) }).stdout },
      }),
    );
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
    rmSync(folder, { recursive: true });
  });

  /** Deploys the setting as the foundation stack does: first the function's variables, then the resource. */
  const deploy = async (Content: boolean) => {
    await account.connect(LambdaClient).send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: planned?.functionName,
        Environment: { Variables: { ...planned?.variables, LOG_CONTENT: String(Content) } },
      }),
    );
    return deployTemplate(account, STACK, {
      Setting: {
        Type: 'Custom::BedrockAccessInvocationLogging',
        Properties: {
          ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:dev_account-settings',
          ServiceTimeout: 60,
          LogGroupName: LOG,
          RoleArn: ROLE,
          Content,
        },
      },
    });
  };
  const remove = async (): Promise<void> => {
    const StackName = STACK;
    const client = account.connect(CloudFormationClient);
    await client.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
  };
  const setting = async (): Promise<LoggingConfig | undefined> =>
    (await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig;
  const put = (loggingConfig: LoggingConfig) =>
    bedrock.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }));

  test('a stack sets it, changes it and finally removes it', async () => {
    expect(await deploy(false)).toMatchObject({
      status: 'CREATE_COMPLETE',
      failures: [],
      physicalIds: { Setting: 'bedrock-access-invocation-logging' },
    });
    expect(await setting()).toEqual(ours(false));
    expect((await deploy(true)).status).toBe('UPDATE_COMPLETE');
    expect(await setting()).toEqual(ours(true));
    await remove();
    expect(await setting()).toBeUndefined();
  });

  test('the deletion of the stack restores the previous setting', async () => {
    await put({ textDataDeliveryEnabled: true });
    expect((await deploy(false)).status).toBe('CREATE_COMPLETE');
    expect(await setting()).toEqual(ours(false));
    await remove();
    expect(await setting()).toEqual({ textDataDeliveryEnabled: true });
  });

  test('a setting of someone else fails the stack, whose rollback leaves it unchanged', async () => {
    await put(theirs);
    expect(await deploy(false)).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      failures: [expect.stringContaining("is set by someone else and delivers to the bucket 'audit-of-somebody-else'")],
    });
    expect(await setting()).toEqual(theirs);
    await remove();
    expect(await setting()).toEqual(theirs);
  });

  test('a setting that someone else has put later fails an update, and the rollback and the deletion leave it unchanged', async () => {
    await bedrock.send(new DeleteModelInvocationLoggingConfigurationCommand({}));
    expect((await deploy(false)).status).toBe('CREATE_COMPLETE');
    await put(theirs);
    expect(await deploy(true)).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: [expect.stringContaining('is set by someone else')],
    });
    await remove();
    expect(await setting()).toEqual(theirs);
  });
});
