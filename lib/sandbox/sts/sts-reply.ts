import type { AwsError } from '../aws-error';
import type { Reply } from '../transport/reply';
import { type XmlElements, xml } from './xml';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

function reply(status: number, root: string, elements: XmlElements): Reply {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<${root} xmlns="${NAMESPACE}">${xml(elements)}</${root}>`,
  };
}

/** Formats the result of an STS operation. */
export function stsReply(operation: string, result: XmlElements, requestId: string): Reply {
  return reply(200, `${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
}

/** STS's own error codes, by the codes of the other services. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ValidationException: 'ValidationError',
};

/** Formats an error as STS's query API does. */
export function stsError({ status, code, message }: AwsError, requestId: string): Reply {
  return reply(status, 'ErrorResponse', {
    Error: { Type: 'Sender', Code: CODES[code] ?? code, Message: message },
    RequestId: requestId,
  });
}
