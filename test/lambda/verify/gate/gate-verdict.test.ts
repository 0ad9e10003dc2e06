import { classifyError } from '../../../../aws/errors/classify-error';
import { gateVerdict } from '../../../../lambda/verify/gate/gate-verdict';
import type { Outcome, ProbeResult, VerificationResult } from '../../../../lambda/verify/result';
import { awsError } from '../account';

const MODEL = 'anthropic.claude-sonnet-4-6';

/** Returns a probe that is as intended, with the changes of a test. */
function probe(changes: Partial<ProbeResult> = {}): ProbeResult {
  const { expected = 'allowed', outcome = expected } = changes;
  return {
    application: 'shop',
    alias: 'main',
    generation: 'g1',
    modelId: MODEL,
    routing: 'us',
    probe: expected === 'allowed' ? 'text' : 'bare-model',
    expected,
    outcome,
    asIntended: outcome === expected,
    principal: 'arn:aws:iam::111122223333:role/probe',
    target: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/shop-main',
    milliseconds: 1,
    attempts: 1,
    ...changes,
  };
}

/** Returns a probe that ended with an error, in the form in which the verification reports it. */
function failedProbe(error: Error, changes: Partial<ProbeResult> = {}): ProbeResult {
  const { kind, cause, remedy, passes } = classifyError(error);
  const outcome =
    kind === 'denied' ? 'denied' : kind === 'other' || kind === 'connection' ? 'inconclusive' : 'unavailable';
  return probe({ outcome, cause, remedy, ...(passes && { passes }), ...changes });
}

const verdict = (...probes: readonly ProbeResult[]) =>
  gateVerdict('shop', { schemaVersion: 1, environment: 'dev', region: 'us-east-1', milliseconds: 1, probes });

type Row = readonly [expected: 'allowed' | 'denied', outcome: Outcome, passes: boolean, lets: boolean, says: string];

const ROWS: readonly Row[] = [
  ['allowed', 'allowed', false, true, 'as intended'],
  ['allowed', 'allowed', true, true, 'as intended'],
  ['allowed', 'denied', false, false, 'failed'],
  ['allowed', 'denied', true, true, 'were inconclusive'],
  ['allowed', 'unavailable', false, false, 'failed'],
  ['allowed', 'unavailable', true, true, 'were inconclusive'],
  ['allowed', 'inconclusive', false, false, 'failed'],
  ['allowed', 'inconclusive', true, true, 'were inconclusive'],
  ['denied', 'allowed', false, false, 'failed'],
  ['denied', 'allowed', true, false, 'failed'],
  ['denied', 'denied', false, true, 'as intended'],
  ['denied', 'denied', true, true, 'as intended'],
  ['denied', 'unavailable', false, true, 'were inconclusive'],
  ['denied', 'unavailable', true, true, 'were inconclusive'],
  ['denied', 'inconclusive', false, true, 'were inconclusive'],
  ['denied', 'inconclusive', true, true, 'were inconclusive'],
];

test.each(ROWS)(
  'expected %s, outcome %s, may pass %p: the gate passes %p',
  (...[expected, outcome, passes, lets, says]) => {
    const one = probe({ expected, outcome, ...(passes && { passes }) });
    for (const probes of [[one], [probe(), one], [one, probe({ expected: 'denied' })]]) {
      expect(verdict(...probes).passed).toBe(lets);
      expect(verdict(...probes).message).toContain(says);
    }
  },
);

test('a run without probes does not pass', () => {
  expect(verdict()).toEqual({ passed: false, message: "no probe of 'shop' was run" });
});

test('a run in which all probes are as intended passes', () => {
  expect(verdict(probe(), probe({ probe: 'control' }), probe({ expected: 'denied' }))).toEqual({
    passed: true,
    message: "3 of 3 probes of 'shop' as intended",
  });
});

const refusal = (region: string) =>
  awsError(
    'AccessDeniedException',
    403,
    `User: arn:aws:sts::111122223333:assumed-role/dev_shop_probe/bedrock-access-verify is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:${region}::foundation-model/${MODEL} because no identity-based policy allows the bedrock:InvokeModel action`,
  );

