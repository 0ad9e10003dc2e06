import type { Fault } from './fault';

/** A fault and the calls that it is injected into. */
export interface Injection {
  readonly fault: Fault;
  /** The fault as the user requested it, such as `throttle:0.3`. */
  readonly label: string;
  /**
   * Share of calls that the fault hits, above 0 and up to 1.
   *
   * @default 1
   */
  readonly rate?: number;
  /**
   * ARNs of the profiles whose calls the fault hits.
   *
   * @default - calls to every profile
   */
  readonly targets?: readonly string[];
}

/** Number of times that a fault was injected. */
export interface InjectionCount {
  readonly fault: string;
  readonly does: string;
  /** Number of calls that the fault could have hit. */
  readonly calls: number;
  readonly injected: number;
}
