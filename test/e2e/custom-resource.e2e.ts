import { spawnSync } from 'node:child_process';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { deployTemplate } from './deploy-template';
import { canRun, PYTHON, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';

const onAccount = canRun ? describe : describe.skip;

/** Code of a function that logs its requests and gives the answers in the resource's properties. */
const FUNCTION = `
const { request } = require('node:https');
exports.handler = async ({ ResponseURL, RequestType, PhysicalResourceId, ResourceProperties, ...event }) => {
  console.log(JSON.stringify({ RequestType, PhysicalResourceId, Version: ResourceProperties.Version }));
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = JSON.parse(ResourceProperties[RequestType] ?? '{}');
  const whole = { Status: 'SUCCESS', PhysicalResourceId: 'the-one', StackId, RequestId, LogicalResourceId, ...answer };
  await new Promise((resolve, reject) => {
    request(ResponseURL, { method: 'PUT' }, (answer) => answer.resume().once('end', resolve))
      .once('error', reject)
      .end(JSON.stringify(whole));
  });
};
`;
const ZIP = 'import sys, zipfile; zipfile.ZipFile(sys.stdout.buffer, "w").writestr("index.js", sys.stdin.read())';

onAccount(`a custom resource in an emulated account (${UNLESS})`, () => {
  let account: TestAccount;
  beforeAll(async () => {
    account = await startAccount({ accountId: '111122223333', region: 'us-east-1', reading: 'every' });
    const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    const role = new CreateRoleCommand({ RoleName: 'answers', AssumeRolePolicyDocument });
    const { Role } = await account.connect(IAMClient).send(role);
    await account.connect(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: 'answers',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: Role?.Arn,
        Code: { ZipFile: spawnSync(PYTHON, ['-c', ZIP], { input: FUNCTION }).stdout },
      }),
    );
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  let seen = 0;
  /** Deploys one custom resource. Returns the final status of the stack and the requests to the function. */
  async function deploy(stack: string, properties: Readonly<Record<string, unknown>>) {
    const ServiceToken = `arn:aws:lambda:us-east-1:111122223333:function:answers`;
    const Gate = { Type: 'Custom::Gate', Properties: { ServiceToken, ServiceTimeout: 20, ...properties } };
    const { status, failures } = await deployTemplate(account, stack, { Gate });
    const { events = [] } = await account
      .connect(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/answers' }));
    const requests = events.flatMap(({ message = '' }) => (message.startsWith('{') ? [JSON.parse(message)] : []));
    const fresh = requests.slice(seen);
    seen = requests.length;
    return { status, failures, requests: fresh };
  }

  test('a resource that fails to be created is deleted, and the stack gives the reason', async () => {
    const Create = JSON.stringify({ Status: 'FAILED', Reason: 'two probes are not as intended' });
    expect(await deploy('failing', { Version: '1', Create })).toEqual({
      status: 'ROLLBACK_COMPLETE',
      failures: [
        expect.stringMatching(
          /^Received response status \[FAILED\] from custom resource\. Message returned: two probes are not as intended \(RequestId: [0-9a-f-]{36}\)$/,
        ),
      ],
      requests: [
        { RequestType: 'Create', Version: '1' },
        { RequestType: 'Delete', PhysicalResourceId: 'the-one', Version: '1' },
      ],
    });
  });

  test('a failed update is followed by an update to the old properties', async () => {
    expect(await deploy('updated', { Version: '1' })).toEqual({
      status: 'CREATE_COMPLETE',
      failures: [],
      requests: [{ RequestType: 'Create', Version: '1' }],
    });
    const Update = JSON.stringify({ Status: 'FAILED', Reason: 'no' });
    expect(await deploy('updated', { Version: '2', Update })).toEqual({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: [expect.stringContaining('Message returned: no')],
      requests: [
        { RequestType: 'Update', PhysicalResourceId: 'the-one', Version: '2' },
        { RequestType: 'Update', PhysicalResourceId: 'the-one', Version: '1' },
      ],
    });
  });

  test.each([
    ['longer than 4,096 bytes', { Reason: 'x'.repeat(4096) }, 'Response object is too long.'],
    [
      'without a physical id',
      { PhysicalResourceId: '' },
      "Vendor response doesn't contain PhysicalResourceId key in object",
    ],
  ])('an answer that is %s fails the resource', async (what, answer, reason) => {
    const { status, failures } = await deploy(`wrong-${what.split(' ')[0]}`, { Create: JSON.stringify(answer) });
    expect([status, failures]).toEqual(['ROLLBACK_COMPLETE', [expect.stringContaining(reason)]]);
  });
});