test('a failure names the aliases and probes, and once the action, the ARN and the next step', () => {
  const met = ['text', 'stream', 'control'] as const;
  expect(
    verdict(probe({ alias: 'fast' }), ...met.map((name) => failedProbe(refusal('us-west-2'), { probe: name }))),
  ).toEqual({
    passed: false,
    message:
      `3 of 4 probes of 'shop' failed (tried for 0 s): main (${MODEL}) text denied, main (${MODEL}) stream denied, ` +
      `main (${MODEL}) control denied: no policy of the role allows bedrock:InvokeModel on ` +
      `arn:aws:bedrock:us-west-2::foundation-model/${MODEL}; correct the policy of the application's stack, ` +
      'as prove reports it, and deploy the stack again (as probe)',
  });
});

test('a failure names only failed probes: inconclusive ones are in the log', () => {
  const { passed, message } = verdict(
    failedProbe(awsError('ThrottlingException', 429), { alias: 'slow' }),
    failedProbe(refusal('us-west-2')),
    probe({ expected: 'denied', outcome: 'inconclusive', cause: 'not denied by IAM' }),
  );
  expect(passed).toBe(false);
  expect(message).toMatch(/^1 of 3 probes of 'shop' failed \(tried for \d+ s\): main /);
  expect(message).not.toMatch(/slow|throttled|no refusal/);
});

test('a warning names the inconclusive probes and the cause', () => {
  expect(verdict(probe(), failedProbe(awsError('ThrottlingException', 429)))).toEqual({
    passed: true,
    message:
      `1 of 2 probes of 'shop' were inconclusive: main (${MODEL}) text unavailable: the call was throttled; ` +
      'verify again later; if the error persists, request a higher quota for the model in Service Quotas (as probe)',
  });
});

