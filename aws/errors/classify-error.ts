import { ERRORS_BY_MESSAGE } from './errors-by-message';
import { ERRORS_BY_NAME } from './errors-by-name';
import { iamDenial } from './iam-denial';
import type { ErrorKind } from './known-error';
import { type ReadError, readError } from './read-error';

/** An error with its kind, its cause and one next step. */
export interface ClassifiedError {
  readonly kind: ErrorKind;
  readonly error: ReadError;
  readonly cause: string;
  readonly remedy: string;
  /** True when the same call may succeed later without any action. */
  readonly passes: boolean;
  /**
   * Maximum number of attempts at the same call.
   *
   * @default - the number for its kind
   */
  readonly attempts?: number;
  readonly deniedAction?: string;
  readonly deniedArn?: string;
}

const PASSING: readonly ErrorKind[] = ['throttled', 'failing', 'connection'];

/** Names of a denial: the first is that of Bedrock and of the JSON protocols, the second that of STS. */
const DENIALS = ['AccessDeniedException', 'AccessDenied'];

/**
 * Determines the kind of an error, its cause and the next step.
 *
 * An error with status 403 is a denial only if it has the name of one and its message does not give another cause than
 * IAM, such as a missing Marketplace subscription. A denial that names a `bedrock:` or `sts:` action always comes from
 * IAM, even if a name in its ARN matches one of the other messages.
 */
export function classifyError(thrown: unknown): ClassifiedError {
  const error = readError(thrown);
  const denied = error.status === 403 && DENIALS.includes(error.name);
  const denial = denied ? iamDenial(error.fullMessage) : undefined;
  if (denial !== undefined && !denial.deniedAction.startsWith('aws-marketplace:')) {
    return { kind: 'denied', error, passes: false, ...denial };
  }
  const known = [...ERRORS_BY_MESSAGE, ...ERRORS_BY_NAME].find(({ fits }) => fits(error));
  if (known !== undefined) {
    const { kind, cause, remedy, passes = PASSING.includes(kind), attempts } = known;
    return { kind, error, cause, remedy, passes, ...(attempts !== undefined && { attempts }) };
  }
  return denied
    ? {
        kind: 'denied',
        error,
        passes: false,
        cause: 'access was denied, but the message does not name the action',
        remedy: "compare the policies of the role with the application's stack, and deploy it again",
      }
    : {
        kind: 'other',
        error,
        passes: false,
        cause: 'the call failed for a reason that is not about access',
        remedy: 'verify again; if the error persists, look the message up in the Bedrock User Guide',
      };
}
