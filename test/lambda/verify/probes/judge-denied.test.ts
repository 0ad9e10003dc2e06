import { classifyError } from '../../../../aws/errors/classify-error';
import { judgeDenied, type Verdict } from '../../../../lambda/verify/probes/judge';
import { DENIED_PROBES, type DeniedProbe } from '../../../../lambda/verify/result';
import { awsError } from '../account';

const MODEL = 'arn:aws:bedrock:us-west-2::foundation-model/m';
const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/p';
const PROJECT = 'arn:aws:bedrock-mantle:us-east-1:111122223333:project/default';

/** Returns an error with the message of a denial by IAM. */
const refusal = (
  action: string,
  arn: string,
  because = ` because no identity-based policy allows the ${action} action`,
) =>
  awsError(
    'AccessDeniedException',
    403,
    `User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ${action} on resource: ${arn}${because}`,
  );

const judged = (probe: DeniedProbe, error: unknown, controlAllowed = true): Verdict =>
  judgeDenied(probe, { failure: classifyError(error) }, controlAllowed);

/** Denials with the probes for which they count. */
const COUNTING: readonly (readonly [Error, readonly DeniedProbe[]])[] = [
  [refusal('bedrock:InvokeModel', MODEL), DENIED_PROBES.filter((probe) => probe !== 'mantle')],
  [refusal('bedrock:InvokeModelWithResponseStream', MODEL), DENIED_PROBES.filter((probe) => probe !== 'mantle')],
  [
    refusal('bedrock:InvokeModel', MODEL, ' with an explicit deny in a service control policy'),
    DENIED_PROBES.filter((probe) => probe !== 'mantle'),
  ],
  [
    refusal('bedrock:InvokeModel', PROFILE),
    DENIED_PROBES.filter((probe) => probe !== 'mantle' && probe !== 'no-guardrail'),
  ],
  [refusal('bedrock:CallWithBearerToken', '*'), ['bearer-token']],
  [refusal('bedrock-mantle:CreateInference', PROJECT), ['mantle']],
  [refusal('bedrock-mantle:CallWithBearerToken', '*'), ['mantle']],
];

/** All other results of a call. */
const OTHERS: readonly unknown[] = [
  awsError('ThrottlingException', 429),
  awsError('ThrottlingException', 400),
  awsError('ServiceQuotaExceededException', 400),
  awsError('ValidationException', 400, 'The provided model identifier is invalid.'),
  awsError('ValidationException', 400, 'Invocation of model ID m with on-demand throughput isn’t supported.'),
  awsError('ValidationException', 400, 'Malformed input request, please reformat your input and try again.'),
  awsError('ResourceNotFoundException', 404, 'The inference profile was not found.'),
  awsError('ResourceNotFoundException', 404, 'This model version has reached the end of its life.'),
  awsError('ResourceNotFoundException', 404, 'Model use case details have not been submitted for this account.'),
  awsError('model_not_found', 404, "The model 'm' does not exist"),
  awsError('ModelTimeoutException', 408),
  awsError('ModelErrorException', 424),
  awsError('ModelNotReadyException', 429),
  awsError('InternalServerException', 500),
  awsError('ServiceUnavailableException', 503),
  awsError('OverloadedException', 529),
  awsError('AccessDeniedException', 400, refusal('bedrock:InvokeModel', MODEL).message),
  awsError('AccessDeniedException', 401, refusal('bedrock-mantle:CreateInference', PROJECT).message),
  awsError('AccessDenied', 403, refusal('bedrock:InvokeModel', MODEL).message),
  awsError('AccessDeniedException', 403, 'no Marketplace subscription for this model'),
  awsError('AccessDeniedException', 403, "You don't have access to the model with the specified model ID."),
  awsError('AccessDeniedException', 403, 'Your account is not authorized to invoke this API operation.'),
  awsError('AccessDeniedException', 403, 'Access denied'),
  awsError(
    'AccessDeniedException',
    403,
    'You invoked an unsupported model or your request did not allow prompt caching.',
  ),
  refusal('bedrock:ApplyGuardrail', 'arn:aws:bedrock:us-east-1:111122223333:guardrail/g'),
  refusal('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/k'),
  refusal('aws-marketplace:Subscribe', '*'),
  awsError('UnrecognizedClientException', 403, 'The security token included in the request is invalid.'),
  awsError('InvalidSignatureException', 403),
  awsError('ExpiredTokenException', 403),
  awsError('permission_denied_error', 403, 'not now'),
  awsError('ForbiddenException', 403, '<html>proxy</html>'),
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
  Object.assign(new Error('no answer'), { name: 'TimeoutError' }),
  new Error('Truncated event message received.'),
  'a text',
  undefined,
];