test.each([
  ['one refusal', 1, 1],
  ['three refusals', 3, 3],
])("the gate's message has AWS's own words of %s", (_, count, shown) => {
  const words = "data retention mode 'default' is not available for this model";
  const refused = Array.from({ length: count }, (_, i) => {
    const long = i === 0 ? words : `${i}${'w'.repeat(80)} `.repeat(3).slice(0, 199);
    const error = awsError('ValidationException', 400, long);
    return failedProbe(error, { alias: `a${i}`, error: { name: 'ValidationException', status: 400, message: long } });
  });
  const { message } = verdict(...refused);
  expect(message).toContain(`(400 ValidationException: "${words}")`);
  expect(message.match(/400 ValidationException: "[^"]{60,200}"/g)).toHaveLength(shown);
  expect(message).toContain('PutAccountDataRetention');
  expect(message.length).toBeLessThan(1_800);
});

test('an unreadable alias is named without a model', () => {
  const broken = probe({
    outcome: 'inconclusive',
    modelId: '',
    cause: 'not run: it is not JSON',
    remedy: 'deploy again',
  });
  expect(verdict(broken).message).toBe(
    "1 of 1 probes of 'shop' failed (tried for 0 s): main text inconclusive: not run: it is not JSON; deploy again (as probe)",
  );
});

test.each([
  ['a missing agreement', awsError('AccessDeniedException', 403, 'no Marketplace subscription for this model')],
  [
    'the use-case form',
    awsError('ResourceNotFoundException', 404, 'Model use case details have not been submitted for this account.'),
  ],
  [
    'the end of life',
    awsError('ResourceNotFoundException', 404, 'This model version has reached the end of its life.'),
  ],
  ['a legacy model', awsError('ResourceNotFoundException', 404, 'This Model is marked by provider as Legacy')],
  ['an invalid request', awsError('ValidationException', 400)],
  ['a profile that does not exist', awsError('ResourceNotFoundException', 404)],
  ['a quota that is used up', awsError('ServiceQuotaExceededException', 400)],
  ['a refused signature', awsError('InvalidSignatureException', 403)],
  ['an unknown error', new TypeError('x is not a function')],
])('a problem that stays until somebody acts fails the gate: %s', (_, error) => {
  expect(verdict(failedProbe(error)).passed).toBe(false);
  // For a call that must be denied, it shows nothing.
  expect(verdict(failedProbe(error, { expected: 'denied', outcome: 'inconclusive' })).passed).toBe(true);
});

test.each([
  ['a throttle', awsError('ThrottlingException', 429)],
  ['a used-up quota of tokens per day', awsError('ThrottlingException', 429, 'Too many tokens per day')],
  ['an overloaded model', awsError('UnknownError', 529)],
  ['an agreement that is being created', awsError('AccessDeniedException', 403, 'MPAgreementBeingCreated: try again')],
  ['a model that is not ready', awsError('ModelNotReadyException', 429)],
  ['a model that took too long', awsError('ModelTimeoutException', 408)],
  ['a model that failed', awsError('ModelErrorException', 424)],
  ['a failing service', awsError('ServiceUnavailableException', 503)],
  ['a lost connection', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
  ['an answer that was cut off', new Error('Truncated event message received.')],
  ['an answer that did not arrive', Object.assign(new Error('x'), { name: 'TimeoutError' })],
])('a problem that may pass without any action passes the gate: %s', (_, error) => {
  expect(verdict(failedProbe(error))).toMatchObject({
    passed: true,
    message: expect.stringContaining('were inconclusive'),
  });
});

/** Returns failed probes of many aliases with the longest names and ARNs, with one common cause or one cause each. */
function many(count: number, ownCause: boolean): readonly ProbeResult[] {
  return Array.from({ length: count }, (_, i) => {
    const region = ownCause ? `ap-southeast-${i}` : 'ap-southeast-2';
    const alias = `${'n'.repeat(22)}${String(i).padStart(2, '0')}`;
    return failedProbe(refusal(region), { alias, modelId: `${'m'.repeat(60)}-v1:0` });
  });
}

test.each([
  ['one cause', false, 1],
  ['one cause each', true, 3],
])('for many failures with %s the message holds the first ones in full, and their number', (_, ownCause, sentences) => {
  const { message } = verdict(...many(40, ownCause));
  expect(message).toMatch(/^40 of 40 probes of 'shop' failed \(tried for \d+ s\): /);
  expect(message.match(/on arn:aws:bedrock:ap-southeast-\d::foundation-model\//g)).toHaveLength(sentences);
  expect(
    message.match(/correct the policy of the application's stack, as prove reports it, and deploy the stack again/g),
  ).toHaveLength(sentences);
  expect(message).toContain('and 37 more');
  expect(message.length).toBeLessThan(1_800);
});

test('the message is short and on one line, whatever the texts of the probes are', () => {
  const long = `${'why\n'.repeat(5_000)}${'x'.repeat(5_000)}`;
  const probes = Array.from({ length: 200 }, (_, i) =>
    probe({ alias: `${i}${long}`, outcome: 'inconclusive', cause: `${i}${long}`, remedy: long }),
  );
  const { message } = verdict(...probes);
  expect(message.length).toBeLessThan(1_800);
  expect(message).not.toMatch(/[\r\n]/);
});

test('the message repeats no credential from the texts of the probes', () => {
  const token = 'FwoGZXIvYXdzE'.repeat(20);
  const leaked = `x-amz-security-token:${token} ASIAIOSFODNN7EXAMPLE`;
  const { message } = verdict(probe({ outcome: 'inconclusive', cause: leaked, remedy: leaked }));
  expect(message).not.toMatch(/FwoG|ASIA/);
});

test('the verdict does not depend on the order of the results', () => {
  const probes = [
    probe(),
    ...many(3, true),
    failedProbe(awsError('ThrottlingException', 429)),
    probe({ expected: 'denied' }),
  ];
  expect(verdict(...probes.toReversed()).passed).toBe(verdict(...probes).passed);
  const result: VerificationResult = Object.freeze({
    schemaVersion: 1,
    environment: 'dev',
    region: 'us-east-1',
    milliseconds: 1,
    probes: Object.freeze(probes),
  });
  expect(gateVerdict('shop', result)).toEqual(gateVerdict('shop', result));
});
