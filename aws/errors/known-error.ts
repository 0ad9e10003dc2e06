import type { ReadError } from './read-error';

/**
 * Kind of an error. The verdict and the retry depend on it:
 * `denied`: IAM denied the call; `throttled`; `failing`: the service or the model fails for now; `unavailable`:
 * somebody has to act first; `connection`: no whole answer arrived; `invalid`: the request itself was refused; `other`.
 */
export type ErrorKind = 'denied' | 'throttled' | 'failing' | 'unavailable' | 'connection' | 'invalid' | 'other';

/** A known error. The first one in a list that fits an error applies. */
export interface KnownError {
  readonly kind: ErrorKind;
  readonly fits: (error: ReadError) => boolean;
  readonly cause: string;
  readonly remedy: string;
  /**
   * True when the same call may succeed later without any action.
   *
   * @default - decided by its kind: true for `throttled`, `failing` and `connection`
   */
  readonly passes?: true;
  /**
   * Maximum number of attempts at the same call.
   *
   * @default - the number for its kind
   */
  readonly attempts?: number;
}
