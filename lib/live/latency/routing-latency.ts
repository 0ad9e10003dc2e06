import type { LatencyProbe } from '../../plan/environment/latency-probes';

/** How many whole answers of each routing are timed, after one that is not. */
export const LATENCY_SAMPLES = 5;

/** One whole answer: milliseconds from the sending of the call. */
export interface LatencySample {
  readonly firstTokenMilliseconds: number;
  readonly milliseconds: number;
}

/** Why a call gave no whole answer. */
export interface CallProblem {
  readonly message: string;
  /** Present when IAM refused the call. */
  readonly deniedAction?: string;
  readonly deniedArn?: string;
}

/** What was measured of one routing. */
export interface RoutingLatency extends LatencyProbe {
  readonly samples: readonly LatencySample[];
  /** Of all whole answers, that of the warm-up included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How often a call was throttled, whether or not it was answered when tried again. */
  readonly throttles: number;
  /**
   * Why the last call without a whole answer had none.
   *
   * @default - every call had one
   */
  readonly problem?: CallProblem;
}
