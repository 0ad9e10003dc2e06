import type { Caller } from '../caller';

/** The authenticated caller of a request, and the Region that the request was sent to. */
export interface SignedBy {
  readonly caller: Caller;
  readonly region: string;
  /**
   * True when the request carried a bearer token instead of a signature.
   *
   * @default - the request is signed
   */
  readonly bearer?: true;
}
