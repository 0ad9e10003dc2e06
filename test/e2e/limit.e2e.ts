import { CreateRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { assume } from './assume';
import { bedrockAccess } from './bedrock-access';
import { cdk } from './cdk';
import { converse } from './converse';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { createProject, type Project } from './project';

const ACCOUNT = '111122223333';
const lite = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
const budget = { monthlyUsd: 100, alerts: [80], notify: ['shop@example.com'], atLimit: 'deny' };

/** Two applications that share a role and a model. */
const environment = {
  name: 'dev',
  account: ACCOUNT,
  region: 'us-east-1',
  contact: 'platform@example.com',
  applications: {
    shop: {
      owner: 'shop@example.com',
      costCenter: 'CC-1',
      models: { main: lite },
      principals: [{ service: 'lambda.amazonaws.com' }, { role: 'shared-api' }],
      budget,
      alarms: { dailyUsd: 40 },
    },
    search: {
      owner: 'search@example.com',
      costCenter: 'CC-2',
      models: { answer: lite },
      principals: [{ role: 'shared-api' }],
    },
  },
};
const ALARM = `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:dev_shop_daily-usd`;

const onAccount = canRun ? describe : describe.skip;

onAccount(`an application at its limit (${UNLESS})`, () => {
  let account: TestAccount;
  let project: Project;

  beforeAll(async () => {
    account = await startAccount({ accountId: ACCOUNT, region: 'us-east-1', reading: 'every' });
    project = createProject(account.folder);
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
    });
    await account.connect(IAMClient).send(new CreateRoleCommand({ RoleName: 'shared-api', AssumeRolePolicyDocument }));
    project.write(environment);
    expect((await cdk(account, ['bootstrap', `aws://${ACCOUNT}/us-east-1`], project.folder)).status).toBe(0);
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([status, output]).toEqual([0, output]);
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  async function limit(event: unknown) {
    const { Payload, FunctionError } = await account
      .connect(LambdaClient)
      .send(new InvokeCommand({ FunctionName: 'dev_limit', Payload: Buffer.from(JSON.stringify(event)) }));
    return { error: FunctionError, answer: JSON.parse(Buffer.from(Payload ?? []).toString()) };
  }

  const alarm = () =>
    limit({
      source: 'aws.cloudwatch',
      alarmArn: ALARM,
      alarmData: {
        alarmName: 'dev_shop_daily-usd',
        state: { value: 'ALARM' },
        configuration: {
          metrics: [{ metricStat: { metric: { dimensions: { Environment: 'dev', Application: 'shop' } } } }],
        },
      },
    });

  /** Calls the profile of an alias with the shared role, and returns the answer. */
  async function call(alias: string): Promise<string> {
    const Name = `/bedrock-access/dev/${alias}`;
    const { Parameter } = await account.connect(SSMClient).send(new GetParameterCommand({ Name }));
    const session = await assume(account, `arn:aws:iam::${ACCOUNT}:role/shared-api`);
    return converse(account, session, Parameter?.Value ?? '');
  }

  const policiesOf = async (RoleName: string): Promise<readonly string[]> => {
    const { AttachedPolicies = [] } = await account
      .connect(IAMClient)
      .send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return AttachedPolicies.map((p) => p.PolicyName ?? '').sort();
  };

  const principals = ['role dev_shop_lambda', 'role shared-api'];

  test('before the limit, one role calls the profiles of both applications', async () => {
    expect([await call('shop/main'), await call('search/answer')]).toEqual(['answered', 'answered']);
  });

  test('the alarm denies the profiles to its principals, and the other application still calls the same model', async () => {
    expect(await alarm()).toMatchObject({
      error: undefined,
      answer: { acts: [{ act: 'denied', application: 'shop', by: { alarm: ALARM }, principals }], failures: [] },
    });
    expect(await call('shop/main')).toMatch(/^403 AccessDeniedException: .* with an explicit deny/);
    expect(await call('search/answer')).toBe('answered');
    expect(await policiesOf('dev_shop_probe')).not.toContain('dev_shop_limit');
  });

  test('a person releases the denial', async () => {
    const { status, stdout } = bedrockAccess(
      project.folder,
      account.environment,
      ...['budget', 'dev', 'shop', '--release', '--json'],
    );
    expect(JSON.parse(stdout)).toMatchObject({ released: principals, by: expect.stringContaining('administrator') });
    expect(status).toBe(0);
    expect(await call('shop/main')).toBe('answered');
  });

  test('the next day lifts the denial', async () => {
    await alarm();
    expect(await limit({ scheduled: true })).toMatchObject({
      error: undefined,
      answer: { acts: [{ act: 'released', application: 'shop', by: { schedule: 'daily' }, principals }], failures: [] },
    });
    expect(await call('shop/main')).toBe('answered');
  });

  test('the stack of a denied application can be pruned after the application, the only one with a limit, left the file', async () => {
    await alarm();
    const { shop: _, ...others } = environment.applications;
    project.write({ ...environment, applications: others });
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([status, output]).toEqual([0, output]);
    const pruned = bedrockAccess(project.folder, account.environment, 'prune', 'dev', '--yes');
    expect(pruned).toMatchObject({ status: 0, stdout: expect.stringContaining('1 stack deleted') });
    expect(await policiesOf('shared-api')).toEqual(['dev_search_access-1']);
    expect(await call('search/answer')).toBe('answered');
  });
});
