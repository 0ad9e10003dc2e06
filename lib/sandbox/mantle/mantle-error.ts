import type { AwsError } from '../aws-error';
import type { Reply } from '../transport/reply';

/**
 * Formats an error in OpenAI's form, as bedrock-mantle does: `unverified`, because AWS documents no form. For a call
 * that IAM denied, users report `permission_denied_error` with `access_denied` (public bug reports, 2026).
 */
export function mantleError({ status, code, message }: AwsError): Reply {
  const [type, short] = status === 403 ? ['permission_denied_error', 'access_denied'] : ['invalid_request_error', code];
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { message, type, param: null, code: short } }),
  };
}
