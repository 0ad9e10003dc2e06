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

/** The result of an STS operation. */
export function stsReply(operation: string, result: XmlElements, requestId: string): Reply {
  return reply(200, `${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
}

/** STS names what the other services name differently. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ValidationException: 'ValidationError',
};

/** An error as STS's query interface answers it. */
export function stsError({ status, code, message }: AwsError, requestId: string): Reply {
  return reply(status, 'ErrorResponse', {
    Error: { Type: 'Sender', Code: CODES[code] ?? code, Message: message },
    RequestId: requestId,
  });
}
