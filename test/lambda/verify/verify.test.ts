import { isWrong } from '../../../lambda/verify/probes/is-wrong';
import type { ProbeResult } from '../../../lambda/verify/result';
import { verify } from '../../../lambda/verify/verify';
import {
  AccountInMemory,
  awsError,
  DECOY,
  denied,
  embeddingParametersOf,
  parametersOf,
  profileArn,
  roleArn,
  settings,
} from './account';

const MODEL = 'anthropic.claude-sonnet-4-6';
const shop = parametersOf('shop', 'main');
const search = parametersOf('search', 'main');

async function probesOf(account: AccountInMemory, applications?: readonly string[]): Promise<readonly ProbeResult[]> {
  return (await verify(settings, account, { applications })).probes;
}

/** Formats a result as `application/alias probe outcome`, with `!` if it is not as intended. */
const short = ({ application, alias, probe, outcome, asIntended }: ProbeResult): string =>
  `${application}/${alias} ${probe} ${outcome}${asIntended ? '' : ' !'}`;

const named = (probes: readonly ProbeResult[], probe: string): ProbeResult | undefined =>
  probes.find((p) => p.probe === probe);

test('all probes are as intended if an application can make exactly the calls that it should', async () => {
  const account = new AccountInMemory([...shop, ...embeddingParametersOf('shop', 'docs')]);
  expect((await probesOf(account)).map(short)).toEqual([
    'shop/docs embed allowed',
    'shop/docs control allowed',
    'shop/docs foreign-profile denied',
    'shop/docs missing-profile denied',
    'shop/docs bearer-token denied',
    'shop/docs mantle denied',
    'shop/docs bare-model denied',
    'shop/main text allowed',
    'shop/main stream allowed',
    'shop/main bare-model denied',
    'shop/main system-profile denied',
  ]);
  expect(account.lines).toHaveLength(11);
  expect(account.lines.map((line) => Object.keys(JSON.parse(line)))).toContainEqual([
    'application',
    'alias',
    'probe',
    'outcome',
    'milliseconds',
  ]);
});

test('a result has all its fields', async () => {
  const result = await verify(settings, new AccountInMemory(shop));
  expect(result).toMatchObject({ schemaVersion: 1, environment: 'dev', region: 'us-east-1', milliseconds: 0 });
  expect(named(result.probes, 'text')).toEqual({
    application: 'shop',
    alias: 'main',
    generation: 'g1',
    modelId: MODEL,
    routing: 'us',
    probe: 'text',
    expected: 'allowed',
    outcome: 'allowed',
    asIntended: true,
    principal: roleArn('shop', 'probe'),
    target: profileArn('shop', 'main'),
    inputTokens: 5,
    outputTokens: 1,
    milliseconds: 0,
    attempts: 1,
  });
  expect(named(result.probes, 'bare-model')).toEqual({
    application: 'shop',
    alias: 'main',
    generation: 'g1',
    modelId: MODEL,
    routing: 'us',
    probe: 'bare-model',
    expected: 'denied',
    outcome: 'denied',
    asIntended: true,
    principal: roleArn('shop', 'policies'),
    target: MODEL,
    milliseconds: 0,
    attempts: 1,
    requestId: 'r-1',
    error: {
      name: 'AccessDeniedException',
      status: 403,
      message: 'User: u is not authorized to perform: bedrock:InvokeModel on resource: arn:x',
    },
    deniedAction: 'bedrock:InvokeModel',
    deniedArn: 'arn:x',
    cause: 'IAM denies bedrock:InvokeModel on arn:x',
  });
});

test('denials prove nothing if the control was denied too', async () => {
  const account = new AccountInMemory(shop);
  account.answer = (_, role) => (role === roleArn('shop', 'policies') ? denied() : undefined);
  const probes = await probesOf(account);
  expect(probes.map(short)).toEqual([
    'shop/main text allowed',
    'shop/main stream allowed',
    'shop/main control denied !',
    'shop/main foreign-profile inconclusive !',
    'shop/main missing-profile inconclusive !',
    'shop/main bearer-token inconclusive !',
    'shop/main mantle inconclusive !',
    'shop/main bare-model inconclusive !',
    'shop/main system-profile inconclusive !',
  ]);
  expect(named(probes, 'bare-model')?.cause).toMatch(/control call of the same role was not allowed/);
});

