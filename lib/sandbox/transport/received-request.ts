/** A request received over HTTP/1.1 or HTTP/2. */
export interface ReceivedRequest {
  /** Request id, which the response carries as `x-amzn-requestid`. */
  readonly id: string;
  readonly method: string;
  /** Percent-encoded path as sent, without the query. */
  readonly path: string;
  /** Decoded names and values, in the order in which they were sent. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** Values as sent, by lower-case name. Both `host` and `:authority` are always present, or neither. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}
