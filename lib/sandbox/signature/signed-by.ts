import type { Caller } from '../caller';

/** Who sent a request, and to the endpoint of which Region. */
export interface SignedBy {
  readonly caller: Caller;
  readonly region: string;
  /**
   * True where a bearer token stood in place of a signature.
   *
   * @default - signed
   */
  readonly bearer?: true;
}
