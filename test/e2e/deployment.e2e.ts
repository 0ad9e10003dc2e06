import { join } from 'node:path';
import { CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { READINGS, type SystemProfileReading } from '../../lib/account/system-profile-reading';
import { synthesize } from '../../lib/cli/synthesize';
import { planExecutionPolicy } from '../../lib/plan/deployment/execution-policy';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { batchesDefinition } from '../../lib/plan/environment/batches-definition';
import { billingStacks } from '../../lib/plan/environment/billing-plan';
import { planSplit, type SplitPlan } from '../../lib/plan/environment/split-plan';
import { testEnvironment } from '../plan/environments';
import { type AccountState, addedResources, type Properties, readAccountState } from './account-state';
import { assume, sessionOf } from './assume';
import { bedrockAccess } from './bedrock-access';
import { callWithBotocore } from './botocore';
import { cdk } from './cdk';
import { comparableProbes, type Probe } from './comparable-probes';
import { converse, refusal } from './converse';
import { canRun, UNLESS } from './emulator/install-ministack';
import { type Credentials, ROOT, startAccount, type TestAccount } from './emulator/start-account';
import { functionLog, gateCalls } from './gate-calls';
import { plannedState } from './planned-state';
import { createProject } from './project';
import { type SynthesizedStack, synthesizedStacks, templateState } from './template-state';
import { withDocument } from './with-document';

const plan = planAccess(testEnvironment('dev'));
const { account: accountId, region } = plan;
const generations = [plan.decoy, ...plan.applications.flatMap((a) => a.generations)];

// Without a suitable Python these tests cannot run. Jest then reports them as skipped, and the title gives the reason.
const onAccount = canRun ? describe : describe.skip;

onAccount(`environments/dev.yaml, deployed by the CDK CLI into an emulated account (${UNLESS})`, () => {
  let account: TestAccount;
  let project: string;
  let before: AccountState;
  let deployed: AccountState;
  let stacks: readonly SynthesizedStack[];

  beforeAll(async () => {
    account = await startAccount({ accountId, region, reading: 'every' });
    project = createProject(account.folder).folder;
    // The file names an existing role and an existing user, which do not belong to any stack.
    const iam = account.connect(IAMClient);
    await iam.send(
      new CreateRoleCommand({ RoleName: 'support-chat-api', AssumeRolePolicyDocument: JSON.stringify(TRUSTS_ACCOUNT) }),
    );
    await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  const named = (type: string): Readonly<Record<string, Properties>> =>
    Object.fromEntries(
      Object.entries(addedResources(before, deployed)[type] ?? {}).map(([id, resource]) => [
        String(resource['InferenceProfileName'] ?? resource['ManagedPolicyName'] ?? id),
        withoutSystemTags(resource),
      ]),
    );
  const profileArn = (profileName: string): string => {
    const found = Object.entries(deployed['AWS::Bedrock::ApplicationInferenceProfile'] ?? {}).find(
      ([, profile]) => profile['InferenceProfileName'] === profileName,
    );
    return found?.[0] ?? `no profile ${profileName}`;
  };
  const profileOf = (application: string, alias: string): string => {
    const { generations = [] } = plan.applications.find((a) => a.name === application) ?? {};
    return profileArn(generations.find((g) => g.alias === alias && g.served)?.profileName ?? '');
  };

  async function verify(): Promise<readonly Probe[]> {
    const { Payload, FunctionError } = await account
      .connect(LambdaClient)
      .send(new InvokeCommand({ FunctionName: 'dev_verification', Payload: Buffer.from('{"spreading":false}') }));
    const answer = Buffer.from(Payload ?? []).toString();
    expect([FunctionError, answer]).toEqual([undefined, answer]);
    return JSON.parse(answer).probes;
  }

  test('cdk bootstrap gives CloudFormation only the policy that plan prints', async () => {
    const { documents } = planExecutionPolicy(plan);
    const printed = documents.map((_, i) => {
      const part = ['plan', 'dev', '--execution-policy', '--part', `${i + 1}`];
      return bedrockAccess(project, noAccount(), ...part).stdout;
    });
    const iam = account.connect(IAMClient);
    const arns: string[] = [];
    for (const [i, PolicyDocument] of printed.entries()) {
      const PolicyName = `bedrock-access-dev-execution-${i + 1}`;
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
      arns.push(Policy?.Arn ?? '');
    }
    const flags = ['--cloudformation-execution-policies', arns.join(',')];
    const { status, output } = await cdk(account, ['bootstrap', `aws://${accountId}/${region}`, ...flags], project);
    expect(output).toContain(`Environment aws://${accountId}/${region} bootstrapped.`);
    expect(status).toBe(0);
    before = await readAccountState(account);
    const executes = `cdk-hnb659fds-cfn-exec-role-${accountId}-${region}`;
    expect(before['AWS::IAM::Role']?.[executes]).toMatchObject({ ManagedPolicyArns: arns, Policies: [] });
    for (const [i, arn] of arns.entries()) {
      expect(before['AWS::IAM::ManagedPolicy']?.[arn]).toMatchObject({ PolicyDocument: JSON.parse(printed[i] ?? '') });
    }
    expect(Object.keys(before['AWS::CloudFormation::Stack'] ?? {})).toEqual(['CDKToolkit']);
  });

  test("cdk deploy 'dev/**' deploys the environment dev of the tests", async () => {
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project);
    expect(output).not.toMatch(/FAILED|ROLLBACK/);
    expect([status, output]).toEqual([0, output]);
    deployed = await readAccountState(account);
    stacks = synthesizedStacks(join(account.folder, 'cdk.out'), 'dev');
    expect(stacks).toHaveLength(plan.applications.length + 2 + plan.dashboards.length + billingStacks(plan).length);
    expect(named('AWS::CloudFormation::Stack')).toEqual(
      Object.fromEntries(
        stacks.map(({ stackName }) => [stackName, { StackName: stackName, StackStatus: 'CREATE_COMPLETE' }]),
      ),
    );
  });

  test('the account supports every resource type of the templates', () => {
    const prod = join(account.folder, 'prod.out');
    synthesize(planAccess(testEnvironment('prod')), prod);
    const all = [...stacks, ...synthesizedStacks(prod, 'prod')];
    const types = [...new Set(all.flatMap((s) => Object.values(s.template.Resources).map((r) => r.Type)))].sort();
    // Only prod creates GitHub's provider, which the account does not support, and prod is not deployed here. Custom
    // resources depend on their function: the gates are tested below.
    expect(types.filter((type) => ![...account.types.own, ...account.types.added].includes(type))).toEqual([
      'AWS::IAM::OIDCProvider',
      'Custom::BedrockAccessDenial',
      'Custom::BedrockAccessGate',
      'Custom::BedrockAccessInvocationLogging',
    ]);
    expect(types.filter((type) => account.types.added.includes(type))).toEqual([
      'AWS::Bedrock::ApplicationInferenceProfile',
      'AWS::Budgets::Budget',
      'AWS::Budgets::BudgetsAction',
      'AWS::Logs::QueryDefinition',
    ]);
  });

  test('cdk diff finds no difference right after', async () => {
    const { status, output } = await cdk(account, ['diff', 'dev/**', '--fail'], project);
    expect(output).toContain('Number of stacks with differences: 0');
    expect(status).toBe(0);
  });

  test('the account holds exactly the planned policies, roles, profiles and aliases', () => {
    const planned = plannedState(plan, profileArn);
    expect(named('AWS::IAM::ManagedPolicy')).toEqual(planned.policies);
    expect(named('AWS::Bedrock::ApplicationInferenceProfile')).toEqual(planned.profiles);
    expect(named('AWS::SSM::Parameter')).toEqual(planned.parameters);
    const { 'support-chat-api': existing, ...ownRoles } = named('AWS::IAM::Role');
    expect(ownRoles).toEqual(planned.roles);
    expect(existing).toEqual({
      ...before['AWS::IAM::Role']?.['support-chat-api'],
      ManagedPolicyArns: plan.applications.find((a) => a.name === 'support-chat')?.policies.map((p) => p.arn),
    });
    expect(named('AWS::IAM::User')).toEqual({
      alice: {
        ...before['AWS::IAM::User']?.['alice'],
        ManagedPolicyArns: plan.applications.find((a) => a.name === 'market-report')?.policies.map((p) => p.arn),
      },
    });
    expect(named('AWS::Lambda::Function')).toMatchObject(planned.functions);
    expect(named('AWS::Events::Rule')).toMatchObject(planned.rules);
    expect(named('AWS::CloudWatch::Alarm')).toMatchObject(planned.alarms);
  });

  test('the account holds exactly the resources of the templates, property by property', async () => {
    const modelsBehind = (copyFrom: string) => generations.find((g) => g.copyFrom === copyFrom)?.modelArns ?? [];
    const expected = await templateState(account, stacks, deployed, modelsBehind);
    const created = addedResources(before, deployed);
    for (const [type, resources] of Object.entries(expected)) {
      const { 'support-chat-api': _, ...ownResources } = created[type] ?? {};
      expect(ownResources).toEqual(resources);
    }
    expect(Object.keys(created).filter((type) => Object.keys(created[type] ?? {}).length > 0)).toEqual(
      expect.arrayContaining([...Object.keys(expected), 'AWS::IAM::User', 'AWS::CloudFormation::Stack']),
    );
  });

  test.each(READINGS)(
    'under the reading %s the deployed function has the same results as npm start',
    async (reading) => {
      account.read(reading);
      const found = await verify();
      expect(found.filter((probe) => !probe['asIntended'])).toEqual([]);
      expect(found).toHaveLength(plan.applications.reduce((n, a) => n + a.probes.length, 0));
      expect(comparableProbes(found)).toEqual(comparableProbes(verifyHere(reading)));
      account.read('every');
    },
  );

  test('verify calls the deployed function for every access, and shows that it works', () => {
    const { status, stdout } = bedrockAccess(project, account.environment, 'verify', 'dev');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      '✓ dev works as intended: 4 applications, 12 profiles.',
      `Real calls in ${accountId}, ${region}, made by dev_verification as the applications' probe roles.`,
    ]);
    expect(stdout).toContain(`${plan.applications.flatMap((a) => a.probes).length} probes as intended, 0 not.\n`);
    expect(status).toBe(0);
  });

  test('every stack passed its gate, once', async () => {
    expect((await gateCalls(account, 'dev')).toSorted()).toEqual(
      plan.applications.map(({ name }) => `Create dev--${name} passed`),
    );
  });

  test('the function logs a line for each probe, in its own log group', async () => {
    const lines = (await functionLog(account, 'dev')).filter((line) => line.startsWith('{"application"'));
    // One line each for the gate, for each reading and for the run on demand.
    expect(lines).toHaveLength((1 + READINGS.length + 1) * plan.applications.reduce((n, a) => n + a.probes.length, 0));
  });

  test("an existing role calls its application's profile, and IAM denies all other calls", async () => {
    const role = await assume(account, `arn:aws:iam::${accountId}:role/support-chat-api`);
    const foreign = profileOf('document-search', 'answer');
    const refused = (resource: string): string => refusal('support-chat-api', resource);
    expect(await converse(account, role, profileOf('support-chat', 'main'))).toBe('answered');
    expect(await converse(account, role, foreign)).toBe(refused(foreign));
    for (const model of ['anthropic.claude-sonnet-4-6', 'amazon.nova-lite-v1:0']) {
      expect(await converse(account, role, model)).toBe(
        refused(`arn:aws:bedrock:${region}::foundation-model/${model}`),
      );
    }
    expect(await converse(account, role, 'us.anthropic.claude-sonnet-4-6')).toBe(
      refused(`arn:aws:bedrock:${region}::foundation-model/anthropic.claude-sonnet-4-6`),
    );
    expect(await converse(account, role, 'global.anthropic.claude-sonnet-4-6')).toBe(
      refused(`arn:aws:bedrock:${region}:${accountId}:inference-profile/global.anthropic.claude-sonnet-4-6`),
    );
  });

  test('the boundary of a created role denies models around the profiles, whatever policies the role has', async () => {
    const iam = account.connect(IAMClient);
    // In MiniStack the root may assume a role in place of a service. The session has only the permissions of the role.
    const role = await assume(account, `arn:aws:iam::${accountId}:role/bedrock-access/dev/dev_support-chat_lambda`, {
      by: ROOT,
    });
    expect(await converse(account, role, profileOf('support-chat', 'fast'))).toBe('answered');
    const PolicyArn = `arn:aws:iam::${accountId}:policy/bedrock-access/dev/dev_support-chat_access-1`;
    await withDocument(iam, PolicyArn, ALLOW_EVERYTHING, async () => {
      expect(await converse(account, role, 'amazon.nova-lite-v1:0')).toBe(
        refusal(
          'dev_support-chat_lambda',
          `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`,
          'with an explicit deny in a permissions boundary',
        ),
      );
    });
  });

  test('a role for another account is assumed by that account only with its external id', async () => {
    const roleArn = `arn:aws:iam::${accountId}:role/bedrock-access/dev/dev_document-search_from-444455556666`;
    // In MiniStack a key of twelve digits belongs to the root of that account.
    const partner: Credentials = { accessKeyId: '444455556666', secretAccessKey: 'test' };
    const role = await assume(account, roleArn, { by: partner, ExternalId: 'document-search-7f3a' });
    expect(await converse(account, role, profileOf('document-search', 'answer'))).toBe('answered');
    await expect(assume(account, roleArn, { by: partner, ExternalId: 'document-search-7f3b' })).rejects.toThrow(
      'sts:AssumeRole',
    );
    await expect(assume(account, roleArn, { by: partner })).rejects.toThrow('sts:AssumeRole');
    await expect(assume(account, roleArn, { ExternalId: 'document-search-7f3a' })).rejects.toThrow('sts:AssumeRole');
  });

  test('the role for GitHub is assumed only by the branch in the file', async () => {
    const { arn: RoleArn = '' } =
      plan.applications.find((a) => a.name === 'code-review')?.roles.find((r) => r.name.includes('github')) ?? {};
    const assumeAs = async (sub: string): Promise<string> => {
      const command = new AssumeRoleWithWebIdentityCommand({
        RoleArn,
        RoleSessionName: 'e2e',
        WebIdentityToken: githubToken(sub),
      });
      return account
        .connect(STSClient)
        .send(command)
        .then(({ Credentials }) => converse(account, sessionOf(Credentials), profileOf('code-review', 'review')))
        .catch((error) => error.message);
    };
    expect(await assumeAs('repo:acme/code-review:ref:refs/heads/main')).toBe('answered');
    expect(await assumeAs('repo:acme/code-review:environment:production')).toBe('answered');
    for (const sub of ['repo:acme/code-review:ref:refs/heads/feature', 'repo:acme/code-review:pull_request']) {
      expect(await assumeAs(sub)).toBe('Not authorized to perform sts:AssumeRoleWithWebIdentity');
    }
  });

  test('the function names a Region that is removed from a policy in the account', async () => {
    const { arn: PolicyArn = '' } = plan.applications.find((a) => a.name === 'support-chat')?.policies[0] ?? {};
    const missing = `arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6`;
    const document = JSON.stringify(deployed['AWS::IAM::ManagedPolicy']?.[PolicyArn]?.['PolicyDocument']);
    const without = document.replaceAll(`,"${missing}"`, '').replaceAll(`"${missing}",`, '');
    expect(without).not.toBe(document);
    await withDocument(account.connect(IAMClient), PolicyArn, JSON.parse(without), async () => {
      const { status, stdout } = bedrockAccess(project, account.environment, 'verify', 'dev');
      const { probes = [] } = plan.applications.find((a) => a.name === 'support-chat') ?? {};
      const hit = probes.filter(({ alias, expected }) => alias === 'main' && expected === 'allowed');
      expect(stdout).toMatch(
        new RegExp(`^✗ dev does not work as intended: ${hit.length} things are not as intended\\.$`, 'm'),
      );
      expect(stdout).toMatch(/missing {2}in dev_support-chat_access-1 Sid Main\w+, for support-chat\/main: \{"Sid":"/);
      expect(status).toBe(1);
      const wrong = (await verify()).filter((probe) => !probe['asIntended']);
      expect(wrong.map(({ probe, alias, outcome, deniedArn }) => [alias, probe, outcome, deniedArn])).toEqual(
        hit.map(({ probe }) => ['main', probe, 'denied', missing]),
      );
    });
    expect((await verify()).filter((probe) => !probe['asIntended'])).toEqual([]);
  });

  test('the function names every model that an application may call around its profiles', async () => {
    const { arn: PolicyArn = '' } = plan.applications.find((a) => a.name === 'support-chat')?.policies[0] ?? {};
    await withDocument(account.connect(IAMClient), PolicyArn, ALLOW_EVERYTHING, async () => {
      const wrong = (await verify()).filter((probe) => !probe['asIntended']);
      expect(wrong.map((p) => [p['application'], p['alias'], p['probe'], p['outcome']])).toEqual([
        ['support-chat', 'embed', 'foreign-profile', 'allowed'],
        // IAM allows the call, but the profile does not exist. Without a denial by IAM the probe is inconclusive.
        ['support-chat', 'embed', 'missing-profile', 'inconclusive'],
        ['support-chat', 'embed', 'bearer-token', 'allowed'],
        ['support-chat', 'embed', 'mantle', 'allowed'],
        ['support-chat', 'embed', 'bare-model', 'allowed'],
        ['support-chat', 'embed', 'other-region', 'allowed'],
        ['support-chat', 'fast', 'bare-model', 'allowed'],
        ['support-chat', 'fast', 'system-profile', 'allowed'],
        ['support-chat', 'fast', 'other-region', 'allowed'],
        ['support-chat', 'fast', 'other-tier', 'allowed'],
        // The same holds here, because Bedrock refuses the model without a profile.
        ['support-chat', 'main', 'bare-model', 'inconclusive'],
        ['support-chat', 'main', 'destination-model', 'inconclusive'],
        ['support-chat', 'main', 'system-profile', 'allowed'],
        ['support-chat', 'main', 'other-region', 'allowed'],
        ['support-chat', 'main', 'other-tier', 'allowed'],
      ]);
    });
  });

  test('the state machine of a larger environment runs the function for each batch, and continues after a failed one', async () => {
    const [first, second, ...others] = plan.applications.map(({ name }) => name);
    const [{ functionArn: lambda, schedule }] = plan.functions;
    const split = planSplit(plan, plan.applications, lambda, schedule.ruleArn, 1);
    const batches = [[first ?? ''], ['no such application'], [second ?? '', ...others]];
    const before = await functionLog(account, 'dev');
    const { stateMachineArn } = callWithBotocore(account, 'stepfunctions', 'create_state_machine', {
      name: split?.stateMachineName,
      definition: JSON.stringify(batchesDefinition({ ...(split as SplitPlan), batches }, lambda)),
      roleArn: `arn:aws:iam::${accountId}:role/bedrock-access/dev/dev_verification`,
    });
    const { executionArn } = callWithBotocore(account, 'stepfunctions', 'start_execution', { stateMachineArn });
    const describe = () => callWithBotocore(account, 'stepfunctions', 'describe_execution', { executionArn });
    while (describe()['status'] === 'RUNNING') {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(describe()['status']).toBe('SUCCEEDED');
    const { mapRuns } = callWithBotocore(account, 'stepfunctions', 'list_map_runs', { executionArn });
    const [{ mapRunArn }] = mapRuns as [{ readonly mapRunArn: string }];
    const { itemCounts } = callWithBotocore(account, 'stepfunctions', 'describe_map_run', { mapRunArn });
    expect(itemCounts).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
    const lines = (await functionLog(account, 'dev')).slice(before.length).filter((line) => line.startsWith('{'));
    const found = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(found.flatMap((line) => line['ScheduledRunFailed'] ?? [])).toEqual([0, 1, 0]);
    const probed = new Set(found.flatMap((line) => (line['probe'] === undefined ? [] : [line['application']])));
    expect([...probed].toSorted()).toEqual([first, second, ...others].toSorted());
    callWithBotocore(account, 'stepfunctions', 'delete_state_machine', { stateMachineArn });
  });

  test("cdk destroy 'dev/**' restores the previous state of the account, except the assets in the CDK's bucket", async () => {
    const { status, output } = await cdk(account, ['destroy', 'dev/**', '--force'], project);
    expect(output).not.toMatch(/FAILED/);
    expect([status, output]).toEqual([0, output]);
    expect(await readAccountState(account)).toEqual(before);
    const Bucket = `cdk-hnb659fds-assets-${accountId}-${region}`;
    const { Contents } = callWithBotocore(account, 's3', 'list_objects_v2', { Bucket });
    // The archive of each function and the template of each stack.
    const kinds = (Contents as { readonly Key: string }[]).map(({ Key }) => Key.replace(/^[0-9a-f]{64}/, 'DIGEST'));
    const archives = plan.functions.map(() => 'DIGEST.zip');
    expect(kinds.toSorted()).toEqual([...stacks.map(() => 'DIGEST.json'), ...archives]);
  });

  function verifyHere(reading: SystemProfileReading): readonly Probe[] {
    return JSON.parse(
      bedrockAccess(project, noAccount(), 'verify', 'dev', '--local', '--json', '--reading', reading).stdout,
    ).probes;
  }

  function noAccount(): Readonly<Record<string, string>> {
    return { PATH: process.env['PATH'] ?? '', HOME: account.folder };
  }
});

const TRUSTS_ACCOUNT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
};
const ALLOW_EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function withoutSystemTags(resource: Properties): Properties {
  const { Tags, Value } = resource;
  const kept = Object.entries(Tags ?? {}).filter(([key]) => !key.startsWith('aws:'));
  return {
    ...resource,
    ...(Tags !== undefined && { Tags: Object.fromEntries(kept) }),
    // The details of an alias are JSON, in which the order of keys has no meaning.
    ...(typeof Value === 'string' && Value.startsWith('{') && { Value: JSON.parse(Value) }),
  };
}

/** Returns a token like GitHub's for a job. MiniStack reads the claims and does not verify the signature. */
function githubToken(sub: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub };
  return [part({ alg: 'none' }), part(claims), ''].join('.');
}
