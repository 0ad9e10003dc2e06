import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AccountState, readAccountState } from './account-state';
import { bedrockAccess } from './bedrock-access';
import { cdk } from './cdk';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { gateCalls, gateFailures } from './gate-calls';
import { createProject, type Project } from './project';
import { stateChanges } from './state-changes';

const ACCOUNT = '111122223333';
const sonnet46 = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };
const sonnet5 = { model: 'anthropic.claude-sonnet-5', routing: 'us' };
const lite = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
const micro = { model: 'amazon.nova-micro-v1:0', routing: 'us' };
const lambda = { service: 'lambda.amazonaws.com' };

const budget = (alert: number, owner: string) => ({ monthlyUsd: 100, alerts: [alert], notify: [owner] });

const chat = {
  owner: 'chat@example.com',
  costCenter: 'CC-1',
  budget: budget(80, 'chat@example.com'),
  models: { main: sonnet46, old: lite },
  principals: [lambda, { role: 'chat-api' }],
};
const search = { owner: 'search@example.com', costCenter: 'CC-2', models: { answer: lite }, principals: [lambda] };
const report = {
  owner: 'report@example.com',
  costCenter: 'CC-3',
  budget: budget(90, 'report@example.com'),
  models: { draft: micro },
  principals: [lambda],
};

const environment = (applications: object): object => ({
  name: 'dev',
  account: ACCOUNT,
  region: 'us-east-1',
  contact: 'platform@example.com',
  applications,
});

/** Returns the changes of the alarms of an application with a budget. */
const alarms = (change: '+' | '-', application: string, ...aliases: readonly string[]): readonly string[] =>
  [
    ...['cache-reads', 'daily-usd', 'legacy'],
    ...aliases.flatMap((alias) => ['errors', 'latency', 'throttles'].map((of) => `${alias}_${of}`)),
  ]
    .sort()
    .map((of) => `${change} Alarm dev_${application}_${of}`);

/**
 * Removes the last Region from an application's policy and acknowledges the resulting finding, as an overconfident
 * person might do.
 */
const breakGrant = (application: string): string => `{
  const { CfnManagedPolicy } = require('aws-cdk-lib/aws-iam');
  const { Validations } = require('aws-cdk-lib');
  const policy = app.node.findChild('dev').node.findChild('${application}').node.findChild('Access1') as InstanceType<typeof CfnManagedPolicy>;
  for (const statement of policy.policyDocument.Statement) {
    if (statement.Sid.endsWith('Model') && statement.Resource.length > 1) {
      statement.Resource = statement.Resource.slice(0, -1);
    }
  }
  Validations.of(policy).acknowledge({ id: 'bedrock-access::missing', reason: 'broken on purpose' });
}`;

const onAccount = canRun ? describe : describe.skip;

