import type { BedrockMetrics } from '../../../../aws/services/bedrock-metrics';
import type { Parameter } from '../../../../aws/services/parameter-pages';
import { parseAlias } from '../../../../lambda/aliases/parse-alias';
import type { SettledFact } from '../../../../lambda/verify/result';
import { settle } from '../../../../lambda/verify/settle/settle';
import { verify } from '../../../../lambda/verify/verify';
import { AccountInMemory, awsError, parametersOf, profileArn, roleArn, settings } from '../account';

const SYSTEM = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6';
const shop = parametersOf('shop', 'main');
const regional = parametersOf('shop', 'main', { routing: 'regional' });
const global = parametersOf('shop', 'wide', { routing: 'global', systemProfileId: 'global.model' });
const caching = parametersOf('shop', 'main', { routing: 'regional', probes: ['text', 'cache'] });
const wide = parametersOf('shop', 'wide', {
  routing: 'global',
  modelId: 'other-model',
  systemProfileId: 'global.other',
});
const guardedBy = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.map(({ name, value }) => ({
    name,
    value: name.endsWith('.json')
      ? JSON.stringify({ ...JSON.parse(value), guardrail: { id: 'abc', version: '1' } })
      : value,
  }));
const guarded = guardedBy(regional);

const silent: BedrockMetrics = { names: async () => [], invocations: async (ids) => ids.map(() => new Map()) };

function accountOf(parameters: readonly Parameter[], metrics: Partial<BedrockMetrics> = {}): AccountInMemory {
  const account = new AccountInMemory(parameters);
  account.metrics = { ...silent, ...metrics };
  return account;
}

async function factsOf(account: AccountInMemory): Promise<readonly SettledFact[]> {
  return (await verify(settings, account)).settled ?? [];
}

async function factOf(account: AccountInMemory, fact: SettledFact['fact']): Promise<SettledFact | undefined> {
  return (await factsOf(account)).find((settled) => settled.fact === fact);
}

const refusedOn = (arn: string): Error =>
  awsError(
    'AccessDeniedException',
    403,
    `User: u is not authorized to perform: bedrock:InvokeModel on resource: ${arn} because no session policy allows the bedrock:InvokeModel action`,
  );

/** Returns an answer that applies only to calls under a session policy. */
const narrowed = (answer: (policy: string) => Error | undefined): AccountInMemory['answer'] => {
  return (_call, _role, policy) => (policy === undefined ? undefined : answer(policy));
};

test('a run without metrics, such as that of a gate, settles nothing', async () => {
  const account = new AccountInMemory([...shop, ...guarded]);
  expect(await verify(settings, account)).not.toHaveProperty('settled');
  expect(account.calls.filter(({ policy }) => policy !== undefined)).toEqual([]);
});

test('one geography, one global profile and the counting of calls are settled once, and each is logged', async () => {
  const other = parametersOf('zoo', 'main');
  const account = accountOf([...global, ...shop, ...other]);
  const facts = await factsOf(account);
  expect(facts.map(({ fact, application, alias, routing }) => [fact, application, alias, routing])).toEqual([
    ['system-profile-grant', 'shop', 'main', 'us'],
    ['system-profile-grant', 'shop', 'wide', 'global'],
    ['counted-once', 'shop', 'main', undefined],
  ]);
  expect(account.calls.filter(({ policy }) => policy !== undefined)).toHaveLength(2);
  expect(account.lines.map((line) => JSON.parse(line)).filter(({ fact }) => fact !== undefined)).toEqual(facts);
});

test('a model in one Region has no system profile, so the fact does not arise', async () => {
  expect((await factsOf(accountOf(regional))).map(({ fact }) => fact)).toEqual(['counted-once']);
});

