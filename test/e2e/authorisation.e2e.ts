import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { BedrockClient, CreateGuardrailCommand, CreateInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  type ServiceTierType,
} from '@aws-sdk/client-bedrock-runtime';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { signedPost } from '../../aws/services/signed-post';
import { bearerToken } from '../../lambda/verify/bedrock/bearer-token';
import { CHAT_COMPLETIONS, createInference } from '../../lambda/verify/bedrock/create-inference';
import { assume } from './assume';
import { converse, refusal } from './converse';
import { canRun, UNLESS } from './emulator/install-ministack';
import { type Credentials, startAccount, type TestAccount } from './emulator/start-account';

const onAccount = canRun ? describe : describe.skip;

const SONNET = 'anthropic.claude-sonnet-4-6';
const model = (region: string, id = SONNET): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;
const system = (prefix: string): string =>
  `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${prefix}.${SONNET}`;

type Statement = Readonly<Record<string, unknown>>;

function allow(Resource: string | readonly string[], Condition?: unknown, Action = 'bedrock:InvokeModel'): Statement {
  return { Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) };
}
const document = (...Statement: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const through = (profile: string) => ({ ArnEquals: { 'bedrock:InferenceProfileArn': profile } });

onAccount(`the emulator authorizes a call of a model as AWS documents it (${UNLESS})`, () => {
  let account: TestAccount;
  let us: string;
  let global: string;
  let numbered = 0;

  beforeAll(async () => {
    account = await startAccount({ accountId: '111122223333', region: 'us-east-1', reading: 'unasked' });
    us = await createProfile('us');
    global = await createProfile('global');
  }, 300_000);
  beforeEach(() => account.read('unasked'));
  afterAll(async () => {
    await account?.stop();
  });

  async function createProfile(prefix: string): Promise<string> {
    const command = new CreateInferenceProfileCommand({
      inferenceProfileName: `over-${prefix}`,
      modelSource: { copyFrom: system(prefix) },
    });
    return (await account.connect(BedrockClient).send(command)).inferenceProfileArn ?? '';
  }

  /** Creates a role with these statements and returns a session of it. */
  async function roleWith(
    statements: readonly Statement[],
    boundary?: Statement,
  ): Promise<[name: string, Credentials]> {
    const iam = account.connect(IAMClient);
    numbered += 1;
    const RoleName = `role-${numbered}`;
    const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' };
    const { Policy } =
      boundary === undefined
        ? {}
        : await iam.send(
            new CreatePolicyCommand({ PolicyName: `boundary-${numbered}`, PolicyDocument: document(boundary) }),
          );
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document(trust),
        PermissionsBoundary: Policy?.Arn,
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'models', PolicyDocument: document(...statements) }),
    );
    return [RoleName, await assume(account, Role?.Arn ?? '')];
  }

  const US = ['us-east-1', 'us-east-2', 'us-west-2'];

  test('a profile over a geography needs the profile, and the model through it in every Region', async () => {
    const needed = [allow(us), ...US.map((region) => allow(model(region), through(us)))];
    const [, all] = await roleWith(needed);
    expect(await converse(account, all, us)).toBe('answered');
    for (const [i, resource] of [us, ...US.map((region) => model(region))].entries()) {
      const [name, role] = await roleWith(needed.filter((_, j) => j !== i));
      expect(await converse(account, role, us)).toBe(refusal(name, resource));
    }
  });

  test('the check of the profile itself has no condition key', async () => {
    const [name, role] = await roleWith([allow('*', through(us))]);
    expect(await converse(account, role, us)).toBe(refusal(name, us));
  });

  test('a global profile needs the model in its own Region and without a Region, which is then unspecified', async () => {
    const models = [model('us-east-1'), model('')];
    const inRegions = (...regions: readonly string[]) => ({ StringEquals: { 'aws:RequestedRegion': regions } });
    const [, whole] = await roleWith([allow(global), allow(models, inRegions('us-east-1', 'unspecified'))]);
    expect(await converse(account, whole, global)).toBe('answered');
    const [name, role] = await roleWith([allow(global), allow(models, inRegions('us-east-1'))]);
    expect(await converse(account, role, global)).toBe(refusal(name, model('')));
  });

  test.each([
    ['unasked', undefined, undefined],
    ['without-key', [allow(system('us'))], [allow(system('us'), { Null: { 'bedrock:InferenceProfileArn': 'false' } })]],
    ['with-key', [allow(system('us'), { Null: { 'bedrock:InferenceProfileArn': 'false' } })], undefined],
    ['every', [allow(system('us'))], [allow(system('us'), { Null: { 'bedrock:InferenceProfileArn': 'true' } })]],
  ] as const)('under the reading %s the system profile is checked accordingly', async (reading, enough, tooLittle) => {
    account.read(reading);
    const others = [allow(us), allow(model('*'), through(us))];
    const [, role] = await roleWith([...others, ...(enough ?? [])]);
    expect(await converse(account, role, us)).toBe('answered');
    if (reading !== 'unasked') {
      const [name, refused] = await roleWith([...others, ...(tooLittle ?? [])]);
      expect(await converse(account, refused, us)).toBe(refusal(name, system('us')));
    }
  });

  test('a stream needs the other action', async () => {
    const [name, role] = await roleWith([allow([us, model('*')])]);
    const command = new ConverseStreamCommand({ modelId: us, messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
    const streamed = account.connect(BedrockRuntimeClient, role).send(command);
    const [, message = ''] = refusal(name, us, undefined, 'InvokeModelWithResponseStream').split('Exception: ');
    await expect(streamed).rejects.toThrow(message);
  });

  test('direct calls of a model and of a system profile need their own grants', async () => {
    const nova = 'amazon.nova-lite-v1:0';
    const [name, role] = await roleWith([allow(model('us-east-1', nova)), allow(system('us'))]);
    expect(await converse(account, role, nova)).toBe('answered');
    expect(await converse(account, role, model('us-east-1', nova))).toBe('answered');
    expect(await converse(account, role, system('us'))).toBe(refusal(name, model('us-east-1')));
    const [, whole] = await roleWith([allow(system('us')), allow(model('*'), through(system('us')))]);
    expect(await converse(account, whole, `us.${SONNET}`)).toBe('answered');
  });

  test('a direct call of a model without on-demand throughput is denied by IAM, or refused by Bedrock if IAM allows it', async () => {
    const [name, role] = await roleWith([allow(us)]);
    expect(await converse(account, role, SONNET)).toBe(refusal(name, model('us-east-1')));
    const [, allowed] = await roleWith([allow('*')]);
    expect(await converse(account, allowed, SONNET)).toMatch(
      new RegExp(
        `^400 ValidationException: Invocation of model ID ${SONNET} with on-demand throughput isn.t supported`,
      ),
    );
  });

  test('a call of a missing profile is denied by IAM, or not found if IAM allows it', async () => {
    const missing = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/aaaaaaaaaaaa';
    const [name, role] = await roleWith([allow(us)]);
    expect(await converse(account, role, missing)).toBe(refusal(name, missing));
    const [, allowed] = await roleWith([allow(missing)]);
    expect(await converse(account, allowed, missing)).toBe(
      `404 ResourceNotFoundException: The inference profile ${missing} was not found.`,
    );
  });

  test('the message names the denying layer of policies', async () => {
    const [explicit, denied] = await roleWith([allow('*'), { ...allow(us), Effect: 'Deny' }]);
    expect(await converse(account, denied, us)).toBe(
      refusal(explicit, us, 'with an explicit deny in an identity-based policy'),
    );
    const [silent, bounded] = await roleWith([allow('*')], allow(us));
    expect(await converse(account, bounded, us)).toBe(
      refusal(silent, model('us-east-1'), 'no permissions boundary allows'),
    );
    const [name] = await roleWith([allow('*')]);
    const session = await assume(account, `arn:aws:iam::111122223333:role/${name}`, { Policy: document(allow(us)) });
    expect(await converse(account, session, us)).toBe(refusal(name, model('us-east-1'), 'no session policy allows'));
  });

  test('a guardrail is a condition key of the model, and needs an action on itself', async () => {
    const { guardrailArn = '', guardrailId = '' } = await account.connect(BedrockClient).send(
      new CreateGuardrailCommand({
        name: 'e2e',
        blockedInputMessaging: 'blocked',
        blockedOutputsMessaging: 'blocked',
        wordPolicyConfig: { wordsConfig: [{ text: 'forbidden' }] },
      }),
    );
    const guarded = { StringEquals: { 'bedrock:GuardrailIdentifier': guardrailArn } };
    const guardrailConfig = { guardrailIdentifier: guardrailId, guardrailVersion: 'DRAFT' };
    const [name, role] = await roleWith([allow(us), allow(model('*'), guarded)]);
    expect(await converse(account, role, us)).toBe(refusal(name, model('us-east-1')));
    expect(await converse(account, role, us, { guardrailConfig })).toBe(
      refusal(name, guardrailArn, undefined, 'ApplyGuardrail'),
    );
    const apply = allow(guardrailArn, undefined, 'bedrock:ApplyGuardrail');
    const [, whole] = await roleWith([allow(us), allow(model('*'), guarded), apply]);
    expect(await converse(account, whole, us, { guardrailConfig })).toBe('answered');
  });

  test('a service tier is a condition key of every check, absent from a request that names none', async () => {
    const tiers = (...admitted: readonly string[]) => ({ StringEqualsIfExists: { 'bedrock:ServiceTier': admitted } });
    const [name, role] = await roleWith([allow([us, model('*')], tiers('default', 'flex'))]);
    for (const type of [undefined, 'default', 'flex'] as const) {
      const input = type === undefined ? {} : { serviceTier: { type } };
      expect(await converse(account, role, us, input)).toBe('answered');
    }
    for (const type of ['priority', 'reserved', 'of-next-year'] as const) {
      const serviceTier = { type: type as ServiceTierType };
      expect(await converse(account, role, us, { serviceTier })).toBe(refusal(name, us));
    }
    const [other, onModels] = await roleWith([allow(us), allow(model('*'), tiers('default'))]);
    expect(await converse(account, onModels, us, { serviceTier: { type: 'flex' } })).toBe(
      refusal(other, model('us-east-1')),
    );
  });

  /** Calls Converse with these settings of the client. Returns `answered`, or status, name and message of the error. */
  async function converseBy(more: BedrockRuntimeClientConfig, role: Credentials, modelId: string): Promise<string> {
    class Client extends BedrockRuntimeClient {
      constructor(config: BedrockRuntimeClientConfig) {
        super({ ...config, ...more });
      }
    }
    const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
    return account
      .connect(Client, role)
      .send(new ConverseCommand({ modelId, messages }))
      .then(() => 'answered')
      .catch((error) => `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`);
  }

  test('in another Region the model there is checked, and a profile of this Region is invalid', async () => {
    const region = 'us-west-2';
    const [name, role] = await roleWith([allow([us, model('us-east-1')])]);
    expect(await converseBy({ region }, role, `us.${SONNET}`)).toBe(
      refusal(name, `arn:aws:bedrock:us-west-2:111122223333:inference-profile/us.${SONNET}`),
    );
    expect(await converseBy({ region }, role, SONNET)).toBe(refusal(name, model(region)));
    const [, everywhere] = await roleWith([allow('*')]);
    expect(await converseBy({ region }, everywhere, `us.${SONNET}`)).toBe('answered');
    expect(await converseBy({ region }, everywhere, us)).toBe(
      '400 ValidationException: The provided model identifier is invalid.',
    );
  });

  test('a bearer token needs its own action in addition to those of the call', async () => {
    const bearing = async ({ accessKeyId, secretAccessKey, sessionToken = '' }: Credentials, modelId = us) => {
      const token = await bearerToken({ accessKeyId, secretAccessKey, sessionToken }, 'us-east-1');
      const more = { token: { token }, authSchemePreference: ['httpBearerAuth'] };
      return converseBy(more, { accessKeyId, secretAccessKey, sessionToken }, modelId);
    };
    const whole = [allow(us), allow(model('*'), through(us))];
    const bearer = allow(
      '*',
      { StringEquals: { 'bedrock:BearerTokenType': 'SHORT_TERM' } },
      'bedrock:CallWithBearerToken',
    );
    const [signing, signed] = await roleWith(whole);
    expect(await bearing(signed)).toBe(refusal(signing, '*', undefined, 'CallWithBearerToken'));
    const [, both] = await roleWith([...whole, bearer]);
    expect(await bearing(both)).toBe('answered');
    const [name, alone] = await roleWith([bearer]);
    expect(await bearing(alone)).toBe(refusal(name, us));
    expect(await bearing({ ...both, secretAccessKey: 'wrong' })).toMatch(/^403 /);
  });

  test('bedrock-mantle has its own actions, with the model as a condition key', async () => {
    const requests = new NodeHttpHandler({
      httpsAgent: new Agent({ ca: readFileSync(account.certificate), keepAlive: true }),
    });
    const ask = async ({ accessKeyId, secretAccessKey, sessionToken = '' }: Credentials): Promise<string> => {
      const post = signedPost({
        service: 'bedrock-mantle',
        region: 'us-west-2',
        url: `${account.url}${CHAT_COMPLETIONS}`,
        handler: requests,
        credentials: { accessKeyId, secretAccessKey, sessionToken },
      });
      const call = { operation: 'CreateInference', target: SONNET, modelId: SONNET } as const;
      return createInference(post)(call, new AbortController().signal)
        .then(({ inputTokens }) => `answered with ${typeof inputTokens} of tokens`)
        .catch((error) => `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`);
    };
    const project = 'arn:aws:bedrock-mantle:us-west-2:111122223333:project/default';
    const [name, role] = await roleWith([allow('*', undefined, 'bedrock:*')]);
    expect(await ask(role)).toBe(refusal(name, project, undefined, 'CreateInference', 'bedrock-mantle'));
    const onlyOf = (id: string) =>
      allow(project, { StringEquals: { 'bedrock-mantle:Model': id } }, 'bedrock-mantle:CreateInference');
    const [, allowed] = await roleWith([onlyOf(SONNET)]);
    expect(await ask(allowed)).toBe('answered with number of tokens');
    const [other, refused] = await roleWith([onlyOf('openai.gpt-oss-20b-1:0')]);
    expect(await ask(refused)).toBe(refusal(other, project, undefined, 'CreateInference', 'bedrock-mantle'));
    requests.destroy();
  });

  test('a request with a wrong secret or without its session token is refused before any policy is evaluated', async () => {
    const [, { sessionToken: _, ...role }] = await roleWith([allow('*')]);
    const wrong = { ...account.administrator, secretAccessKey: 'wrong' };
    expect(await converse(account, wrong, us)).toMatch(/^403 InvalidSignatureException: /);
    expect(await converse(account, role, us)).toMatch(/^403 UnrecognizedClientException: /);
  });
});
