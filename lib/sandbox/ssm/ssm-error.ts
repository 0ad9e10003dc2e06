import type { AwsError } from '../aws-error';
import type { Reply } from '../transport/reply';

/** Formats an error as Systems Manager's JSON API does. Its status is 400 even when access is denied. */
export function ssmError({ status, code, message }: AwsError): Reply {
  return {
    status: code === 'AccessDeniedException' ? 400 : status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: code, message }),
  };
}
