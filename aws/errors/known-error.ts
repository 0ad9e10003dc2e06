import type { ReadError } from './read-error';

/**
 * What an error is, for the verdict and for the retry:
 * `denied` by IAM; `throttled`; `failing`, the service or the model for now; `unavailable` until somebody does
 * something; `connection`, no whole answer arrived; `invalid`, the request itself was refused; `other`.
 */
export type ErrorKind = 'denied' | 'throttled' | 'failing' | 'unavailable' | 'connection' | 'invalid' | 'other';

/** An error that is known by what it says. Of several that fit, the first counts. */
export interface KnownError {
  readonly kind: ErrorKind;
  readonly fits: (error: ReadError) => boolean;
  readonly cause: string;
  readonly remedy: string;
  /**
   * Whether the same call may succeed later though nobody does anything.
   *
   * @default - as its kind: throttling, a failing service and a lost connection pass
   */
  readonly passes?: true;
  /**
   * How often the same call is made at most.
   *
   * @default - as its kind
   */
  readonly attempts?: number;
}
