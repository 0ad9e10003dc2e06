import { classifyError } from '../../../aws/errors/classify-error';
import { ERRORS_BY_MESSAGE } from '../../../aws/errors/errors-by-message';
import { ERRORS_BY_NAME } from '../../../aws/errors/errors-by-name';

const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';
const MODEL = 'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-6';
const refusal = (arn: string, because: string, role = 'dev_support-chat_probe'): string =>
  `User: arn:aws:sts::111122223333:assumed-role/${role}/bedrock-access-verify is not authorized to perform: bedrock:InvokeModel on resource: ${arn} ${because}`;
const unallowed = 'because no identity-based policy allows the bedrock:InvokeModel action';

type Row = readonly [name: string, status: number | undefined, message: string, kind: string, cause: string | RegExp];

const ROWS: readonly Row[] = [
  // IAM
  [
    'AccessDeniedException',
    403,
    refusal(PROFILE, unallowed),
    'denied',
    /^no policy of the role allows .*abc123def456$/,
  ],
  ['AccessDeniedException', 403, refusal(MODEL, unallowed), 'denied', /on arn:aws:bedrock:::foundation-model\//],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'with an explicit deny in a service control policy: arn:x'),
    'denied',
    /^a service control policy/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'with an explicit deny in a permissions boundary'),
    'denied',
    /^the permissions boundary/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'because no permissions boundary allows the action'),
    'denied',
    /^the permissions boundary/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'with an explicit deny in a resource control policy'),
    'denied',
    /^a resource control policy/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'with an explicit deny in an identity-based policy'),
    'denied',
    /^a policy of the role denies/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'with an explicit deny in a VPC endpoint policy'),
    'denied',
    /VPC endpoint/,
  ],
  [
    'AccessDeniedException',
    403,
    refusal(MODEL, 'because no session policy allows the action'),
    'denied',
    /session policy/,
  ],
  ['AccessDeniedException', 403, refusal(MODEL, 'with an explicit deny'), 'denied', /^a policy denies/],
  ['AccessDeniedException', 403, refusal(MODEL, ''), 'denied', /^IAM denies/],
  ['AccessDeniedException', 403, refusal(PROFILE, unallowed, 'dev_aws-marketplace:legacy'), 'denied', /^no policy/],
  [
    'AccessDenied',
    403,
    'User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/r',
    'denied',
    /sts:AssumeRole/,
  ],
  [
    'AccessDeniedException',
    403,
    'Access denied',
    'denied',
    'access was denied, but the message does not name the action',
  ],
  ['AccessDeniedException', undefined, refusal(PROFILE, unallowed), 'other', /not about access/],
  ['AccessDeniedException', 400, 'no', 'invalid', /^the request was refused as invalid/],
  // Status 403, but not from IAM
  [
    'AccessDeniedException',
    403,
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    'unavailable',
    /not subscribed/,
  ],
  [
    'AccessDeniedException',
    403,
    'Model access is denied due to User: arn:x is not authorized to perform: aws-marketplace:ViewSubscriptions on resource: * because no identity-based policy allows the aws-marketplace:ViewSubscriptions action.',
    'unavailable',
    /not subscribed/,
  ],
  [
    'AccessDeniedException',
    403,
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.',
    'unavailable',
    /payment method/,
  ],
  ['AccessDeniedException', 403, 'MPAgreementBeingCreated: try again later', 'unavailable', /still being created/],
  [
    'AccessDeniedException',
    403,
    "You don't have access to the model with the specified model ID.",
    'unavailable',
    /no access to this model/,
  ],
  [
    'AccessDeniedException',
    403,
    'Your account is not authorized to invoke this API operation.',
    'unavailable',
    /restricted/,
  ],
  [
    'AccessDeniedException',
    403,
    'Access to Anthropic models is not allowed from unsupported countries, regions, or territories.',
    'unavailable',
    /country/,
  ],
  [
    'AccessDeniedException',
    403,
    'User: x is not authorized to perform: kms:Decrypt on resource: arn:k because no resource-based policy allows the kms:Decrypt action',
    'denied',
    /^the policy of the resource denies kms:Decrypt/,
  ],
  [
    'AccessDeniedException',
    403,
    'The ciphertext refers to a KMS key that does not exist, does not exist in this region, or you are not allowed to access.',
    'unavailable',
    /KMS key .* could not be used/,
  ],
  // Status 403, because the caller was not authenticated
  ['InvalidSignatureException', 403, 'The request signature we calculated does not match', 'other', /^the signature/],
  [
    'InvalidSignatureException',
    403,
    'Signature expired: 20261121T000000Z is now earlier than 20261121T001000Z',
    'other',
    /^the clock/,
  ],
  [
    'InvalidSignatureException',
    403,
    "Credential should be scoped to a valid region, not 'eu-west-1'.",
    'other',
    /signed for another Region/,
  ],
  [
    'ExpiredTokenException',
    403,
    'The security token included in the request is expired',
    'other',
    /^the session has expired/,
  ],
  ['ExpiredToken', 400, 'The security token included in the request is expired', 'other', /^the session has expired/],
  [
    'UnrecognizedClientException',
    403,
    'The security token included in the request is invalid.',
    'other',
    /^AWS does not know the credentials/,
  ],
  [
    'InvalidClientTokenId',
    403,
    'The security token included in the request is invalid.',
    'other',
    /^AWS does not know the credentials/,
  ],
  ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token', 'other', /no credentials/],
  [
    'SyntaxError',
    403,
    'Unexpected token < in JSON at position 0\n  Deserialization error: to see the raw response',
    'other',
    /could not be read/,
  ],
  // Status 400 and 404
  [
    'ValidationException',
    400,
    'Invocation of model ID anthropic.claude-sonnet-4-6 with on-demand throughput isn\u2019t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
    'unavailable',
    /system-defined/,
  ],
  [
    'ValidationException',
    400,
    "Invocation of model ID x with on-demand throughput isn't supported.",
    'unavailable',
    /system-defined/,
  ],
  [
    'ValidationException',
    400,
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    'invalid',
    /temperature or top_p/,
  ],
  ['ValidationException', 400, 'temperature is deprecated for this model', 'invalid', /no sampling parameters/],
  ['ValidationException', 400, '`top_p` is deprecated for this model.', 'invalid', /no sampling parameters/],
  [
    'ValidationException',
    400,
    'Malformed input request: #: required key [messages] not found, please reformat your input and try again.',
    'invalid',
    /does not have the form/,
  ],
  ['ValidationException', 400, 'max_tokens: must be at least 1', 'invalid', /^the request was refused as invalid/],
  ['ValidationException', 400, 'The provided model identifier is invalid.', 'invalid', /no such model or profile/],
  [
    'ValidationException',
    400,
    'The provided ARN is invalid for the service region.',
    'invalid',
    /names another Region/,
  ],
  [
    'ValidationException',
    400,
    'arn:aws:kms:us-east-1:111122223333:key/a is disabled.',
    'unavailable',
    /key .* is disabled/,
  ],
  [
    'ValidationException',
    400,
    'arn:aws:kms:us-east-1:111122223333:key/a is pending deletion.',
    'unavailable',
    /pending deletion/,
  ],
  ['ResourceNotFoundException', 404, 'The inference profile kms was not found', 'other', /no such profile/],
  ['ValidationException', 400, 'Operation not allowed', 'unavailable', /restricted/],
  [
    'ValidationException',
    400,
    'The guardrail identifier or version provided in the request does not exist.',
    'other',
    /guardrail/,
  ],
  ['ServiceQuotaExceededException', 400, 'You have exceeded a service quota', 'unavailable', /quota/],
  ['ConflictException', 400, 'Conflict', 'other', /another change to the same resource/],
  [
    'ResourceNotFoundException',
    404,
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
    'unavailable',
    /legacy/,
  ],
  [
    'ResourceNotFoundException',
    404,
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
    'unavailable',
    /legacy/,
  ],
  [
    'ResourceNotFoundException',
    404,
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
    'unavailable',
    /end of life/,
  ],
  [
    'ResourceNotFoundException',
    404,
    'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.',
    'unavailable',
    /use-case form/,
  ],
  ['ResourceNotFoundException', 404, 'The inference profile abc was not found', 'other', /no such profile/],
  // Temporary errors
  ['ThrottlingException', 429, 'Too many requests, please wait before trying again.', 'throttled', /throttled/],
  ['ThrottlingException', undefined, 'a frame of a stream', 'throttled', /throttled/],
  ['ThrottlingException', 429, 'Too many tokens per day, please wait before trying again.', 'unavailable', /per day/],
  ['UnknownError', 429, 'HTTP status 429', 'throttled', /throttled/],
  ['UnknownError', 529, 'overloaded_error', 'throttled', /overloaded/],
  ['ModelNotReadyException', 429, 'Model is not ready for inference', 'failing', /not ready/],
  ['ModelTimeoutException', 408, 'Model has timed out', 'failing', /too long/],
  ['ModelErrorException', 424, 'The model failed', 'failing', /failed while/],
  ['ModelStreamErrorException', 200, 'The stream failed', 'failing', /failed while/],
  ['InternalServerException', 500, 'The system encountered an unexpected error', 'failing', 'the service failed'],
  ['ServiceUnavailableException', 503, 'Bedrock is unable to process your request.', 'failing', /no capacity/],
  ['SyntaxError', 502, 'Unexpected token < in JSON at position 0', 'failing', 'the service failed'],
  // Errors of the connection
  ['TimeoutError', undefined, 'no whole answer within 60000 ms', 'connection', 'no answer arrived in time'],
  ['Error', undefined, 'aborted', 'connection', /broke/],
  ['Error', undefined, 'socket hang up', 'connection', /broke/],
  ['Error', undefined, 'Truncated event message received.', 'other', /was cut off/],
  ['Error', undefined, 'The message checksum(1) did not match the expected value', 'other', /could not be read/],
  ['SyntaxError', 200, 'Unexpected token < in JSON at position 0', 'other', /could not be read/],
  [
    'CredentialsProviderError',
    undefined,
    'Unable to find environment variable credentials.',
    'other',
    /no credentials/,
  ],
  ['TypeError', undefined, "Cannot read properties of undefined (reading 'x')", 'other', /not about access/],
];

