import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callWithBotocore } from './botocore';
import { deployTemplate } from './deploy-template';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';

const onAccount = canRun ? describe : describe.skip;
const onLinux = process.platform === 'linux' ? test : test.skip;

const SOME = { accountId: '111122223333', region: 'us-east-1', reading: 'every' } as const;

onAccount(`the emulated account (${UNLESS})`, () => {
  let account: TestAccount;
  beforeAll(async () => {
    process.env['AWS_PROFILE'] = 'canary';
    process.env['AWS_BEARER_TOKEN_BEDROCK'] = 'canary';
    account = await startAccount(SOME);
  }, 300_000);
  afterAll(async () => {
    delete process.env['AWS_PROFILE'];
    delete process.env['AWS_BEARER_TOKEN_BEDROCK'];
    await account?.stop();
  });

  test('it cannot be reached from another interface', async () => {
    const port = Number(new URL(account.url).port);
    expect(await connects('127.0.0.1', port)).toBe(true);
    const others = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? [])
        .filter(({ address }) => address !== '127.0.0.1')
        .map(({ address, family, scopeid }) =>
          family === 'IPv6' && scopeid !== 0 ? `${address}%${scopeid}` : address,
        ),
    );
    expect(await Promise.all(others.map((address) => connects(address, port)))).toEqual(others.map(() => false));
  });

  onLinux('it listens on a single port (skipped without /proc)', () => {
    expect(listening(account.processId)).toEqual([`127.0.0.1:${new URL(account.url).port}`]);
  });

  test('its clients and child processes act as its administrator, without any AWS settings of the surroundings', async () => {
    const { Account, Arn } = await account.connect(STSClient).send(new GetCallerIdentityCommand({}));
    expect([Account, Arn]).toEqual([SOME.accountId, `arn:aws:iam::${SOME.accountId}:user/administrator`]);
    expect(callWithBotocore(account, 'sts', 'get_caller_identity', {})).toMatchObject({ Account, Arn });
    expect(JSON.stringify(account.environment)).not.toContain('canary');
  });

  test('it ends with the process that started it, even if that is killed', async () => {
    const code = `require('./emulator/start-account').startAccount(${JSON.stringify(SOME)}).then(({ processId, folder }) =>
      console.log(JSON.stringify([processId, folder])))`;
    const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', code], { cwd: __dirname });
    const [line] = await once(parent.stdout, 'data');
    const [processId, folder] = JSON.parse(String(line));
    expect(() => process.kill(processId, 0)).not.toThrow();
    parent.kill('SIGKILL');
    await until(() => !existsSync(folder));
    await until(() => !existsSync(folder) && !isAlive(processId));
  });

  test('a resource type that it does not support fails the stack at once', async () => {
    const guardrail = { Type: 'AWS::Bedrock::Guardrail', Properties: { Name: 'g' } };
    await expect(deployTemplate(account, 'unknown', { guardrail })).rejects.toThrow(
      'Unrecognized resource types: [AWS::Bedrock::Guardrail]',
    );
  });

  test('a profile changes its tags in place, and any other change replaces it', async () => {
    const first = await deployTemplate(account, 'changes', { Profile: profile('one', 'amazon.nova-lite-v1:0', '1') });
    expect(first.status).toBe('CREATE_COMPLETE');
    expect(first.physicalIds['Profile']).toMatch(
      /^arn:aws:bedrock:us-east-1:111122223333:application-inference-profile\/[0-9a-z]{12}$/,
    );
    const tagged = await deployTemplate(account, 'changes', { Profile: profile('one', 'amazon.nova-lite-v1:0', '2') });
    expect([tagged.status, tagged.physicalIds]).toEqual(['UPDATE_COMPLETE', first.physicalIds]);
    const kept = await deployTemplate(account, 'changes', { Profile: profile('one', 'amazon.nova-micro-v1:0', '2') });
    expect([kept.status, kept.failures]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      [expect.stringContaining('An inference profile with the name one already exists.')],
    ]);
    const renamed = await deployTemplate(account, 'changes', {
      Profile: profile('two', 'amazon.nova-micro-v1:0', '2'),
    });
    expect(renamed.status).toBe('UPDATE_COMPLETE');
    expect(renamed.physicalIds).not.toEqual(first.physicalIds);
    const { inferenceProfileSummaries } = callWithBotocore(account, 'bedrock', 'list_inference_profiles', {
      typeEquals: 'APPLICATION',
    });
    expect(inferenceProfileSummaries).toEqual([
      expect.objectContaining({ inferenceProfileName: 'two', inferenceProfileArn: renamed.physicalIds['Profile'] }),
    ]);
  });

  test('a profile of a model that is missing in its Region is refused', async () => {
    const { status, failures } = await deployTemplate(account, 'no-model', {
      Profile: profile('x', 'acme.large-v1:0', '1'),
    });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures).toEqual([expect.stringContaining('The provided model source is invalid')]);
  });

  test('a budget changes its limit in place, and a change of notifications replaces it', async () => {
    const first = await deployTemplate(account, 'money', { Budget: budget(100, 80) });
    const raised = await deployTemplate(account, 'money', { Budget: budget(200, 80) });
    expect([raised.status, raised.physicalIds]).toEqual(['UPDATE_COMPLETE', first.physicalIds]);
    expect(callWithBotocore(account, 'budgets', 'describe_budgets', { AccountId: SOME.accountId })).toMatchObject({
      Budgets: [{ BudgetName: raised.physicalIds['Budget'], BudgetLimit: { Amount: '200', Unit: 'USD' } }],
    });
    const named = await deployTemplate(account, 'named-money', { Budget: budget(100, 80, 'fixed') });
    expect(named.physicalIds).toEqual({ Budget: 'fixed' });
    const renotified = await deployTemplate(account, 'named-money', { Budget: budget(100, 90, 'fixed') });
    expect([renotified.status, renotified.failures]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      [expect.stringContaining('the budget already exists')],
    ]);
  });

  test('an association of pods needs a role that EKS may assume and tag, and a change of its pods replaces it', async () => {
    const role = (name: string, ...Action: readonly string[]) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action }],
        },
      },
    });
    const association = (Role: string, ServiceAccount: string) => ({
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: {
        ...{ ClusterName: 'shop', Namespace: 'chat', ServiceAccount },
        RoleArn: { 'Fn::GetAtt': [Role, 'Arn'] },
      },
    });
    const both = role('both', 'sts:AssumeRole', 'sts:TagSession');
    expect((await deployTemplate(account, 'shop-pods', { both })).status).toBe('CREATE_COMPLETE');
    const roleArn = `arn:aws:iam::${SOME.accountId}:role/both`;
    callWithBotocore(account, 'eks', 'create_cluster', { name: 'shop', roleArn, resourcesVpcConfig: {} });
    const refused = await deployTemplate(account, 'refused', {
      untagged: role('untagged', 'sts:AssumeRole'),
      pods: association('untagged', 'api'),
    });
    expect(refused.failures).toEqual([expect.stringContaining('Trust policy of the role provided is invalid')]);
    const made = await deployTemplate(account, 'shop-pods', { both, pods: association('both', 'api') });
    const moved = await deployTemplate(account, 'shop-pods', { both, pods: association('both', 'web') });
    expect([made.status, moved.status]).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
    expect(moved.physicalIds['pods']).not.toBe(made.physicalIds['pods']);
    const { associations } = callWithBotocore(account, 'eks', 'list_pod_identity_associations', {
      clusterName: 'shop',
    });
    expect(associations).toEqual([expect.objectContaining({ serviceAccount: 'web' })]);
  });

  test('a role with an existing name and a policy for a missing role fail their stacks', async () => {
    const trust = { Version: '2012-10-17', Statement: [] };
    const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'once', AssumeRolePolicyDocument: trust } };
    expect((await deployTemplate(account, 'first', { role })).status).toBe('CREATE_COMPLETE');
    const second = await deployTemplate(account, 'second', { role });
    expect(second.failures).toEqual(['Role with name once already exists. (Service: Iam, Status Code: 409)']);
    const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];
    const PolicyDocument = { Version: '2012-10-17', Statement };
    const policy = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'p', PolicyDocument, Roles: ['nobody'] },
    };
    const third = await deployTemplate(account, 'third', { policy });
    expect(third.failures).toEqual(['The role with name nobody cannot be found. (Service: Iam, Status Code: 404)']);
  });
});

