import type { Fault } from './fault';

/** A fault, and the calls it is to hit. */
export interface Injection {
  readonly fault: Fault;
  /** As it was asked for, such as `throttle:0.3`. */
  readonly label: string;
  /**
   * The share of calls it hits, above 0 and up to 1.
   *
   * @default 1
   */
  readonly rate?: number;
  /**
   * ARNs of the profiles whose calls it hits.
   *
   * @default - every call
   */
  readonly targets?: readonly string[];
}

/** How often a fault hit. */
export interface Injected {
  readonly fault: string;
  readonly does: string;
  /** The calls that it could have hit. */
  readonly calls: number;
  readonly injected: number;
}
