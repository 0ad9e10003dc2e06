import { readEnvironment } from '../../lib/config/read-environment';
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { allowEverything } from '../../lib/iam/policy/allow-everything';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { callWithBotocore } from './botocore';
import { cdk } from './cdk';
import { canRun, UNLESS } from './emulator/install-ministack';
import { startAccount, type TestAccount } from './emulator/start-account';
import { createProject, type Project } from './project';

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

type Entry = Readonly<Record<string, unknown>>;

const onAccount = canRun ? describe : describe.skip;

onAccount(`an environment with endpoints in a VPC (${UNLESS})`, () => {
  let account: TestAccount;
  let project: Project;
  let vpcId: string;
  let subnetIds: readonly string[];

  beforeAll(async () => {
    account = await startAccount({ accountId: ACCOUNT, region: REGION, reading: 'every' });
    project = createProject(account.folder);
    const { Vpc } = ec2('create_vpc', { CidrBlock: '10.0.0.0/16' });
    vpcId = String((Vpc as Entry)['VpcId']);
    subnetIds = ['a', 'b'].map((zone, i) => {
      const parameters = { VpcId: vpcId, CidrBlock: `10.0.${i}.0/24`, AvailabilityZone: `${REGION}${zone}` };
      return String((ec2('create_subnet', parameters)['Subnet'] as Entry)['SubnetId']);
    });
    project.write(environment(['chat'], {}));
    expect((await cdk(account, ['bootstrap', `aws://${ACCOUNT}/${REGION}`], project.folder)).status).toBe(0);
  }, 300_000);
  afterAll(async () => {
    await account?.stop();
  });

  function ec2(operation: string, parameters: Entry): Entry {
    return callWithBotocore(account, 'ec2', operation, parameters);
  }

  /** Returns an environment file whose applications may each call one model. */
  function environment(names: readonly string[], network: Entry): Entry {
    const application = (name: string): Entry => ({
      owner: `${name}@example.com`,
      costCenter: 'CC-1',
      models: { main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } },
      principals: [{ service: 'lambda.amazonaws.com' }],
    });
    return {
      name: 'dev',
      account: ACCOUNT,
      region: REGION,
      contact: 'platform@example.com',
      network: { vpcId, subnetIds, clientCidr: '10.0.0.0/16', ...network },
      applications: Object.fromEntries(names.map((name) => [name, application(name)])),
    };
  }

  async function deploy(file: Entry): Promise<void> {
    project.write(file);
    const { status, output } = await cdk(account, ['deploy', 'dev/**', '--require-approval', 'never'], project.folder);
    expect([status, output]).toEqual([0, output]);
  }

  /** Reads the endpoints of the account, by the name of their service. */
  function endpoints(): Readonly<Record<string, Entry>> {
    const { VpcEndpoints } = ec2('describe_vpc_endpoints', {});
    return Object.fromEntries((VpcEndpoints as readonly Entry[]).map((e) => [String(e['ServiceName']), e]));
  }

  function group(): Entry | undefined {
    const { SecurityGroups } = ec2('describe_security_groups', {});
    return (SecurityGroups as readonly Entry[]).find((g) => g['GroupName'] === 'dev_endpoints');
  }

  /** The planned policies, by the name of their service. */
  function planned(file: Entry): Readonly<Record<string, unknown>> {
    const { environment } = readEnvironment('dev.yaml', Buffer.from(JSON.stringify(file)), '2026-11-20');
    return Object.fromEntries(
      (planAccess(environment).network?.endpoints ?? []).map(({ serviceName, statements }) => [
        serviceName,
        { Version: '2012-10-17', Statement: statements },
      ]),
    );
  }

  const policies = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(endpoints()).map(([name, e]) => [name, JSON.parse(String(e['PolicyDocument']))]));
  const ids = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(endpoints()).map(([name, e]) => [name, e['VpcEndpointId']]));

  test('the deployment makes each endpoint with its policy, its group and private DNS', async () => {
    const file = environment(['chat'], { also: ['ssm', 'sts'] });
    await deploy(file);
    expect(policies()).toEqual(planned(file));
    expect(Object.keys(endpoints()).sort()).toEqual(
      ['bedrock', 'bedrock-runtime', 'ssm', 'sts'].map((service) => `com.amazonaws.${REGION}.${service}`),
    );
    const made = group();
    for (const endpoint of Object.values(endpoints())) {
      expect(endpoint).toMatchObject({
        VpcEndpointType: 'Interface',
        VpcId: vpcId,
        SubnetIds: subnetIds,
        Groups: [{ GroupId: made?.['GroupId'] }],
        PrivateDnsEnabled: true,
        Tags: expect.arrayContaining([{ Key: 'BedrockAccess', Value: 'dev' }]),
      });
    }
    expect(made).toMatchObject({
      VpcId: vpcId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '127.0.0.1/32' }] }],
    });
  });

  const ROLE = `arn:aws:iam::${ACCOUNT}:role/bedrock-access/dev/dev_chat_lambda`;
  const PROFILE = `arn:aws:bedrock:${REGION}:${ACCOUNT}:application-inference-profile/abcdefghij12`;
  const MODEL = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6';
  const OWN = { 'aws:PrincipalArn': [ROLE], 'aws:ResourceTag/BedrockAccess': ['dev/chat'] };
  const THROUGH = { 'aws:PrincipalArn': [ROLE], 'bedrock:InferenceProfileArn': [PROFILE] };

  test.each([
    ['the application calls its profile', 'allowed', PROFILE, OWN],
    ['the application reaches its model through the profile', 'allowed', MODEL, THROUGH],
    ['a role of no application calls the profile', 'denied', PROFILE, { ...OWN, 'aws:PrincipalArn': [`${ROLE}2`] }],
    [
      'a role of the same name and another path does',
      'denied',
      PROFILE,
      { ...OWN, 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/dev_chat_lambda`] },
    ],
    [
      'a role of another account does',
      'denied',
      PROFILE,
      { ...OWN, 'aws:PrincipalArn': [ROLE.replace(ACCOUNT, '444455556666')] },
    ],
    [
      'the application calls the profile of another',
      'denied',
      PROFILE,
      { ...OWN, 'aws:ResourceTag/BedrockAccess': ['dev/search'] },
    ],
    ['the application calls a profile without a tag', 'denied', PROFILE, { 'aws:PrincipalArn': [ROLE] }],
    ['the application calls its model without a profile', 'denied', MODEL, { 'aws:PrincipalArn': [ROLE] }],
    ['the application calls another model', 'denied', MODEL.replace('sonnet-4-6', 'opus-4-6'), THROUGH],
    ['an anonymous caller calls the profile', 'denied', PROFILE, { 'aws:ResourceTag/BedrockAccess': ['dev/chat'] }],
  ])('the deployed policy decides: %s (%s)', (_, expected, resource, context) => {
    const document = policies()[`com.amazonaws.${REGION}.bedrock-runtime`];
    const layers = { identity: [allowEverything('everything')], endpoint: { name: 'deployed', document } };
    const { decision } = evaluate(layers, { action: 'bedrock:InvokeModel', resource, context });
    expect(decision === 'allowed' ? 'allowed' : 'denied').toBe(expected);
  });

  test('another application and another range change policies and group in place, and an endpoint goes', async () => {
    const before = ids();
    const groupBefore = group()?.['GroupId'];
    const file = environment(['chat', 'search'], { also: ['sts'], clientCidr: '10.0.0.0/24' });
    await deploy(file);
    expect(policies()).toEqual(planned(file));
    const { [`com.amazonaws.${REGION}.ssm`]: gone, ...kept } = before;
    expect(gone).toMatch(/^vpce-/);
    expect(ids()).toEqual(kept);
    expect(group()).toMatchObject({ GroupId: groupBefore, IpPermissions: [{ IpRanges: [{ CidrIp: '10.0.0.0/24' }] }] });
  });

  test('an existing endpoint is left as it is', async () => {
    const { VpcEndpoint } = ec2('create_vpc_endpoint', {
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${REGION}.ssm`,
    });
    const ssm = String((VpcEndpoint as Entry)['VpcEndpointId']).toLowerCase();
    await deploy(environment(['chat', 'search'], { endpoints: { ssm } }));
    expect(Object.keys(endpoints()).sort()).toEqual(
      ['bedrock', 'bedrock-runtime', 'ssm'].map((service) => `com.amazonaws.${REGION}.${service}`),
    );
  });

  test('the destruction removes the endpoints and the group', async () => {
    const { status, output } = await cdk(account, ['destroy', 'dev/**', '--force'], project.folder);
    expect([status, output]).toEqual([0, output]);
    expect(Object.keys(endpoints())).toEqual([`com.amazonaws.${REGION}.ssm`]);
    expect(group()).toBeUndefined();
  });
});
