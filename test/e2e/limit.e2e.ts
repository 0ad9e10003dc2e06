import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { assume } from './assume';
import { bedrockAccess } from './bedrock-access';
import { cdk } from './cdk';
import { converse } from './converse';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { createProject, type Project } from './project';

const ACCOUNT = '111122223333';
const lite = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
const money = { monthlyUsd: 100, alerts: [80], notify: ['shop@example.com'], atLimit: 'deny' };

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
      budget: money,
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

  /** The event of an alarm, whose dimensions name another application. */
  const alarm = () =>
    limit({
      source: 'aws.cloudwatch',
      alarmArn: ALARM,
      accountId: ACCOUNT,
      region: 'us-east-1',
      alarmData: {
        alarmName: 'dev_shop_daily-usd',
        state: { value: 'ALARM' },
        configuration: {
          metrics: [{ metricStat: { metric: { dimensions: { Environment: 'dev', Application: 'search' } } } }],
        },
      },
    });

  const run = () => limit({ scheduled: true });
  const nothing = { error: undefined, answer: { acts: [], failures: [] } };

  const profileOf = async (alias: string): Promise<string> => {
    const Name = `/bedrock-access/dev/${alias}`;
    const { Parameter } = await account.connect(SSMClient).send(new GetParameterCommand({ Name }));
    return Parameter?.Value ?? '';
  };

  /** Records tokens of an alias of nova-lite, of which a million cost 6 cents. In AWS only Bedrock can do that. */
  async function spend(alias: string, usd: number): Promise<void> {
    const Value = (await profileOf(alias)).split('/')[1] ?? '';
    const MetricData = [
      { MetricName: 'InputTokenCount', Dimensions: [{ Name: 'ModelId', Value }], Value: (usd / 0.06) * 1e6 },
    ];
    await account.connect(CloudWatchClient).send(new PutMetricDataCommand({ Namespace: 'AWS/Bedrock', MetricData }));
  }

  const budget = (...flags: readonly string[]) =>
    bedrockAccess(project.folder, account.environment, 'budget', 'dev', 'shop', ...flags, '--json');

  /** Calls the profile of an alias with the shared role, and returns the answer. */
  async function call(alias: string): Promise<string> {
    const session = await assume(account, `arn:aws:iam::${ACCOUNT}:role/shared-api`);
    return converse(account, session, await profileOf(alias));
  }

  const policiesOf = async (RoleName: string): Promise<readonly string[]> => {
    const { AttachedPolicies = [] } = await account
      .connect(IAMClient)
      .send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return AttachedPolicies.map((p) => p.PolicyName ?? '').sort();
  };

  const limits = async (): Promise<readonly string[]> => {
    const Path = '/bedrock-access/dev.limits';
    const { Parameters = [] } = await account.connect(SSMClient).send(new GetParametersByPathCommand({ Path }));
    return Parameters.map((p) => p.Name ?? '').sort();
  };

  const deploy = async (): Promise<void> => {
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([status, output]).toEqual([0, output]);
  };

  /** Policies that fill the shared role, so that it takes no other. */
  const OTHERS = Array.from({ length: 8 }, (_, i) => `other-${i}`);

  /** Attaches policies to the shared role until IAM attaches no more. */
  async function fill(): Promise<void> {
    const iam = account.connect(IAMClient);
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
    });
    for (const PolicyName of OTHERS) {
      await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
      const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/${PolicyName}`;
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'shared-api', PolicyArn }));
    }
  }

  const EVERYTHING = ['dev_search_access-1', 'dev_shop_access-1', ...OTHERS];

  test('before the limit, one role calls the profiles of both applications, and forged metrics and alarms deny nobody', async () => {
    const MetricData = ['DailyUsd', 'WindowsMetered'].map((MetricName) => ({
      MetricName,
      Dimensions: [
        { Name: 'Environment', Value: 'dev' },
        { Name: 'Application', Value: 'shop' },
      ],
      Value: 1e9,
    }));
    await account.connect(CloudWatchClient).send(new PutMetricDataCommand({ Namespace: 'BedrockAccess', MetricData }));
    await spend('shop/main', 39);
    expect([await run(), await alarm()]).toEqual([nothing, nothing]);
    expect([await call('shop/main'), await call('search/answer')]).toEqual(['answered', 'answered']);
  });

  test('at the limit all principals are denied, although one has no room for the denial', async () => {
    await fill();
    await spend('shop/main', 2);
    expect(await run()).toMatchObject({
      error: undefined,
      answer: {
        acts: [
          {
            ...{ act: 'denied', application: 'shop' },
            ...{ principals: ['role dev_shop_lambda'], withoutAccess: ['role shared-api'] },
          },
        ],
        failures: [],
      },
    });
    expect(await policiesOf('dev_shop_lambda')).toEqual(['dev_shop_access-1', 'dev_shop_limit']);
    expect(await policiesOf('shared-api')).toEqual(['dev_search_access-1', ...OTHERS]);
    expect(await call('shop/main')).toMatch(/^403 AccessDeniedException/);
    expect(await call('search/answer')).toBe('answered');
    expect(await policiesOf('dev_shop_probe')).not.toContain('dev_shop_limit');
    expect([await run(), await alarm()]).toEqual([nothing, nothing]);
  });

  test('a person releases the denial, for the rest of the day', async () => {
    const { status, stdout } = budget('--release');
    expect(JSON.parse(stdout)).toMatchObject({ by: expect.stringContaining('administrator') });
    expect(status).toBe(0);
    expect([await call('shop/main'), await policiesOf('shared-api')]).toEqual(['answered', EVERYTHING]);
    expect(await run()).toEqual(nothing);
    expect(await call('shop/main')).toBe('answered');
  });

  test('a person denies the profiles', async () => {
    expect(budget('--deny', 'it loops')).toMatchObject({ status: 0 });
    expect(await call('shop/main')).toMatch(/^403 AccessDeniedException/);
    expect(await run()).toEqual(nothing);
    expect(await limits()).toEqual(['/bedrock-access/dev.limits/shop', '/bedrock-access/dev.limits/shop.state']);
  });

  test('the stack of a denied application can be pruned after the application, the only one with a limit, left the file', async () => {
    const { shop: _, ...others } = environment.applications;
    project.write({ ...environment, applications: others });
    await deploy();
    expect(await call('shop/main')).toMatch(/^403 AccessDeniedException/);
    const pruned = bedrockAccess(project.folder, account.environment, 'prune', 'dev', '--yes');
    expect(pruned).toMatchObject({ status: 0, stdout: expect.stringContaining('1 stack deleted') });
    expect(await policiesOf('shared-api')).toEqual(['dev_search_access-1', ...OTHERS]);
    expect(await limits()).toEqual([]);
    expect(await call('search/answer')).toBe('answered');
  });

  test('an application whose limit leaves the file while it is denied gets its access back', async () => {
    project.write(environment);
    await deploy();
    expect(budget('--deny', 'it loops again')).toMatchObject({ status: 0 });
    expect(await policiesOf('shared-api')).toEqual(['dev_search_access-1', ...OTHERS]);
    const { shop, ...others } = environment.applications;
    const notified = { ...shop, budget: { ...money, atLimit: 'notify' } };
    project.write({ ...environment, applications: { ...others, shop: notified } });
    await deploy();
    expect([await policiesOf('shared-api'), await limits()]).toEqual([EVERYTHING, []]);
    expect(await call('shop/main')).toBe('answered');
  }, 300_000);

  test('all stacks can be destroyed while an application in the file is denied, and nothing stays', async () => {
    project.write(environment);
    await deploy();
    expect(budget('--deny', 'it loops again')).toMatchObject({ status: 0 });
    const { status, output } = await cdk(account, ['destroy', 'dev/**', '--force'], project.folder);
    expect([status, output]).toEqual([0, output]);
    expect([await policiesOf('shared-api'), await limits()]).toEqual([OTHERS, []]);
  }, 300_000);
});