test.each(COUNTING)('%s counts only for the probes that try this action', (error, probes) => {
  expect(DENIED_PROBES.filter((probe) => judged(probe, error).outcome === 'denied')).toEqual(probes);
});

test.each(COUNTING)('%s counts for no probe unless the control was allowed', (error) => {
  expect(DENIED_PROBES.map((probe) => judged(probe, error, false).outcome)).toEqual(
    DENIED_PROBES.map(() => 'inconclusive'),
  );
});

test('the table has at least thirty rows', () => {
  expect(OTHERS.length).toBeGreaterThanOrEqual(30);
});

test.each(OTHERS.map((error) => [error]))('%s does not count as a denial', (error) => {
  for (const probe of DENIED_PROBES) {
    expect(judged(probe, error)).toEqual({
      outcome: 'inconclusive',
      cause: expect.any(String),
      remedy: expect.any(String),
    });
  }
});

test.each(DENIED_PROBES)('%s: an answered call is allowed, even with a flaw and whatever the control is', (probe) => {
  for (const reply of [{}, { flaw: 'the answer contains no message' }]) {
    for (const control of [true, false]) {
      expect(judgeDenied(probe, { value: reply }, control)).toMatchObject({
        outcome: 'allowed',
        remedy: expect.any(String),
      });
    }
  }
});

test.each<[DeniedProbe, RegExp]>([
  ['bare-model', /although it goes around the profiles of the application$/],
  ['no-guardrail', /although it names no guardrail$/],
  ['other-tier', /although it names a service tier that the environment file does not admit$/],
])('%s that is answered says what is wrong with the call', (probe, cause) => {
  expect(judgeDenied(probe, { value: {} }, true).cause).toMatch(cause);
});

test.each<[DeniedProbe, Error, string]>([
  ['missing-profile', awsError('ResourceNotFoundException', 404), 'application-inference-profile/*'],
  ['missing-profile', awsError('ValidationException', 400), 'application-inference-profile/*'],
  ['bare-model', awsError('ValidationException', 400), 'bedrock:InferenceProfileArn'],
  ['no-guardrail', awsError('ValidationException', 400), 'bedrock:GuardrailIdentifier'],
  ['other-tier', awsError('ValidationException', 400), 'bedrock:ServiceTier'],
  ['bearer-token', awsError('ValidationException', 400), 'bedrock:CallWithBearerToken'],
  ['mantle', awsError('model_not_found', 404), 'bedrock-mantle'],
  ['other-region', awsError('ResourceNotFoundException', 404, 'It has reached the end of its life'), 'move the alias'],
])('%s that ends in %s was not denied by IAM, so the remedy names %s', (probe, error, names) => {
  expect(judged(probe, error).remedy).toContain(names);
});

test('a message of IAM with another status has its own cause, and does not count', () => {
  const error = awsError('permission_denied_error', 401, refusal('bedrock-mantle:CreateInference', PROJECT).message);
  expect(judged('mantle', error)).toMatchObject({
    outcome: 'inconclusive',
    cause:
      "refused with IAM's message, but with permission_denied_error and status 401, which AWS does not document for a denial",
  });
});
