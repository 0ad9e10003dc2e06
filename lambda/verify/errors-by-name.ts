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
const NETWORK_CODES =
  /^(ECONN|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$|ENETUNREACH$|ENOTFOUND$|EAI_AGAIN$|ERR_HTTP2_|ERR_STREAM_|UND_ERR_SOCKET$|UND_ERR_\w+_TIMEOUT$)/;

const SIGNATURE_REFUSED: KnownError = {
  kind: 'other',
  fits: named(
    'CredentialsProviderError',
    'ExpiredToken',
    'ExpiredTokenException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ),
  cause: 'the credentials or the signature of the call were refused, so that no policy was asked',
  remedy: 'run the function again; if this stays, check its clock, its Region and whether STS is active in it',
};

/** What names, statuses and codes mean by themselves. */
export const ERRORS_BY_NAME: readonly KnownError[] = [
  SIGNATURE_REFUSED,
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
    cause: 'the model is overloaded',
    remedy: 'verify again later',
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
    cause: 'the model took too long to answer',
    remedy: 'verify again later',
  },
  {
    kind: 'failing',
    fits: (error) => named('ModelErrorException', 'ModelStreamErrorException')(error) || status(424)(error),
    cause: 'the model failed while it answered',
    remedy: 'verify again later',
  },
  {
    kind: 'failing',
    fits: (error) =>
      named('InternalServerException', 'InternalFailure', 'ServiceUnavailableException', 'ServiceUnavailable')(error) ||
      (error.status !== undefined && error.status >= 500),
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
    fits: (error) => named('ValidationException')(error) || status(400)(error),
    cause: 'the request was refused as invalid, which says nothing about access',
    remedy: 'compare the message with the probe of this model; the request is the smallest that the model should take',
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
  {
    kind: 'connection',
    fits: ({ name, code }) => name === 'TimeoutError' || code === 'ETIMEDOUT',
    cause: 'no answer came in time',
    remedy: "verify again; if this stays, check the route from the function's subnets to the service",
  },
  {
    kind: 'connection',
    fits: (error) =>
      NETWORK_CODES.test(error.code ?? '') ||
      named('AbortError')(error) ||
      says(/^aborted$|abnormally aborted|did not get a response|socket hang up|premature close|^Frame type id /i)(
        error,
      ),
    cause: 'the connection broke before the whole answer had come',
    remedy: "verify again; if this stays, check the route from the function's subnets to the service",
  },
];
