import { iamDenial } from '../../../aws/errors/iam-denial';
import type { CallProblem } from './routing-latency';

/** A call without a whole answer: what to say of it, and what is to be done. */
export interface CallFailure {
  readonly problem: CallProblem;
  /** Whether the model was called too often for now. */
  readonly throttled: boolean;
  /** Whether the same call will fail the same way until somebody acts. */
  readonly lasting: boolean;
}

/** Longest text of AWS that is shown. */
const LONGEST_MESSAGE = 500;

/** Answers of the 400s that the next call need not get: a model that was slow, one that failed, one called too often. */
const PASSING_STATUSES = [408, 424, 429];

/** Reads what a call to Bedrock threw. */
export function readCallFailure(error: unknown): CallFailure {
  const { name, message, status } = thrown(error);
  const said = message.replace(/\s+/g, ' ').trim();
  const { deniedAction, deniedArn } = (status === 403 ? iamDenial(said) : undefined) ?? {};
  // AWS quotes the request with its session token when a signature does not match.
  const told = /Signature/.test(name) ? [name] : name === 'Error' ? [said] : [name, said];
  return {
    problem: {
      message: told.map((text) => text.slice(0, LONGEST_MESSAGE)).join(': '),
      ...(deniedAction !== undefined && { deniedAction }),
      ...(deniedArn !== undefined && { deniedArn }),
    },
    throttled: status === 429 || /^Throttl|TooManyRequests/.test(name),
    lasting: status !== undefined && status >= 400 && status < 500 && !PASSING_STATUSES.includes(status),
  };
}

function thrown(error: unknown): { readonly name: string; readonly message: string; readonly status?: number } {
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
