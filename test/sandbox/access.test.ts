import { ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { READINGS, type SystemProfileReading } from '../../lib/account/system-profile-reading';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import {
  ANYTHING,
  accountOf,
  allow,
  documentOf,
  EMBEDDING,
  GEOGRAPHIC,
  INVOKE,
  MODEL,
  modelArn,
  role,
  type Statement,
  SYSTEM_PROFILE,
  user,
} from './small-account';

const MODELS = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => modelArn(region));
const THROUGH = { ArnEquals: { 'bedrock:InferenceProfileArn': GEOGRAPHIC.arn } };

/** The statements of a complete grant, by the ARN that each allows. */
const GRANT: ReadonlyMap<string, Statement> = new Map([
  [GEOGRAPHIC.arn, allow(INVOKE, GEOGRAPHIC.arn)],
  [SYSTEM_PROFILE, allow(INVOKE, SYSTEM_PROFILE, { ArnEqualsIfExists: THROUGH.ArnEquals })],
  ...MODELS.map((arn) => [arn, allow(INVOKE, arn, THROUGH)] as const),
]);
const WHOLE = [...GRANT.values()];
const without = (dropped: string): readonly Statement[] =>
  [...GRANT].filter(([arn]) => arn !== dropped).map(([, s]) => s);
const DROPPED = [...GRANT.keys()];

const policy = (name: string, statements: readonly Statement[]) => ({ name, document: documentOf(statements) });
const guarded = WHOLE.map((s) =>
  String(s['Resource']).includes('foundation-model')
    ? {
        ...s,
        Condition: {
          ...THROUGH,
          StringEquals: { 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc:1' },
        },
      }
    : s,
);
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc';

const account = accountOf([
  role('app', WHOLE),
  role('admin', [ANYTHING]),
  role('bounded', [ANYTHING], { boundary: policy('boundary', [allow('sts:*', '*')]) }),
  role('denied', [ANYTHING, { Effect: 'Deny', Action: INVOKE, Resource: MODELS[2] }]),
  role('boundary-denied', [ANYTHING], {
    boundary: policy('boundary', [ANYTHING, { Effect: 'Deny', Action: INVOKE, Resource: MODELS[0] }]),
  }),
  role('odd', [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { NoSuchOperator: { 'aws:userid': 'x' } } }]),
  role('guarded', [...guarded, allow('bedrock:ApplyGuardrail', GUARDRAIL)]),
  role('guarded-half', guarded),
  role('tagged', [
    ANYTHING,
    {
      Effect: 'Deny',
      Action: INVOKE,
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:ResourceTag/Team': 'other' },
        Null: { 'aws:ResourceTag/Team': 'false' },
      },
    },
  ]),
  user('alice', WHOLE),
  ...DROPPED.map((arn, at) => role(`dropped-${at}`, without(arn))),
]);

const sandboxes = new Map<SystemProfileReading, Sandbox>();
beforeAll(async () => {
  for (const reading of READINGS) {
    sandboxes.set(reading, await startSandbox({ account, reading }));
  }
});
afterAll(async () => {
  await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()));
});

const sandboxUnder = (reading: SystemProfileReading = 'every'): Sandbox => sandboxes.get(reading) as Sandbox;
const arnOf = (name: string): string => account.principals.find((p) => p.name === name)?.arn ?? name;
const ask = { messages: [{ role: 'user' as const, content: [{ text: 'hello' }] }] };

/** Calls Converse as this principal. Resolves to the answer's text or to `status Name: message`. */
async function converse(
  name: string,
  modelId: string,
  reading?: SystemProfileReading,
  more: object = {},
): Promise<string> {
  const client = CLIENTS.runtime(
    settings(sandboxUnder(reading).url, sandboxUnder(reading).credentialsFor(arnOf(name))),
  );
  try {
    const call = client.send(new ConverseCommand({ modelId, ...ask, ...more }));
    const failed = await failure(call);
    return failed === 'no error' ? ((await call).output?.message?.content?.[0]?.text ?? '') : failed;
  } finally {
    client.destroy();
  }
}

const denied = (name: string, resource: string, reason: string, action = 'bedrock:InvokeModel'): string =>
  `403 AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${name}/sandbox is not authorized to perform: ${action} on resource: ${resource}${reason}`;
const NO_IDENTITY = ' because no identity-based policy allows the bedrock:InvokeModel action';

describe.each(READINGS)('under the reading %s', (reading) => {
  test('a complete grant allows a call through the profile', async () => {
    expect(await converse('app', GEOGRAPHIC.arn, reading)).toBe(
      `[bedrock-access sandbox] scripted answer of ${MODEL} to 1 message`,
    );
  });

  test.each(DROPPED.map((arn, at) => [arn, at] as const))(
    'a grant without %s is denied, and the error names it',
    async (arn, at) => {
      const isChecked = arn !== SYSTEM_PROFILE || reading !== 'unasked';
      expect(await converse(`dropped-${at}`, GEOGRAPHIC.arn, reading)).toBe(
        isChecked
          ? denied(`dropped-${at}`, arn, NO_IDENTITY)
          : `[bedrock-access sandbox] scripted answer of ${MODEL} to 1 message`,
      );
    },
  );

  test('a grant does not reach the model or the system profile directly', async () => {
    expect(await converse('app', MODEL, reading)).toBe(denied('app', MODELS[0] ?? '', NO_IDENTITY));
    expect(await converse('app', `us.${MODEL}`, reading)).toBe(denied('app', MODELS[0] ?? '', NO_IDENTITY));
    expect(await converse('app', SYSTEM_PROFILE, reading)).toBe(denied('app', MODELS[0] ?? '', NO_IDENTITY));
  });
});

