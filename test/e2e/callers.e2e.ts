import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetInstanceProfileCommand, GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { parse } from 'yaml';
import { readEnvironment } from '../../lib/config/read-environment';
import { planAccess } from '../../lib/plan/environment/access-plan';
import type { RolePlan } from '../../lib/plan/parts/role-plan';
import { policyDocument } from '../../lib/plan/parts/statement';
import type { TrustCase } from '../../lib/proof/verification/trust/trust-case';
import { trustCases } from '../../lib/proof/verification/trust/trust-cases';
import { PROJECT } from '../project';
import { callWithBotocore } from './botocore';
import { cdk } from './cdk';
import { canRun, PYTHON, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { createProject, type Project } from './project';

const onAccount = canRun ? describe : describe.skip;

const FILE = { ...parse(readFileSync(join(PROJECT, 'environments', 'callers.yaml'), 'utf8')), name: 'dev' };
const plan = planAccess(readEnvironment('dev.yaml', Buffer.from(JSON.stringify(FILE)), '2026-11-20').environment);
const ROLES = plan.applications.flatMap(({ roles }) => roles);
const PODS = ROLES.find(({ principal }) => principal.kind === 'pods');
const INSTANCES = ROLES.find(({ instanceProfileName }) => instanceProfileName !== undefined);

onAccount(`roles of every kind of caller (${UNLESS})`, () => {
  let account: TestAccount;
  let project: Project;
  let iam: IAMClient;

  beforeAll(async () => {
    account = await startAccount({ accountId: plan.account, region: plan.region, reading: 'every' });
    project = createProject(account.folder);
    project.write(FILE);
    iam = account.connect(IAMClient);
    expect((await cdk(account, ['bootstrap', `aws://${plan.account}/${plan.region}`], project.folder)).status).toBe(0);
    // MiniStack asks for a role of the cluster that exists, and bootstrap made this one.
    const roleArn = `arn:aws:iam::${plan.account}:role/cdk-hnb659fds-cfn-exec-role-${plan.account}-${plan.region}`;
    callWithBotocore(account, 'eks', 'create_cluster', { name: 'shop', roleArn, resourcesVpcConfig: {} });
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([status, output]).toEqual([0, output]);
  }, 600_000);
  afterAll(async () => {
    await account?.stop();
  });

  async function deployedTrust({ name }: RolePlan): Promise<unknown> {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
  }

  const associations = (): readonly unknown[] =>
    callWithBotocore(account, 'eks', 'list_pod_identity_associations', { clusterName: 'shop' })[
      'associations'
    ] as readonly unknown[];

  test('the deployment makes each role with its trust policy, path and boundary', async () => {
    for (const role of ROLES) {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: role.name }));
      expect(Role).toMatchObject({ Arn: role.arn, PermissionsBoundary: { PermissionsBoundaryArn: role.boundaryArn } });
      expect(await deployedTrust(role)).toEqual(policyDocument(role.trust));
    }
  });

  test('the role for instances is in an instance profile with its name and path', async () => {
    const { name, path } = INSTANCES ?? {};
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name }));
    expect(InstanceProfile).toMatchObject({ Path: path, Roles: [{ RoleName: name }] });
  });

  test('the role for pods is associated with their service account', () => {
    const [{ associationId }] = associations() as readonly [{ associationId: string }];
    const parameters = { clusterName: 'shop', associationId };
    const { association } = callWithBotocore(account, 'eks', 'describe_pod_identity_association', parameters);
    expect(association).toMatchObject({ namespace: 'chat', serviceAccount: 'api', roleArn: PODS?.arn });
    expect(associations()).toHaveLength(1);
  });

  test('the deployed trust policies admit each caller, and no near miss', async () => {
    const cases = await Promise.all(
      ROLES.map(async (role) => {
        const document = await deployedTrust(role);
        return trustCases(plan, role.principal).map((one) => ({ role, one, document }));
      }),
    ).then((each) => each.flat());
    const input = cases.map(({ one, document }) => ({ ...one, document, caller: callerOf(one) }));
    const { stdout, stderr } = spawnSync(PYTHON, [join(__dirname, 'emulator', 'decide_trust.py')], {
      env: account.environment,
      encoding: 'utf8',
      input: JSON.stringify(input),
    });
    expect(stderr).toBe('');
    const wrong = (JSON.parse(stdout) as readonly boolean[]).flatMap((admitted, i) => {
      const { role, one } = cases[i] ?? {};
      return admitted === (one?.expected === 'allowed') ? [] : [`${role?.name}: ${one?.who} is not ${one?.expected}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each(ROLES.filter(({ trust }) => trust.some(({ Principal }) => 'Federated' in Principal)))(
    'STS gives $name to the tokens of its callers alone',
    async ({ name, arn, principal }) => {
      for (const one of trustCases(plan, principal).filter(({ action }) => action.endsWith('WithWebIdentity'))) {
        const command = new AssumeRoleWithWebIdentityCommand({
          RoleArn: arn,
          RoleSessionName: 'e2e',
          WebIdentityToken: tokenOf(one),
        });
        const answer = await account
          .connect(STSClient)
          .send(command)
          .then(() => 'allowed')
          .catch((error) => (error.name === 'AccessDenied' ? 'denied' : String(error)));
        expect([name, one.who, answer]).toEqual([name, one.who, one.expected]);
      }
    },
  );

  test('the destruction removes the roles, the instance profile and the association', async () => {
    const { status, output } = await cdk(account, ['destroy', 'dev/**', '--force'], project.folder);
    expect([status, output]).toEqual([0, output]);
    const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: '/bedrock-access/' }));
    expect(Roles).toEqual([]);
    const command = new GetInstanceProfileCommand({ InstanceProfileName: INSTANCES?.name });
    await expect(iam.send(command)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    expect(associations()).toEqual([]);
  });
});

function callerOf({ caller }: TrustCase): string {
  switch (caller.kind) {
    case 'aws':
      return caller.arns[0] ?? '';
    case 'service':
      return caller.service;
    case 'federated':
      return caller.provider;
    default:
      return caller satisfies never;
  }
}

/** Returns a token with the claims of a case, without a signature, which MiniStack does not verify. */
function tokenOf({ caller, context }: TrustCase): string {
  const provider = caller.kind === 'federated' ? caller.provider : '';
  const issuer = provider.slice(provider.indexOf('oidc-provider/') + 'oidc-provider/'.length);
  const claims = { iss: `https://${issuer}`, aud: context[`${issuer}:aud`]?.[0], sub: context[`${issuer}:sub`]?.[0] };
  return [{ alg: 'none' }, claims, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
