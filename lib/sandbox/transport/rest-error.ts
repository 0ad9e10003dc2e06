import type { AwsError } from '../aws-error';
import type { Reply } from './reply';

/** Formats an error as Bedrock's REST API does. */
export function restError({ status, code, message }: AwsError): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  };
}