test.each([
  ['bounded', GEOGRAPHIC.arn, ' because no permissions boundary allows the bedrock:InvokeModel action'],
  ['denied', MODELS[2] ?? '', ' with an explicit deny in an identity-based policy'],
  ['boundary-denied', MODELS[0] ?? '', ' with an explicit deny in a permissions boundary'],
  ['tagged', GEOGRAPHIC.arn, ' with an explicit deny in an identity-based policy'],
])('%s is denied with the message of AWS', async (name, resource, reason) => {
  expect(await converse(name, GEOGRAPHIC.arn)).toBe(denied(name, resource, reason));
});

test('a policy that is not understood denies the call, and the message says so', async () => {
  expect(await converse('odd', GEOGRAPHIC.arn)).toMatch(
    /^403 AccessDeniedException: .* because the sandbox cannot decide: inline:odd \(S0\): .*NoSuchOperator/,
  );
});

test('a denial names a user by its own ARN', async () => {
  expect(await converse('alice', GEOGRAPHIC.arn)).toContain('scripted answer');
  expect(await converse('alice', MODEL)).toContain('User: arn:aws:iam::111122223333:user/alice is not authorized');
});

test('ConverseStream needs an action of its own', async () => {
  const client = CLIENTS.runtime(settings(sandboxUnder().url, sandboxUnder().credentialsFor(arnOf('dropped-4'))));
  expect(await failure(client.send(new ConverseStreamCommand({ modelId: GEOGRAPHIC.arn, ...ask })))).toBe(
    denied(
      'dropped-4',
      MODELS[2] ?? '',
      NO_IDENTITY.replace('InvokeModel ', 'InvokeModelWithResponseStream '),
      'bedrock:InvokeModelWithResponseStream',
    ),
  );
  client.destroy();
});

test('a call must name the guardrail that the grant requires, and needs permission to apply it', async () => {
  const guardrailConfig = { guardrailIdentifier: 'abc', guardrailVersion: '1' };
  expect(await converse('guarded', GEOGRAPHIC.arn)).toBe(denied('guarded', MODELS[0] ?? '', NO_IDENTITY));
  expect(await converse('guarded', GEOGRAPHIC.arn, 'every', { guardrailConfig })).toContain('scripted answer');
  expect(
    await converse('guarded', GEOGRAPHIC.arn, 'every', {
      guardrailConfig: { ...guardrailConfig, guardrailVersion: 'DRAFT' },
    }),
  ).toBe(denied('guarded', MODELS[0] ?? '', NO_IDENTITY));
  expect(await converse('guarded-half', GEOGRAPHIC.arn, 'every', { guardrailConfig })).toBe(
    denied(
      'guarded-half',
      GUARDRAIL,
      ' because no identity-based policy allows the bedrock:ApplyGuardrail action',
      'bedrock:ApplyGuardrail',
    ),
  );
});

test('InvokeModel names its guardrail in headers', async () => {
  const client = CLIENTS.runtime(settings(sandboxUnder().url, sandboxUnder().credentialsFor(arnOf('guarded-half'))));
  const call = { modelId: GEOGRAPHIC.arn, body: '{}', guardrailIdentifier: 'abc', guardrailVersion: '1' };
  expect(await failure(client.send(new InvokeModelCommand(call)))).toContain('bedrock:ApplyGuardrail');
  client.destroy();
});

test('a principal with all permissions cannot call a model on demand that is not offered on demand', async () => {
  expect(await converse('admin', 'amazon.nova-2-lite-v1:0')).toBe(
    '400 ValidationException: Invocation of model ID amazon.nova-2-lite-v1:0 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  );
  expect(await converse('app', 'amazon.nova-2-lite-v1:0')).toMatch(/^403 AccessDeniedException/);
});

test('an unknown profile is not found, an unknown model is invalid', async () => {
  expect(await converse('admin', GEOGRAPHIC.arn.replace('aaaa', 'zzzz'))).toMatch(/^404 ResourceNotFoundException/);
  expect(await converse('admin', 'no.such-model')).toBe(
    '400 ValidationException: The provided model identifier is invalid.',
  );
  expect(await converse('admin', EMBEDDING.arn)).toMatch(/^400 ValidationException: .*does not support Converse/);
});

test('every decided call is logged, with the denied action and resource', async () => {
  const before = sandboxUnder().calls.length;
  await converse('app', GEOGRAPHIC.arn);
  await converse('app', MODEL);
  await converse('admin', 'no.such-model');
  const call = { service: 'bedrock', operation: 'Converse', principal: arnOf('app') };
  expect(sandboxUnder().calls.slice(before)).toEqual([
    { ...call, target: GEOGRAPHIC.arn, decision: 'allowed', status: 200 },
    {
      ...call,
      target: MODEL,
      decision: 'implicitDeny',
      deniedAction: 'bedrock:InvokeModel',
      deniedResource: MODELS[0],
      status: 403,
    },
  ]);
});

test('a request for credentials of an unknown principal lists the known principals', () => {
  expect(() => sandboxUnder().credentialsFor('arn:aws:iam::111122223333:role/nobody')).toThrow(arnOf('app'));
});