test('the control comes before every call that must be denied', async () => {
  const account = new AccountInMemory(shop);
  await probesOf(account);
  const calls = account.calls.filter(({ role }) => role === roleArn('shop', 'policies'));
  const own = profileArn('shop', 'main');
  const none = DECOY.replace('decoy', '000000000000');
  expect(calls.map(({ target }) => target)).toEqual([own, DECOY, none, own, MODEL, MODEL, `us.${MODEL}`]);
});

test('an answered call that must be denied is allowed, even if the control failed and the answer has a flaw', async () => {
  const account = new AccountInMemory(shop);
  account.answer = ({ target }, role) =>
    target === MODEL
      ? { flaw: 'the answer contains no message' }
      : role === roleArn('shop', 'policies')
        ? awsError('InternalServerException', 500)
        : undefined;
  const probes = await probesOf(account);
  expect(named(probes, 'control')).toMatchObject({ outcome: 'unavailable', attempts: 3, asIntended: false });
  expect(named(probes, 'bare-model')).toMatchObject({ outcome: 'allowed', asIntended: false });
});

test.each([
  awsError('ThrottlingException', 429),
  awsError('ValidationException', 400),
  awsError('ResourceNotFoundException', 404),
  awsError('ModelTimeoutException', 408),
  awsError('ModelErrorException', 424),
  awsError('InternalServerException', 500),
  awsError('ServiceUnavailableException', 503),
  awsError('AccessDeniedException', 400),
  awsError('InvalidSignatureException', 403),
  awsError('ExpiredTokenException', 403),
  awsError('AccessDenied', 403),
  awsError('AccessDeniedException', 403, 'no Marketplace subscription for this model'),
  awsError('AccessDeniedException', 403, 'u is not authorized to perform: bedrock:ApplyGuardrail on resource: arn:g'),
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  Object.assign(new Error('no answer'), { name: 'TimeoutError' }),
  new Error('Truncated event message received.'),
])('not a denial of the invocation: %s', async (error) => {
  const account = new AccountInMemory(shop);
  account.answer = ({ target }) => (target === MODEL ? error : undefined);
  const probes = await probesOf(account);
  expect(named(probes, 'control')?.outcome).toBe('allowed');
  expect(named(probes, 'bare-model')).toMatchObject({ outcome: 'inconclusive', asIntended: false });
});

test.each([
  [awsError('AccessDeniedException', 403), 'denied'],
  [awsError('AccessDeniedException', 403, 'no Marketplace subscription for this model'), 'unavailable'],
  [awsError('ThrottlingException', 429), 'unavailable'],
  [awsError('ModelTimeoutException', 408), 'unavailable'],
  [awsError('ModelErrorException', 424), 'unavailable'],
  [awsError('ServiceUnavailableException', 503), 'unavailable'],
  [awsError('ResourceNotFoundException', 404, 'This model version has reached the end of its life.'), 'unavailable'],
  [awsError('ResourceNotFoundException', 404), 'inconclusive'],
  [awsError('ValidationException', 400), 'inconclusive'],
  [awsError('InvalidSignatureException', 403), 'inconclusive'],
  [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'inconclusive'],
  [{ flaw: 'the stream ended without messageStop' }, 'inconclusive'],
])('a call that must be allowed and ends with %s is %s', async (answer, outcome) => {
  const account = new AccountInMemory(shop);
  account.answer = ({ operation }) => (operation === 'ConverseStream' ? answer : undefined);
  const stream = named(await probesOf(account), 'stream');
  expect(stream).toMatchObject({ outcome, asIntended: false, cause: expect.any(String), remedy: expect.any(String) });
  expect(stream).not.toHaveProperty('flaw');
});

test.each([
  [{ flaw: 'the stream ended without messageStop', passes: true as const }, true],
  [new Error('Truncated event message received.'), true],
  [{ flaw: 'the stream did not begin with messageStart' }, undefined],
  [new Error('The message checksum(1) did not match the expected value'), undefined],
])('a cut-off answer may be whole the next time, a wrong one stays wrong: %p', async (answer, passes) => {
  const account = new AccountInMemory(shop);
  account.answer = ({ operation }) => (operation === 'ConverseStream' ? answer : undefined);
  const stream = named(await probesOf(account), 'stream');
  expect(stream).toMatchObject({ outcome: 'inconclusive' });
  expect(stream?.passes).toBe(passes);
});