function profile(InferenceProfileName: string, model: string, version: string) {
  return {
    Type: 'AWS::Bedrock::ApplicationInferenceProfile',
    Properties: {
      InferenceProfileName,
      ModelSource: { CopyFrom: `arn:aws:bedrock:us-east-1::foundation-model/${model}` },
      Tags: [{ Key: 'Version', Value: version }],
    },
  };
}

function budget(Amount: number, Threshold: number, BudgetName?: string) {
  const Notification = { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold };
  const Subscribers = [{ SubscriptionType: 'EMAIL', Address: 'team@example.com' }];
  return {
    Type: 'AWS::Budgets::Budget',
    Properties: {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount, Unit: 'USD' },
        ...(BudgetName !== undefined && { BudgetName }),
      },
      NotificationsWithSubscribers: [{ Notification, Subscribers }],
    },
  };
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (connected: boolean) => () => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

/** Returns the addresses that a process listens on: the sockets among its files, from the kernel's tables. */
function listening(processId: number): readonly string[] {
  const files = join('/proc', String(processId), 'fd');
  const inodes = new Set(
    readdirSync(files).map((file) => /^socket:\[(\d+)\]$/.exec(readlinkSync(join(files, file)))?.[1]),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(join('/proc', String(processId), 'net', table), 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode))
      .map(([, local = '']) => readable(local)),
  );
}

/** Decodes an address from the kernel's table, where an IPv4 address is a number in the byte order of the machine. */
function readable(local: string): string {
  const [address = '', port = ''] = local.split(':');
  const bytes = address.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return `${bytes.length === 4 ? bytes.toReversed().join('.') : address}:${Number.parseInt(port, 16)}`;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