onAccount(`an environment that changes in several deployments (${UNLESS})`, () => {
  let account: TestAccount;
  let project: Project;
  let state: AccountState;
  let calls: readonly string[] = [];

  beforeAll(async () => {
    account = await startAccount({ accountId: ACCOUNT, region: 'us-east-1', reading: 'every' });
    project = createProject(account.folder);
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    await account.connect(IAMClient).send(new CreateRoleCommand({ RoleName: 'chat-api', AssumeRolePolicyDocument }));
    project.write(environment({ chat, search }));
    expect((await cdk(account, ['bootstrap', `aws://${ACCOUNT}/us-east-1`], project.folder)).status).toBe(0);
    state = await readAccountState(account);
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  /** Deploys. Returns the changes in the account and the calls of gates. */
  async function deploy(applications: object, overrides = '', ...flags: readonly string[]) {
    project.write(environment(applications));
    project.override(overrides);
    const { status, output } = await cdk(
      account,
      ['deploy', 'dev/**', '--require-approval', 'never', ...flags],
      project.folder,
    );
    return { status, output, ...(await whatHappened()) };
  }

  async function whatHappened() {
    const [before, callsBefore] = [state, calls];
    state = await readAccountState(account);
    calls = await gateCalls(account, 'dev');
    return { changed: stateChanges(before, state), gates: calls.slice(callsBefore.length).toSorted() };
  }

  test('the first deployment creates every stack, and the gate of each application passes', async () => {
    const { status, output, gates } = await deploy({ chat, search });
    expect([status, output]).toEqual([0, output]);
    expect(gates).toEqual(['Create dev--chat passed', 'Create dev--search passed']);
  });

  test('a deployment without changes changes nothing and calls no gate', async () => {
    expect(await deploy({ chat, search })).toMatchObject({ status: 0, changed: [], gates: [] });
  });

  test('an added application gets a stack, its new owner a topic and the overview its lines, and no other application changes', async () => {
    expect(await deploy({ chat, report, search })).toMatchObject({
      status: 0,
      changed: [
        ...alarms('+', 'report', 'draft'),
        '+ ApplicationInferenceProfile dev_report_draft_nova-micro_9a2cf1',
        '+ Budget dev_report_a8af1c',
        '~ Dashboard dev_overview: DashboardBody',
        '+ ManagedPolicy dev_report_access-1',
        '+ Parameter /bedrock-access/dev.profiles/report',
        '+ Parameter /bedrock-access/dev/report/draft',
        '+ Parameter /bedrock-access/dev/report/draft.json',
        '+ Role dev_report_lambda',
        '+ Role dev_report_probe',
        '+ Role dev_report_probe-policies',
        // It changes only the dashboard above, and Foundation adds only the topic below.
        '~ Stack dev--Dashboard: StackStatus',
        '~ Stack dev--Foundation: StackStatus',
        '+ Stack dev--report',
        '+ Topic dev_alerts-a1d748',
      ],
      gates: ['Create dev--report passed'],
    });
  });

  test('a new model gets a new profile, the alias moves to it, and the old profile is deleted', async () => {
    expect(
      await deploy({ chat: { ...chat, models: { ...chat.models, main: sonnet5 } }, report, search }),
    ).toMatchObject({
      status: 0,
      changed: [
        '~ Alarm dev_chat_main_errors: AlarmDescription, Metrics',
        '~ Alarm dev_chat_main_latency: AlarmDescription, Dimensions',
        '~ Alarm dev_chat_main_throttles: AlarmDescription, Dimensions',
        '- ApplicationInferenceProfile dev_chat_main_claude-sonnet-4-6_11f301',
        '+ ApplicationInferenceProfile dev_chat_main_claude-sonnet-5_a0bcbd',
        '~ Dashboard dev_overview: DashboardBody',
        '~ ManagedPolicy dev_chat_access-1: PolicyDocument',
        '~ Parameter /bedrock-access/dev.profiles/chat: Value',
        '~ Parameter /bedrock-access/dev/chat/main.json: Value',
        '~ Parameter /bedrock-access/dev/chat/main: Value',
        '~ Stack dev--chat: StackStatus',
      ],
      gates: ['Update dev--chat passed'],
    });
  });

  const now = { chat: { ...chat, models: { main: sonnet5 }, principals: [lambda] }, report, search };

  test('a removed principal loses the policy, and a removed alias its parameters, its grant and its profile', async () => {
    expect(await deploy(now)).toMatchObject({
      status: 0,
      changed: [
        ...alarms('-', 'chat', 'old').filter((alarm) => alarm.includes('_old_')),
        '- ApplicationInferenceProfile dev_chat_old_nova-lite_ae753b',
        '~ Dashboard dev_overview: DashboardBody',
        '~ ManagedPolicy dev_chat_access-1: PolicyDocument, Roles',
        '~ Parameter /bedrock-access/dev.profiles/chat: Value',
        '- Parameter /bedrock-access/dev/chat/old',
        '- Parameter /bedrock-access/dev/chat/old.json',
        '~ Role chat-api: ManagedPolicyArns',
      ],
      gates: ['Update dev--chat passed'],
    });
  });

  const newAlerts = {
    ...now,
    chat: { ...now.chat, budget: budget(70, chat.owner) },
    report: { ...report, budget: { ...report.budget, monthlyUsd: 200 } },
  };

  test('a changed threshold replaces a budget, a changed limit does not, and no gate is called', async () => {
    expect(await deploy(newAlerts)).toMatchObject({
      status: 0,
      changed: [
        '~ Alarm dev_report_daily-usd: AlarmDescription, Threshold',
        '- Budget dev_chat_b149d3',
        '+ Budget dev_chat_dc3c01',
        '~ Budget dev_report_a8af1c: BudgetLimit',
        '~ Dashboard dev_overview: DashboardBody',
        '~ Stack dev--report: StackStatus',
      ],
      gates: [],
    });
  });

  const more = {
    ...newAlerts,
    draft: { ...report, costCenter: 'CC-4' },
    report: { ...newAlerts.report, models: { draft: micro, final: sonnet46 } },
    search: { ...search, models: { answer: lite, fast: micro } },
  };
  test('a grant that is broken on purpose fails and rolls back its stack, and the others are deployed', async () => {
    const broken = breakGrant('draft') + breakGrant('report');
    const { status, output, changed, gates } = await deploy(more, broken, '--concurrency', '3');
    expect(status).toBe(1);
    // One failed stack is new, and one exists. Neither leaves any of its planned changes.
    expect(changed).toEqual([
      ...alarms('+', 'search', 'fast').filter((alarm) => alarm.includes('_fast_')),
      '+ ApplicationInferenceProfile dev_search_fast_nova-micro_dda4c7',
      // The dashboard comes after the applications, so it does not have the failed one yet.
      '~ ManagedPolicy dev_search_access-1: PolicyDocument',
      '~ Parameter /bedrock-access/dev.profiles/search: Value',
      '+ Parameter /bedrock-access/dev/search/fast',
      '+ Parameter /bedrock-access/dev/search/fast.json',
      '+ Stack dev--draft',
      '~ Stack dev--report: StackStatus',
      '~ Stack dev--search: StackStatus',
    ]);
    expect(statuses()).toMatchObject({
      'dev--chat': 'UPDATE_COMPLETE',
      'dev--draft': 'ROLLBACK_COMPLETE',
      'dev--report': 'UPDATE_ROLLBACK_COMPLETE',
      'dev--search': 'UPDATE_COMPLETE',
    });
    expect(gates).toEqual([
      'Create dev--draft failed',
      'Delete dev--draft passed',
      'Update dev--report failed',
      // The rollback.
      'Update dev--report passed',
      'Update dev--search passed',
    ]);
    const [reason] = await gateFailures(account, 'dev--report');
    expect(reason).toMatch(
      /\d+ of \d+ probes of 'report' failed \(tried for 6\d s\): draft \(amazon\.nova-micro-v1:0\) text denied/,
    );
    expect(reason).toContain(
      'no policy of the role allows bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-micro-v1:0',
    );
    expect(output).toContain(reason);
  }, 300_000);

  test('the next deployment completes the failed changes', async () => {
    const { status, changed, gates } = await deploy(more);
    expect(status).toBe(0);
    expect(gates).toEqual(['Create dev--draft passed', 'Update dev--report passed']);
    expect(changed).toEqual([
      ...alarms('+', 'draft', 'draft'),
      ...alarms('+', 'report', 'final').filter((alarm) => alarm.includes('_final_')),
      '+ ApplicationInferenceProfile dev_draft_draft_nova-micro_2403c5',
      '+ ApplicationInferenceProfile dev_report_final_claude-sonnet-4-6_bc7a7c',
      '+ Budget dev_draft_a8af1c',
      '~ Dashboard dev_overview: DashboardBody',
      '+ ManagedPolicy dev_draft_access-1',
      '~ ManagedPolicy dev_report_access-1: PolicyDocument',
      '+ Parameter /bedrock-access/dev.profiles/draft',
      '~ Parameter /bedrock-access/dev.profiles/report: Value',
      '+ Parameter /bedrock-access/dev/draft/draft',
      '+ Parameter /bedrock-access/dev/draft/draft.json',
      '+ Parameter /bedrock-access/dev/report/final',
      '+ Parameter /bedrock-access/dev/report/final.json',
      '+ Role dev_draft_lambda',
      '+ Role dev_draft_probe',
      '+ Role dev_draft_probe-policies',
      '~ Stack dev--draft: StackStatus',
      '~ Stack dev--report: StackStatus',
    ]);
  });

  const { report: _, ...without } = more;

  test('an application that is removed from the file keeps its access until it is pruned, but leaves the overview at once', async () => {
    expect(await deploy(without)).toMatchObject({
      status: 0,
      changed: ['~ Dashboard dev_overview: DashboardBody'],
      gates: [],
    });
    const { status, stdout: out } = bedrockAccess(project.folder, account.environment, 'prune', 'dev');
    expect(out).toMatch(/^✗ 1 application deployed and no longer in the file {2}dev in 111122223333, us-east-1: /);
    expect(out).toMatch(/^ {2}report {7}dev--report {2}UPDATE_COMPLETE /m);
    expect(status).toBe(1);
    expect((await whatHappened()).changed).toEqual([]);
  });

  test('prune deletes only the stack of the application that is no longer in the file', async () => {
    const { status, stdout: out } = bedrockAccess(project.folder, account.environment, 'prune', 'dev', '--yes');
    expect(out).toMatch(/^✓ pruned {2}dev in 111122223333, us-east-1: 1 stack deleted\./);
    expect(status).toBe(0);
    expect(await whatHappened()).toEqual({
      changed: [
        ...alarms('-', 'report', 'draft', 'final'),
        '- ApplicationInferenceProfile dev_report_draft_nova-micro_9a2cf1',
        '- ApplicationInferenceProfile dev_report_final_claude-sonnet-4-6_bc7a7c',
        '- Budget dev_report_a8af1c',
        '- ManagedPolicy dev_report_access-1',
        '- Parameter /bedrock-access/dev.profiles/report',
        '- Parameter /bedrock-access/dev/report/draft',
        '- Parameter /bedrock-access/dev/report/draft.json',
        '- Parameter /bedrock-access/dev/report/final',
        '- Parameter /bedrock-access/dev/report/final.json',
        '- Role dev_report_lambda',
        '- Role dev_report_probe',
        '- Role dev_report_probe-policies',
        '- Stack dev--report',
      ],
      gates: [],
    });
    expect(bedrockAccess(project.folder, account.environment, 'prune', 'dev')).toMatchObject({ status: 0 });
  });

  function statuses(): Readonly<Record<string, unknown>> {
    const stacks = Object.entries(state['AWS::CloudFormation::Stack'] ?? {});
    return Object.fromEntries(stacks.map(([name, { StackStatus }]) => [name, StackStatus]));
  }
});