test('every probe of a role that cannot be assumed is reported', async () => {
  const account = new AccountInMemory(shop);
  const refusal = 'User: f is not authorized to perform: sts:AssumeRole on resource: arn:r';
  for (const kind of ['probe', 'policies'] as const) {
    account.assumeErrors.set(roleArn('shop', kind), awsError('AccessDenied', 403, refusal));
  }
  const probes = await probesOf(account);
  expect(probes.map(short)).toEqual([
    'shop/main text denied !',
    'shop/main stream denied !',
    'shop/main control denied !',
    'shop/main foreign-profile inconclusive !',
    'shop/main missing-profile inconclusive !',
    'shop/main bearer-token inconclusive !',
    'shop/main mantle inconclusive !',
    'shop/main bare-model inconclusive !',
    'shop/main system-profile inconclusive !',
  ]);
  expect(named(probes, 'text')).toMatchObject({
    deniedAction: 'sts:AssumeRole',
    deniedArn: roleArn('shop', 'probe'),
    attempts: 0,
    error: { name: 'AccessDenied', status: 403, message: refusal },
    cause: 'the verification function may not assume the role, so no call was made',
  });
  expect(account.calls).toEqual([]);
});

test('a role that could not be assumed for another reason does not count as denied', async () => {
  const account = new AccountInMemory(shop);
  account.assumeErrors.set(roleArn('shop', 'probe'), awsError('Throttling', 400));
  account.assumeErrors.set(roleArn('shop', 'policies'), Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
  const probes = await probesOf(account);
  expect(named(probes, 'text')).toMatchObject({ outcome: 'unavailable' });
  expect(named(probes, 'text')).not.toHaveProperty('deniedArn');
  expect(named(probes, 'control')).toMatchObject({ outcome: 'inconclusive' });
});

test('probes without time are reported, not dropped', async () => {
  const account = new AccountInMemory([...shop, ...search]);
  account.timeLeft = 11_000;
  account.answer = () => {
    account.timeLeft = 9_000;
    return undefined;
  };
  const probes = await probesOf(account);
  expect(probes).toHaveLength(18);
  const late = probes.filter(({ attempts }) => attempts === 0);
  expect(late.length).toBeGreaterThan(0);
  for (const { outcome, asIntended, cause } of late) {
    expect({ outcome, asIntended, cause }).toEqual({
      outcome: 'inconclusive',
      asIntended: false,
      cause: "not run: less than 10 s were left before the function's timeout",
    });
  }
});

test('no role is assumed without time', async () => {
  const account = new AccountInMemory(shop);
  account.timeLeft = 9_999;
  expect((await probesOf(account)).every(({ outcome }) => outcome === 'inconclusive')).toBe(true);
});

test('the foreign profile is that of the next application, of the first one for the last, and the decoy for a single one', async () => {
  const foreignOf = async (...parameters: ConstructorParameters<typeof AccountInMemory>): Promise<unknown> =>
    (await probesOf(new AccountInMemory(...parameters)))
      .filter(({ probe }) => probe === 'foreign-profile')
      .map(({ application, target }) => [application, target]);

  expect(await foreignOf([...shop, ...search, ...parametersOf('chat', 'a'), ...parametersOf('chat', 'b')])).toEqual([
    ['chat', profileArn('search', 'main')],
    ['search', profileArn('shop', 'main')],
    ['shop', profileArn('chat', 'a')],
  ]);
  expect(await foreignOf(shop)).toEqual([['shop', DECOY]]);
  const broken = [{ name: '/bedrock-access/dev/search/main.json', value: '{' }];
  expect(await foreignOf([...shop, ...broken])).toEqual([['shop', DECOY]]);
});

test('a foreign profile is called by the operation of its own model', async () => {
  const account = new AccountInMemory([...shop, ...embeddingParametersOf('docs', 'main')]);
  await probesOf(account, ['shop']);
  const call = account.calls.find(({ target }) => target === profileArn('docs', 'main'));
  expect(call).toMatchObject({ operation: 'InvokeModel', modelId: 'amazon.titan-embed-text-v2:0' });
});

test('an unreadable alias is a result of its own, and the others are verified', async () => {
  const other = profileArn('shop', 'other');
  const bad = [
    { name: '/bedrock-access/dev/shop/broken', value: profileArn('shop', 'broken') },
    { name: '/bedrock-access/dev/shop/broken.json', value: '{' },
    { name: '/bedrock-access/dev/ghost/main.json', value: '{}' },
    ...parametersOf('shop', 'moved').map((p) => (p.name.endsWith('.json') ? p : { ...p, value: other })),
  ];
  const account = new AccountInMemory([...bad, ...shop]);
  const probes = await probesOf(account);
  expect(probes.filter(({ attempts }) => attempts === 0).map((p) => [short(p), p.target, p.cause])).toEqual([
    [
      'ghost/main text inconclusive !',
      '',
      'not run: the parameter /bedrock-access/dev/ghost/main.json exists, but /bedrock-access/dev/ghost/main is missing',
    ],
    [
      'shop/broken text inconclusive !',
      profileArn('shop', 'broken'),
      'not run: the parameter /bedrock-access/dev/shop/broken.json: the value is not JSON',
    ],
    [
      'shop/moved text inconclusive !',
      other,
      'not run: the parameter /bedrock-access/dev/shop/moved.json: profileArn differs from the ARN in the parameter without .json',
    ],
  ]);
  expect(probes.filter(({ asIntended }) => asIntended)).toHaveLength(9);
});

test('only the requested applications are verified', async () => {
  const account = new AccountInMemory([...shop, ...search]);
  expect(new Set((await probesOf(account, ['shop', 'shop'])).map(({ application }) => application))).toEqual(
    new Set(['shop']),
  );
  await expect(verify(settings, account, { applications: ['shpo'] })).rejects.toThrow(
    "there is no application 'shpo' under /bedrock-access/dev; existing applications: search, shop",
  );
  await expect(verify(settings, new AccountInMemory([]))).rejects.toThrow(
    'there is no alias under /bedrock-access/dev; deploy the environment first',
  );
});

test('a missing application in the schedule is a result, and the others are verified', async () => {
  const account = new AccountInMemory([...shop, ...search]);
  const scheduled = (...applications: readonly string[]) =>
    verify(settings, account, { applications, scheduled: true });
  const { probes } = await scheduled('shop', 'gone', 'search', 'gone');
  expect(probes.filter(({ asIntended }) => !asIntended)).toEqual([
    {
      application: 'gone',
      alias: '',
      generation: '',
      modelId: '',
      routing: '',
      probe: 'text',
      expected: 'allowed',
      outcome: 'inconclusive',
      asIntended: false,
      principal: roleArn('gone', 'probe'),
      target: '',
      milliseconds: 0,
      attempts: 0,
      cause: 'not run: there is no alias under /bedrock-access/dev/gone',
      remedy:
        "deploy the application's stack; where the application has left the environment file, synthesize again and deploy the environment's Overview stack",
    },
  ]);
  expect(probes.filter(isWrong)).toHaveLength(1);
  const verified = probes.filter(({ asIntended }) => asIntended).map(({ application }) => application);
  expect([verified.length, [...new Set(verified)]]).toEqual([18, ['search', 'shop']]);
  await expect(scheduled('gone', 'lost')).rejects.toThrow(
    "there is no application 'gone' under /bedrock-access/dev; existing applications: search, shop",
  );
  await expect(verify(settings, account, { applications: ['shop', 'gone'] })).rejects.toThrow(
    "there is no application 'gone'",
  );
});

test('unreadable parameters are an error with the cause', async () => {
  const account = new AccountInMemory(shop);
  const readPage = async () => {
    throw awsError('AccessDeniedException', 400, 'not authorized');
  };
  const run = verify(settings, { ...account, clock: account.clock, readPage });
  await expect(run).rejects.toThrow(
    'cannot read the parameters under /bedrock-access/dev (attempts: 1), AccessDeniedException: not authorized; ' +
      'allow ssm:GetParametersByPath on them',
  );
});
