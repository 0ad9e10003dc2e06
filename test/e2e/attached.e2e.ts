import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { bedrockAccess } from './bedrock-access';
import { cdk } from './cdk';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { createProject, type Project } from './project';

const ACCOUNT = '111122223333';
const ORDERS = `arn:aws:iam::${ACCOUNT}:policy/read-orders`;
const BY_HAND = `arn:aws:iam::${ACCOUNT}:policy/by-hand`;
const ROLE = 'dev_old_lambda';

const application = (principal: object): object => ({
  owner: 'team@example.com',
  costCenter: 'CC-1',
  models: { main: { model: 'amazon.nova-lite-v1:0', routing: 'regional' } },
  principals: [principal],
});
const lambda = { service: 'lambda.amazonaws.com' };
const old = application(lambda);

const onAccount = canRun ? describe : describe.skip;

onAccount(`policies beside those of this project (${UNLESS})`, () => {
  let account: TestAccount;
  let project: Project;
  let iam: IAMClient;

  beforeAll(async () => {
    account = await startAccount({ accountId: ACCOUNT, region: 'us-east-1', reading: 'every' });
    project = createProject(account.folder);
    iam = account.connect(IAMClient);
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }],
    });
    for (const PolicyName of ['read-orders', 'by-hand']) {
      await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    }
    write({ chat: application({ ...lambda, logs: true, policies: [ORDERS] }), old });
    expect((await cdk(account, ['bootstrap', `aws://${ACCOUNT}/us-east-1`], project.folder)).status).toBe(0);
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  function write(applications: object): void {
    const contact = 'platform@example.com';
    project.write({ name: 'dev', account: ACCOUNT, region: 'us-east-1', contact, applications });
  }

  async function deploy(applications: object): Promise<void> {
    write(applications);
    const run = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([run.status, run.output]).toEqual([0, run.output]);
  }

  async function policiesOf(RoleName: string): Promise<readonly string[]> {
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn.split('/').at(-1) ?? '').sort();
  }

  const prune = (...flags: readonly string[]) =>
    bedrockAccess(project.folder, account.environment, 'prune', 'dev', ...flags);

  test('the stack attaches the policies of the file and of logs, and the conditions of calls with them', async () => {
    await deploy({ chat: application({ ...lambda, logs: true, policies: [ORDERS] }), old });
    expect(await policiesOf('dev_chat_lambda')).toEqual([
      'dev_chat_access-1',
      'dev_chat_conditions',
      'dev_chat_logs',
      'read-orders',
    ]);
    expect(await policiesOf('dev_chat_probe')).toEqual(['dev_chat_access-1']);
    expect(prune()).toMatchObject({ status: 0, stderr: expect.not.stringContaining('✗') });
  });

  test('a policy that leaves the file is detached, and the access stays', async () => {
    await deploy({ chat: application(lambda), old });
    expect(await policiesOf('dev_chat_lambda')).toEqual(['dev_chat_access-1']);
  });

  test('prune names what was attached by hand before it touches anything', async () => {
    await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn: BY_HAND }));
    write({ chat: application(lambda) });
    const { status, stdout } = prune('--yes');
    expect([status, stdout]).toEqual([
      3,
      expect.stringContaining(`aws iam detach-role-policy --role-name ${ROLE} --policy-arn ${BY_HAND}`),
    ]);
    expect(await policiesOf(ROLE)).toEqual(['by-hand', 'dev_old_access-1']);
  });

  test('after the printed command, prune deletes the stack', async () => {
    await iam.send(new DetachRolePolicyCommand({ RoleName: ROLE, PolicyArn: BY_HAND }));
    const { status, stdout } = prune('--yes');
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 stack deleted')]);
    await expect(policiesOf(ROLE)).rejects.toThrow();
  });
});
