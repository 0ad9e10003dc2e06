import { ERRORS_BY_MESSAGE } from './errors-by-message';
import { ERRORS_BY_NAME } from './errors-by-name';
import { iamDenial } from './iam-denial';
import type { ErrorKind } from './known-error';
import { type ReadError, readError } from './read-error';

/** An error, what it is, why it came and the one next step. */
export interface ClassifiedError {
  readonly kind: ErrorKind;
  readonly error: ReadError;
  readonly cause: string;
  readonly remedy: string;
  /** Whether the same call may succeed later though nobody does anything. */
  readonly passes: boolean;
  /**
   * How often the same call is made at most.
   *
   * @default - as its kind
   */
  readonly attempts?: number;
  readonly deniedAction?: string;
  readonly deniedArn?: string;
}

const PASSING: readonly ErrorKind[] = ['throttled', 'failing', 'connection'];

/** Bedrock's and the JSON protocols' name, and the one STS uses. */
const DENIALS = ['AccessDeniedException', 'AccessDenied'];

/**
 * Says what an error is.
 *
 * A 403 is a denial only where it is named one, and where its text does not say that something else than IAM refused,
 * such as a Marketplace subscription that is missing. A denial that names a `bedrock:` or `sts:` action is IAM's,
 * whatever words the names in its ARNs hold.
 */
export function classifyError(thrown: unknown): ClassifiedError {
  const error = readError(thrown);
  const refused = error.status === 403 && DENIALS.includes(error.name);
  const denial = refused ? iamDenial(error.said) : undefined;
  if (denial !== undefined && !denial.deniedAction.startsWith('aws-marketplace:')) {
    return { kind: 'denied', error, passes: false, ...denial };
  }
  const known = [...ERRORS_BY_MESSAGE, ...ERRORS_BY_NAME].find(({ fits }) => fits(error));
  if (known !== undefined) {
    const { kind, cause, remedy, passes = PASSING.includes(kind), attempts } = known;
    return { kind, error, cause, remedy, passes, ...(attempts !== undefined && { attempts }) };
  }
  return refused
    ? {
        kind: 'denied',
        error,
        passes: false,
        cause: 'access was refused without saying on what',
        remedy: "compare the policies of the role with the application's stack, and deploy it again",
      }
    : {
        kind: 'other',
        error,
        passes: false,
        cause: 'an error that says nothing about access',
        remedy: 'verify again; if this stays, look the message up in the Bedrock User Guide',
      };
}
