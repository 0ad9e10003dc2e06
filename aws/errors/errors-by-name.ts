import type { KnownError } from './known-error';
import { messageMatches } from './message-matches';
import type { ReadError } from './read-error';

const hasName =
  (...names: readonly string[]) =>
  ({ name }: ReadError): boolean =>
    names.includes(name);
const hasStatus =
  (...statuses: readonly number[]) =>
  (error: ReadError): boolean =>
    error.status !== undefined && statuses.includes(error.status);

/** Codes of Node.js and of its `fetch` for a lost connection. */
const LOST_CODES = /^(ECONN|EPIPE$|EHOSTUNREACH$|ENETUNREACH$|ENOTFOUND$|EAI_AGAIN$|ERR_STREAM_|UND_ERR_SOCKET$)/;
const TIMEOUT_CODES = /^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/;

/** Errors of calls that were not authenticated. AWS refuses such a call before it evaluates any policy. */
const NOT_AUTHENTICATED: readonly KnownError[] = [
  {
    kind: 'other',
    fits: (error) =>
      hasName('ExpiredToken', 'ExpiredTokenException')(error) || messageMatches(/security token .*is expired/i)(error),
    cause: 'the session has expired, so no policy was evaluated',
    remedy: 'run the function again: each run starts new sessions, which last as long as the longest run',
  },
  {
    kind: 'other',
    fits: hasName('CredentialsProviderError', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'),
    cause: 'the call carried no credentials, so no policy was evaluated',
    remedy: 'run the function in Lambda with its own role; on a machine, set the credentials of a session',
  },
  {
    kind: 'other',
    fits: (error) =>
      hasName('RequestExpired', 'RequestTimeTooSkewed')(error) ||
      messageMatches(/signature (expired|not yet current)/i)(error),
    cause: 'the clock of the caller is several minutes off, so no policy was evaluated',
    remedy: 'set the clock where the function runs; in Lambda, run it again',
  },
  {
    kind: 'other',
    fits: messageMatches(/credential should be scoped to a valid region/i),
    cause: 'the call was signed for another Region than it was sent to, so no policy was evaluated',
    remedy: "check that AWS_REGION and the endpoint's URL name the same Region",
  },
  {
    kind: 'other',
    fits: hasName('InvalidClientTokenId', 'UnrecognizedClientException'),
    cause: 'AWS does not know the credentials in this Region, so no policy was evaluated',
    remedy: 'check that the Region is enabled for the account and that STS issues tokens for it, then run again',
  },
  {
    kind: 'other',
    fits: hasName(
      'IncompleteSignature',
      'IncompleteSignatureException',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ),
    cause: 'the signature of the call was refused, so no policy was evaluated',
    remedy: 'look for a proxy that changes requests between the function and AWS',
  },
];

/** Errors that are recognized by their name, their status or their code. */
export const ERRORS_BY_NAME: readonly KnownError[] = [
  ...NOT_AUTHENTICATED,
  {
    kind: 'failing',
    fits: hasName('ModelNotReadyException'),
    cause: 'the model is not ready for inference',
    remedy: 'verify again in a few minutes',
  },
  {
    kind: 'throttled',
    fits: (error) =>
      hasName(
        'ThrottlingException',
        'Throttling',
        'TooManyRequestsException',
        'RequestLimitExceeded',
        'SlowDown',
      )(error) || hasStatus(429)(error),
    cause: 'the call was throttled',
    remedy: 'verify again later; if the error persists, request a higher quota for the model in Service Quotas',
  },
  {
    kind: 'throttled',
    fits: (error) => hasStatus(529)(error) || hasName('overloaded_error', 'OverloadedException')(error),
    cause: 'the model is overloaded; no quota of the account is involved',
    remedy: 'verify again in a few minutes; if the error persists, set a routing that spreads over more Regions',
  },
  {
    kind: 'unavailable',
    fits: hasName('ServiceQuotaExceededException'),
    cause: 'a quota of the account is used up',
    remedy: 'request a higher quota in Service Quotas',
  },
  {
    kind: 'failing',
    fits: (error) => hasName('ModelTimeoutException')(error) || hasStatus(408)(error),
    attempts: 2,
    cause: 'the model took too long to answer',
    remedy: 'verify again later; an application needs a longer timeout or fewer tokens for this model',
  },
  {
    kind: 'failing',
    fits: (error) => hasName('ModelErrorException', 'ModelStreamErrorException')(error) || hasStatus(424)(error),
    cause: 'the model failed while it was answering',
    remedy: 'verify again; if the error persists, open a case with AWS Support that names the request id',
  },
  {
    kind: 'failing',
    fits: (error) => hasName('ServiceUnavailableException', 'ServiceUnavailable')(error) || hasStatus(503)(error),
    cause: 'the service has no capacity for the call at the moment; no quota of the account is involved',
    remedy: 'verify again later; if the error persists, set a routing that spreads over more Regions',
  },
  {
    kind: 'failing',
    fits: (error) =>
      hasName('InternalServerException', 'InternalFailure')(error) ||
      (error.status !== undefined && error.status >= 500),
    cause: 'the service failed',
    remedy: 'verify again later; the AWS Health Dashboard shows whether the Region has a known problem',
  },
  {
    kind: 'other',
    fits: messageMatches(/guardrail.*(does not exist|could not be found|not found)/i),
    cause: 'Bedrock has no such guardrail or version',
    remedy: 'enter the id and a published version of a guardrail in this account and Region',
  },
  {
    kind: 'other',
    fits: (error) => hasName('ResourceNotFoundException')(error) || hasStatus(404)(error),
    cause: 'Bedrock has no such profile or model in this Region',
    remedy: "deploy the application's stack again, so that profile and parameter agree",
  },
  {
    kind: 'other',
    fits: hasName('ConflictException'),
    cause: 'another change to the same resource was in progress',
    remedy: 'verify again when no deployment is running',
    passes: true,
  },
  {
    kind: 'invalid',
    fits: (error) => hasName('ValidationException')(error) || hasStatus(400)(error),
    cause: 'the request was refused as invalid, which shows nothing about access',
    remedy: 'compare the message with the probe of this model, whose request is the smallest that it should accept',
  },
  {
    kind: 'other',
    fits: ({ code = '' }) => /^(ERR_TLS_CERT_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(VERIFY|GET)_)/.test(code),
    cause: 'the certificate of the service was not accepted',
    remedy: 'look for a proxy between the function and AWS that decrypts connections, and exempt AWS from it',
  },
  // The SDK names a reset connection TimeoutError, and adds 'Deserialization error' to the message of a cut-off answer.
  {
    kind: 'connection',
    fits: (error) =>
      LOST_CODES.test(error.code ?? '') ||
      hasName('AbortError')(error) ||
      messageMatches(/^aborted$|socket hang up|premature close/i)(error),
    cause: 'the connection broke before the whole answer had arrived',
    remedy: "verify again; if the error persists, check the route from the function's subnets to the service",
  },
  {
    kind: 'connection',
    fits: ({ name, code }) => name === 'TimeoutError' || TIMEOUT_CODES.test(code ?? ''),
    cause: 'no answer arrived in time',
    remedy:
      "verify again; if the error persists, check the route and the firewalls from the function's subnets to the service",
  },
  {
    kind: 'other',
    fits: messageMatches(/truncated event message/i),
    cause: 'the answer was cut off, or is not an answer of Bedrock',
    remedy: 'verify again; if the error persists, look for a proxy between the function and Bedrock',
    passes: true,
  },
  {
    kind: 'other',
    fits: messageMatches(/checksum|deserialization error|unexpected (token|end of) /i),
    cause: 'the answer could not be read as one from Bedrock',
    remedy: 'verify again; if the error persists, look for a proxy between the function and Bedrock',
  },
];