test('the session policies: without the system profile, then only with the key, then only without the key', async () => {
  const account = accountOf(shop);
  account.answer = narrowed(() => refusedOn(SYSTEM));
  const key = 'bedrock:InferenceProfileArn';
  const Action = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
  const profile = profileArn('shop', 'main');
  expect(await factOf(account, 'system-profile-grant')).toMatchObject({ settled: true, deniedArn: SYSTEM });
  const base = [
    { Effect: 'Allow', Action, Resource: profile },
    {
      Effect: 'Allow',
      Action,
      Resource: ['arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-6'],
      Condition: { ArnEquals: { [key]: profile } },
    },
  ];
  const calls = account.calls.filter(({ policy }) => policy !== undefined);
  expect(calls.map(({ policy }) => JSON.parse(policy ?? '').Statement)).toEqual([
    base,
    [...base, { Effect: 'Allow', Action, Resource: SYSTEM, Condition: { ArnEquals: { [key]: profile } } }],
    [...base, { Effect: 'Allow', Action, Resource: SYSTEM, Condition: { Null: { [key]: 'true' } } }],
  ]);
  expect(new Set(calls.map(({ role, target }) => `${role} ${target}`))).toEqual(
    new Set([`${roleArn('shop', 'probe')} ${profile}`]),
  );
  expect(Math.max(...calls.map(({ policy = '' }) => policy.length))).toBeLessThan(2_048);
});

test.each([
  ['a throttle', awsError('ThrottlingException', 429), /^the call showed nothing: /],
  ['a failing service', awsError('InternalServerException', 500), /showed nothing/],
  [
    'a denial of a model',
    refusedOn('arn:aws:bedrock:us-east-2::foundation-model/m'),
    /denied on another resource: .*us-east-2::foundation-model\/m/,
  ],
  ['a denial of another profile', refusedOn(`${SYSTEM}-v2`), /-v2/],
  ['a denial that names no resource', awsError('AccessDeniedException', 403), /showed nothing/],
  ['a wrong request', awsError('ValidationException', 400), /showed nothing/],
])('%s leaves the system profile open, whichever call it answers', async (_, error, answer) => {
  for (const at of [0, 1, 2]) {
    const account = accountOf(shop);
    const policies = new Set<string>();
    account.answer = narrowed((policy) => {
      policies.add(policy);
      return [...policies].indexOf(policy) === at ? error : refusedOn(SYSTEM);
    });
    const fact = await factOf(account, 'system-profile-grant');
    expect(fact).toMatchObject({ settled: false, answer: expect.stringMatching(answer) });
    expect(fact).not.toHaveProperty('deniedArn');
  }
});

test('a `global` profile also needs the ARN of the model without a Region', async () => {
  const account = accountOf(global);
  expect(await factOf(account, 'system-profile-grant')).toMatchObject({ settled: true, routing: 'global' });
  const call = account.calls.find(({ policy }) => policy !== undefined);
  expect(JSON.parse(call?.policy ?? '').Statement[1].Resource).toEqual([
    'arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-6',
    'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-6',
  ]);
});

test('the fact stays open if STS refuses the session', async () => {
  const account = accountOf(shop);
  const tooLarge = awsError('PackedPolicyTooLarge', 400, 'Packed policy consumes 101% of allotted space');
  account.assumeErrors.set(`${roleArn('shop', 'probe')} narrowed`, tooLarge);
  expect(await factOf(account, 'system-profile-grant')).toMatchObject({
    settled: false,
    answer: expect.stringMatching(/the role could not be assumed/),
  });
});

test('a profile whose own probe was not allowed shows nothing, and the next one is used', async () => {
  const [first, second] = [parametersOf('art', 'main'), shop];
  const account = accountOf([...first, ...second]);
  account.answer = (_, role) => (role.endsWith('/art') ? awsError('ThrottlingException', 429) : undefined);
  expect(await factOf(account, 'system-profile-grant')).toMatchObject({ settled: true, application: 'shop' });

  const alone = accountOf(first);
  alone.answer = account.answer;
  expect(await factsOf(alone)).toEqual(
    [{ fact: 'system-profile-grant', routing: 'us' }, { fact: 'counted-once' }].map((fact) => ({
      ...fact,
      application: 'art',
      alias: 'main',
      settled: false,
      answer: 'the text or embed probe was not allowed in this run',
    })),
  );
  expect(alone.calls.filter(({ policy }) => policy !== undefined)).toEqual([]);
});

