/** A way to deliver a response other than whole and at once. */
export interface Delivery {
  /**
   * False when not even the status and headers are sent.
   *
   * @default true
   */
  readonly headers?: false;
  /**
   * Size of the pieces in which the body is sent, and the pause after each.
   *
   * @default - the body is sent as fast as the client reads it
   */
  readonly pace?: { readonly bytes: number; readonly milliseconds: number };
  /**
   * Failure after the last byte: the connection is reset, closed, or left open without another byte.
   *
   * @default - the response ends normally
   */
  readonly ends?: 'reset' | 'closed' | 'silent';
}
