/** Limits on the size and duration of one client's requests. */
export interface Limits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** Time for all headers to arrive. */
  readonly headersMilliseconds: number;
  /** Time for the whole request to arrive. */
  readonly requestMilliseconds: number;
  /** Time after which a connection without a request, or a client that stops reading, is dropped. */
  readonly idleMilliseconds: number;
}

export const LIMITS: Limits = {
  bodyBytes: 25 * 1024 * 1024,
  headerBytes: 32 * 1024,
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  idleMilliseconds: 60_000,
};
