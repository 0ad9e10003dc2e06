import type { KnownError } from './known-error';
import type { ReadError } from './read-error';

const says =
  (pattern: RegExp) =>
  ({ said }: ReadError): boolean =>
    pattern.test(said);
const named =
  (...names: readonly string[]) =>
  ({ name }: ReadError): boolean =>
    names.includes(name);
const status =
  (...statuses: readonly number[]) =>
  (error: ReadError): boolean =>
    error.status !== undefined && statuses.includes(error.status);

/** Of Node.js, and of its `fetch`. */
const LOST_CODES = /^(ECONN|EPIPE$|EHOSTUNREACH$|ENETUNREACH$|ENOTFOUND$|EAI_AGAIN$|ERR_STREAM_|UND_ERR_SOCKET$)/;
const TIMEOUT_CODES = /^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/;

/** What was refused before any policy was asked: who calls is not known. */
const NOT_AUTHENTICATED: readonly KnownError[] = [
  {
    kind: 'other',
    fits: (error) =>
      named('ExpiredToken', 'ExpiredTokenException')(error) || says(/security token .*is expired/i)(error),
    cause: 'the session has expired, so that no policy was asked',
    remedy: 'run the function again: each run begins sessions of its own, as long as a run may be',
  },
  {
    kind: 'other',
    fits: named('CredentialsProviderError', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'),
    cause: 'the call carried no credentials, so that no policy was asked',
    remedy: 'run the function in Lambda with its own role; on a machine, set the credentials of a session',
  },
  {
    kind: 'other',
    fits: (error) =>
      named('RequestExpired', 'RequestTimeTooSkewed')(error) || says(/signature (expired|not yet current)/i)(error),
    cause: 'the clock of the caller is more than minutes off, so that no policy was asked',
    remedy: 'set the clock where the function runs; in Lambda, run it again',
  },
  {
    kind: 'other',
    fits: says(/credential should be scoped to a valid region/i),
    cause: 'the call was signed for another Region than it was sent to, so that no policy was asked',
    remedy: "check that AWS_REGION and the endpoint's URL name the same Region",
  },
  {
    kind: 'other',
    fits: named('InvalidClientTokenId', 'UnrecognizedClientException'),
    cause: 'AWS does not know the credentials in this Region, so that no policy was asked',
    remedy: 'check that the Region is enabled for the account and that STS gives its tokens for it, then run again',
  },
  {
    kind: 'other',
    fits: named(
      'IncompleteSignature',
      'IncompleteSignatureException',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ),
    cause: 'the signature of the call was refused, so that no policy was asked',
    remedy: 'look for a proxy that changes requests between the function and AWS',
  },
];

/** What names, statuses and codes mean by themselves. */
export const ERRORS_BY_NAME: readonly KnownError[] = [
  ...NOT_AUTHENTICATED,
  {
    kind: 'failing',
    fits: named('ModelNotReadyException'),
    cause: 'the model is not ready for inference',
    remedy: 'verify again in a few minutes',
  },
  {
    kind: 'throttled',
    fits: (error) =>
      named(
        'ThrottlingException',
        'Throttling',
        'TooManyRequestsException',
        'RequestLimitExceeded',
        'SlowDown',
      )(error) || status(429)(error),
    cause: 'the call was throttled',
    remedy: 'verify again later; if this stays, request a higher quota for the model in Service Quotas',
  },
  {
    kind: 'throttled',
    fits: (error) => status(529)(error) || named('overloaded_error', 'OverloadedException')(error),
    cause: 'the model is overloaded, which is no quota of the account',
    remedy: 'verify again in some minutes; if this stays, set a routing that spreads over more Regions',
  },
  {
    kind: 'unavailable',
    fits: named('ServiceQuotaExceededException'),
    cause: 'a quota of the account is used up',
    remedy: 'request a higher quota in Service Quotas',
  },
  {
    kind: 'failing',
    fits: (error) => named('ModelTimeoutException')(error) || status(408)(error),
    attempts: 2,
    cause: 'the model took too long to answer',
    remedy: 'verify again later; an application needs a longer timeout or fewer tokens for this model',
  },
  {
    kind: 'failing',
    fits: (error) => named('ModelErrorException', 'ModelStreamErrorException')(error) || status(424)(error),
    cause: 'the model failed while it answered',
    remedy: 'verify again; if this stays, open a case with AWS Support that names the request id',
  },
  {
    kind: 'failing',
    fits: (error) => named('ServiceUnavailableException', 'ServiceUnavailable')(error) || status(503)(error),
    cause: 'the service has no capacity for the call at the moment, which is no quota of the account',
    remedy: 'verify again later; if this stays, set a routing that spreads over more Regions',
  },
  {
    kind: 'failing',
    fits: (error) =>
      named('InternalServerException', 'InternalFailure')(error) || (error.status !== undefined && error.status >= 500),
    cause: 'the service failed',
    remedy: 'verify again later; the AWS Health Dashboard shows whether the Region has a known problem',
  },
  {
    kind: 'other',
    fits: says(/guardrail.*(does not exist|could not be found|not found)/i),
    cause: 'Bedrock knows no such guardrail or version',
    remedy: 'write the id and a published version of a guardrail of this account and Region',
  },
  {
    kind: 'other',
    fits: (error) => named('ResourceNotFoundException')(error) || status(404)(error),
    cause: 'Bedrock knows no such profile or model in this Region',
    remedy: "deploy the application's stack again, so that profile and parameter agree",
  },
  {
    kind: 'other',
    fits: named('ConflictException'),
    cause: 'something else was changing what the call names',
    remedy: 'verify again once no deployment is under way',
    passes: true,
  },
  {
    kind: 'invalid',
    fits: (error) => named('ValidationException')(error) || status(400)(error),
    cause: 'the request was refused as invalid, which says nothing about access',
    remedy: 'compare the message with the probe of this model; the request is the smallest that the model should take',
  },
  {
    kind: 'other',
    fits: ({ code = '' }) => /^(ERR_TLS_CERT_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(VERIFY|GET)_)/.test(code),
    cause: 'the certificate of the service was not accepted',
    remedy: 'look for a proxy between the function and AWS that opens encrypted connections, and let AWS pass it',
  },
  // The SDK calls a reset a TimeoutError, and adds 'Deserialization error' to the message of an answer that broke off.
  {
    kind: 'connection',
    fits: (error) =>
      LOST_CODES.test(error.code ?? '') ||
      named('AbortError')(error) ||
      says(/^aborted$|socket hang up|premature close/i)(error),
    cause: 'the connection broke before the whole answer had come',
    remedy: "verify again; if this stays, check the route from the function's subnets to the service",
  },
  {
    kind: 'connection',
    fits: ({ name, code }) => name === 'TimeoutError' || TIMEOUT_CODES.test(code ?? ''),
    cause: 'no answer came in time',
    remedy: "verify again; if this stays, check the route and the firewalls from the function's subnets to the service",
  },
  {
    kind: 'other',
    fits: says(/truncated event message/i),
    cause: 'the answer broke off, or could not be read as one of Bedrock',
    remedy: 'verify again; if this stays, look for a proxy between the function and Bedrock',
    passes: true,
  },
  {
    kind: 'other',
    fits: says(/checksum|deserialization error|unexpected (token|end of) /i),
    cause: 'what came back could not be read as an answer of Bedrock',
    remedy: 'verify again; if this stays, look for a proxy between the function and Bedrock',
  },
];