test.each(ROWS)('%s %s %s', (name, httpStatusCode, message, kind, cause) => {
  const metadata = httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode, requestId: 'r-1' } };
  const classified = classifyError(Object.assign(new Error(message), { name, ...metadata }));
  expect(classified.kind).toBe(kind);
  expect(classified.cause).toMatch(cause);
  expect(classified.remedy).not.toBe('');
  expect(classified.error).toMatchObject({
    name,
    ...(httpStatusCode !== undefined && { status: httpStatusCode, requestId: 'r-1' }),
  });
});

test.each([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ENOTFOUND',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
])('the code %s means a broken connection, even in the cause of an error', (code) => {
  expect(classifyError(Object.assign(new Error('x'), { code })).kind).toBe('connection');
  expect(classifyError(new Error('x', { cause: Object.assign(new Error('y'), { code }) })).kind).toBe('connection');
});

test('a denial names the action and the resource', () => {
  const error = Object.assign(new Error(refusal(MODEL, unallowed)), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
  expect(classifyError(error)).toMatchObject({ deniedAction: 'bedrock:InvokeModel', deniedArn: MODEL });
});

test.each([undefined, null, 'text', 7, {}])('any thrown value is classified: %p', (thrown) => {
  expect(classifyError(thrown).kind).toBe('other');
});

test('messages are cut to 500 characters and contain no credential', () => {
  const token = 'FwoGZXIvYXdzE'.repeat(20);
  const message = `does not match. 'POST\nx-amz-security-token:${token}\nCredential=ASIAIOSFODNN7EXAMPLE/2026 ${token} ${'long '.repeat(200)}`;
  const { error } = classifyError(Object.assign(new Error(message), { name: 'InvalidSignatureException' }));
  expect(error.message).toHaveLength(500);
  expect(error.message).not.toMatch(/FwoG|ASIA/);
});

test('the denying policy is read from the end of a message, even if the reported part is shorter', () => {
  const message = refusal(
    MODEL,
    'with an explicit deny in a service control policy',
    'r'.repeat(64).concat('-x'.repeat(200)),
  );
  const thrown = Object.assign(new Error(message), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
  const { error, cause, deniedArn } = classifyError(thrown);
  expect(error.message).toHaveLength(500);
  expect(deniedArn).toBe(MODEL);
  expect(cause).toMatch(/^a service control policy/);
});

test('each cause has one remedy, and each remedy belongs to one cause', () => {
  const known = [...ERRORS_BY_MESSAGE, ...ERRORS_BY_NAME];
  expect(new Set(known.map(({ cause }) => cause)).size).toBe(known.length);
  for (const { cause, remedy } of known) {
    expect([cause, remedy]).toEqual([expect.stringMatching(/^\S.*[^.]$/), expect.stringMatching(/^\S.*[^.]$/)]);
  }
});

test.each([
  ['3', 3_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['-1', undefined],
  ['99999999999', undefined],
])('Retry-After: %s is read as %p ms', (header, milliseconds) => {
  const thrown = Object.assign(new Error('x'), {
    name: 'ThrottlingException',
    $response: { headers: { 'retry-after': header } },
  });
  expect(classifyError(thrown).error.retryAfterMilliseconds).toBe(milliseconds);
});

test.each([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s concerns a certificate, and not access', (code) => {
  const { kind, cause } = classifyError(Object.assign(new Error('certificate'), { code }));
  expect({ kind, cause }).toEqual({ kind: 'other', cause: 'the certificate of the service was not accepted' });
});