test('without time left no call is made', async () => {
  const tooLate = (): never => {
    throw new Error('called too late');
  };
  const account = accountOf([...caching, ...wide]);
  const { probes } = await verify(settings, account);
  const aliases = [caching, wide].map(([arn, json]) =>
    parseAlias('shop', arn?.name.split('/').at(-1) ?? '', json?.value ?? '', arn?.value ?? ''),
  );
  account.timeLeft = 9_999;
  const { clock } = account;
  const metrics = { names: tooLate, invocations: tooLate };
  const late = await settle(settings, aliases, aliases, probes, { clock, metrics, assumeRole: tooLate });
  expect(late.map(({ fact, settled, answer }) => [fact, settled, answer])).toEqual(
    ['system-profile-grant', 'cache-metrics', 'counted-once'].map((fact) => [
      fact,
      false,
      "less than 10 s were left before the function's timeout",
    ]),
  );
});

test.each([
  [
    'allowed',
    undefined,
    true,
    /^the check of an application profile has the key bedrock:GuardrailIdentifier, with the value ARN:VERSION/,
  ],
  [
    'denied on the guardrail',
    refusedOn('arn:aws:bedrock:us-east-1:111122223333:guardrail/abc'),
    false,
    /guardrail\/abc/,
  ],
  ['throttled', awsError('ThrottlingException', 429), false, /showed nothing/],
])('a call whose profile is granted only with the guardrail, and that is %s', async (_, error, settled, answer) => {
  const account = accountOf(guarded);
  account.answer = narrowed(() => error);
  expect(await factOf(account, 'guardrail-condition')).toMatchObject({
    settled,
    answer: expect.stringMatching(answer),
  });
  const call = account.calls.find(({ policy }) => policy !== undefined);
  expect(call?.guardrail).toEqual({ id: 'abc', version: '1' });
  expect(JSON.parse(call?.policy ?? '').Statement).toMatchObject([
    {
      Resource: profileArn('shop', 'main'),
      Condition: {
        StringEquals: { 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc:1' },
      },
    },
    { Resource: ['arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-6'] },
    { Action: ['bedrock:ApplyGuardrail'], Resource: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc' },
  ]);
});

test('only the profile requires the guardrail, and nothing behind it', async () => {
  const account = accountOf(guardedBy(shop));
  await factsOf(account);
  const statements = account.calls.map(({ policy }) => JSON.parse(policy ?? '{}').Statement ?? []);
  expect(statements.find(([first]) => first?.Condition?.StringEquals !== undefined)).toContainEqual({
    Effect: 'Allow',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: SYSTEM,
  });
});

test.each([
  ['allowed', undefined, true, /has the key bedrock:GuardrailIdentifier, with another value than ARN:VERSION/],
  [
    'denied on the profile',
    refusedOn(profileArn('shop', 'main')),
    true,
    /does not have the key bedrock:GuardrailIdentifier/,
  ],
  [
    'denied on a model',
    refusedOn('arn:aws:bedrock:us-east-1::foundation-model/m'),
    false,
    /denied on another resource/,
  ],
  ['throttled', awsError('ThrottlingException', 429), false, /showed nothing/],
])(
  'if the documented value is denied on the profile, a call with any value of the key is %s',
  async (_, error, settled, answer) => {
    const account = accountOf(guarded);
    account.answer = narrowed((policy) => (policy.includes('Null') ? error : refusedOn(profileArn('shop', 'main'))));
    expect(await factOf(account, 'guardrail-condition')).toMatchObject({
      settled,
      answer: expect.stringMatching(answer),
    });
    const policies = account.calls.flatMap(({ policy }) =>
      policy === undefined ? [] : [JSON.parse(policy).Statement],
    );
    const [exact, any] = [policies[0], policies.at(-1)];
    expect(any).toEqual([
      { ...exact[0], Condition: { Null: { 'bedrock:GuardrailIdentifier': 'false' } } },
      ...exact.slice(1),
    ]);
  },
);

test('a model whose cache probe was not allowed does not settle the names', async () => {
  const account = accountOf(caching, { names: () => Promise.reject(new Error('called')) });
  let calls = 0;
  account.answer = (_, role) => {
    calls += role === roleArn('shop', 'probe') ? 1 : 0;
    return role === roleArn('shop', 'probe') && calls > 1 ? awsError('ValidationException', 400) : undefined;
  };
  expect(await factOf(account, 'cache-metrics')).toMatchObject({
    settled: false,
    answer: 'the cache probe was not allowed in this run',
  });
});

test('the metrics of the short id of the profile and of the other possible ids are read', async () => {
  const requested: unknown[] = [];
  const account = accountOf([...caching, ...wide], {
    names: async (id) => {
      requested.push(id);
      return ['CacheReadInputTokenCount', 'CacheWriteInputTokenCount'];
    },
    invocations: async (ids) => {
      requested.push(ids);
      return ids.map((_, i) => new Map(i === 0 ? [[300, 2]] : []));
    },
  });
  expect(await factsOf(account)).toMatchObject([
    { fact: 'system-profile-grant', settled: true },
    {
      fact: 'cache-metrics',
      alias: 'main',
      settled: true,
      metrics: expect.arrayContaining(['CacheReadInputTokenCount']),
    },
    { fact: 'counted-once', alias: 'wide', settled: true, answer: expect.stringContaining('counted once') },
  ]);
  expect(requested).toEqual(['shop-main', ['shop-wide', 'other-model', 'global.other']]);
});

test('a profile of one Region is compared only with its model', async () => {
  const requested: unknown[] = [];
  const invocations: BedrockMetrics['invocations'] = async (ids) => {
    requested.push(ids);
    return [];
  };
  expect(await factOf(accountOf(regional, { invocations }), 'counted-once')).toMatchObject({ settled: false });
  expect(requested).toEqual([['shop-main', 'anthropic.claude-sonnet-4-6']]);
});

test('the counts are compared for a model that no other alias of the environment calls, verified or not', async () => {
  const requested: unknown[] = [];
  const invocations: BedrockMetrics['invocations'] = async (ids) => {
    requested.push(ids);
    return ids.map((_, i) => new Map(i === 0 ? [[300, 2]] : []));
  };
  const account = accountOf([...shop, ...wide, ...parametersOf('zoo', 'main')], { invocations });
  const { settled = [] } = await verify(settings, account, { applications: ['shop'] });
  expect(settled.at(-1)).toMatchObject({ fact: 'counted-once', alias: 'wide', settled: true });
  expect(requested).toEqual([['shop-wide', 'other-model', 'global.other']]);
});

test('if several aliases call each model, the fact stays open and the answer names them', async () => {
  const invocations = () => Promise.reject(new Error('called'));
  const others = ['a', 'b', 'c', 'd', 'e'].flatMap((alias) => parametersOf('zoo', alias));
  const account = accountOf([...shop, ...others], { invocations });
  const { settled = [] } = await verify(settings, account, { applications: ['shop'] });
  expect(settled.at(-1)).toEqual({
    fact: 'counted-once',
    application: 'shop',
    alias: 'main',
    settled: false,
    answer:
      'anthropic.claude-sonnet-4-6 is called through shop/main (generation g1), zoo/a (generation g1), zoo/b (generation g1), zoo/c (generation g1), 2 more, so its count is the sum of all',
  });
});

test('if CloudWatch does not answer, the facts stay open and the run succeeds', async () => {
  const account = accountOf(caching, {
    names: () => Promise.reject(awsError('AccessDeniedException', 403, 'not authorized: cloudwatch:ListMetrics')),
    invocations: () => Promise.reject(new TypeError('no JSON')),
  });
  const { probes, settled } = await verify(settings, account);
  expect(probes.filter(({ probe }) => ['text', 'cache'].includes(probe)).every((p) => p.asIntended)).toBe(true);
  expect(settled?.map(({ settled: is, answer }) => [is, answer])).toEqual([
    [false, 'CloudWatch did not answer, AccessDeniedException: not authorized: cloudwatch:ListMetrics'],
    [false, 'CloudWatch did not answer, TypeError: no JSON'],
  ]);
});
