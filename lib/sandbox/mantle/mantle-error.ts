import type { AwsError } from '../aws-error';
import type { Reply } from '../transport/reply';

/**
 * An error as bedrock-mantle answers it, in OpenAI's form: `unverified`. AWS documents none, and people report
 * `permission_denied_error` with `access_denied` of a call that IAM refused (public bug reports, 2026).
 */
export function mantleError({ status, code, message }: AwsError): Reply {
  const [type, short] = status === 403 ? ['permission_denied_error', 'access_denied'] : ['invalid_request_error', code];
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { message, type, param: null, code: short } }),
  };
}
