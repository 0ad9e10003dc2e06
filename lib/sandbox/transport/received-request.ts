/** A request as it came over the wire, by HTTP/1.1 or HTTP/2. */
export interface ReceivedRequest {
  /** Given by the sandbox and answered as `x-amzn-requestid`. */
  readonly id: string;
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Decoded names and values, in the order sent. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** Values as sent, by lower-case name; both `host` and `:authority` say where the request was sent. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}
