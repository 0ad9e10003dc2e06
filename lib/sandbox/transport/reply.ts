import type { Delivery } from './delivery';

/** The response to one request. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Body as one text, or the frames of a stream. */
  readonly body: string | readonly Uint8Array[];
  /**
   * Way in which the response is delivered.
   *
   * @default - whole and at once
   */
  readonly delivery?: Delivery;
}
