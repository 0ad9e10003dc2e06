import type { LatencyProbe } from '../../plan/environment/latency-probes';

/** Number of calls of each routing that are timed, after a warm-up call that is not. */
export const LATENCY_SAMPLES = 5;

/** Times of one complete answer, in milliseconds since the call was sent. */
export interface LatencySample {
  readonly firstTokenMilliseconds: number;
  /** Time to the end of the answer. */
  readonly milliseconds: number;
}

/** Reason why a call gave no complete answer. */
export interface CallProblem {
  readonly message: string;
  /**
   * IAM action that was denied.
   *
   * @default - IAM did not deny the call
   */
  readonly deniedAction?: string;
  /** ARN of the resource that it was denied on. */
  readonly deniedArn?: string;
}

/** Measurements of one routing. */
export interface RoutingLatency extends LatencyProbe {
  readonly samples: readonly LatencySample[];
  /** Input tokens of all complete answers, including that of the warm-up call. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Number of throttled attempts, including those whose retry succeeded. */
  readonly throttles: number;
  /**
   * Reason why the last failed call gave no complete answer.
   *
   * @default - every call gave one
   */
  readonly problem?: CallProblem;
}
