/** How an answer arrives where that is not whole and at once. */
export interface Delivery {
  /**
   * Whether status and headers are sent.
   *
   * @default true
   */
  readonly headers?: false;
  /**
   * The body comes in pieces of so many bytes with a pause after each.
   *
   * @default - as fast as the client takes it
   */
  readonly pace?: { readonly bytes: number; readonly milliseconds: number };
  /**
   * What follows what was sent: the connection is reset, closed, or left open without a byte more.
   *
   * @default - the end of the answer
   */
  readonly ends?: 'reset' | 'closed' | 'silent';
}
