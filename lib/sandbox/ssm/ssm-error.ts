import type { AwsError } from '../aws-error';
import type { Reply } from '../transport/reply';

/** An error as Systems Manager's JSON interface answers it: 400 even where access is denied. */
export function ssmError({ status, code, message }: AwsError): Reply {
  return {
    status: code === 'AccessDeniedException' ? 400 : status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: code, message }),
  };
}
