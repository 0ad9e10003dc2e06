import { boundedText } from '../../../aws/bounded-text';
import { iamDenial } from '../../../aws/errors/iam-denial';
import type { CallProblem } from './routing-latency';

/** Reason why a call gave no complete answer, and whether a retry could succeed. */
export interface CallFailure {
  readonly problem: CallProblem;
  /** True when Bedrock throttled the call. */
  readonly throttled: boolean;
  /** True when the same call will fail in the same way until somebody changes something. */
  readonly lasting: boolean;
}

/** Maximum length of AWS's own words, in characters. Those of an IAM denial are longer and name the policy at their end. */
const SHOWN = 200;
const SHOWN_DENIAL = 500;

/**
 * HTTP statuses of 400 to 499 that the next call may not get: 408 (model too slow), 424 (model failed), 429
 * (throttled).
 */
const TRANSIENT_STATUSES = [408, 424, 429];

/** Reads the error that a call to Bedrock threw. */
export function readCallFailure(error: unknown): CallFailure {
  const { name, message, status } = readError(error);
  const text = message.replace(/\s+/g, ' ').trim();
  const { deniedAction, deniedArn } = (status === 403 ? iamDenial(text) : undefined) ?? {};
  // When a signature does not match, AWS quotes the request with its session token, so that the text must not be shown.
  const parts = /Signature/.test(name) ? [name] : name === 'Error' ? [text] : [name, text];
  return {
    problem: {
      message: parts.map((part) => boundedText(part, deniedAction === undefined ? SHOWN : SHOWN_DENIAL)).join(': '),
      ...(deniedAction !== undefined && { deniedAction }),
      ...(deniedArn !== undefined && { deniedArn }),
    },
    throttled: status === 429 || /^Throttl|TooManyRequests/.test(name),
    lasting: status !== undefined && status >= 400 && status < 500 && !TRANSIENT_STATUSES.includes(status),
  };
}

function readError(error: unknown): { readonly name: string; readonly message: string; readonly status?: number } {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error) };
  }
  const { name, message, code, $metadata } = error as Error & {
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return { name, message: message || code || name, ...(status !== undefined && { status }) };
}
