import type { Delivery } from './delivery';

/** What is answered to one request. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or as the frames of a stream. */
  readonly body: string | readonly Uint8Array[];
  /**
   * How it arrives.
   *
   * @default - whole and at once
   */
  readonly delivery?: Delivery;
}
