/** How much, and for how long, the sandbox listens to one client. */
export interface Limits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly headersMilliseconds: number;
  readonly requestMilliseconds: number;
  /** A connection without a request, or a reader that takes nothing, is dropped after this long. */
  readonly idleMilliseconds: number;
}

export const LIMITS: Limits = {
  bodyBytes: 25 * 1024 * 1024,
  headerBytes: 32 * 1024,
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  idleMilliseconds: 60_000,
};
