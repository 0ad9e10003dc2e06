import type { Reply } from '../transport/reply';

/** The operations that faults can be injected into. */
export const FAULTED_OPERATIONS = ['Converse', 'ConverseStream', 'InvokeModel'] as const;

export type FaultedOperation = (typeof FAULTED_OPERATIONS)[number];

/** A call that IAM allowed, so that faults can be injected into it. */
export interface FaultedCall {
  readonly operation: FaultedOperation;
  /** Resource that was called, as the client wrote it. */
  readonly target: string;
  /** ARN of the calling session or user. */
  readonly caller: string;
  readonly body: Uint8Array;
}

/** A failure that a client can experience. */
export interface Fault {
  readonly name: string;
  /** Effect of the fault, as a sentence without its subject: `answers 429 ThrottlingException`. */
  readonly does: string;
  /**
   * Operations that the fault can be injected into.
   *
   * @default - all of them
   */
  readonly operations?: readonly FaultedOperation[];
  /**
   * Limits the fault to the first of equal calls, or to the first call of each session.
   *
   * @default - the fault hits every call
   */
  readonly onlyFirst?: 'call' | 'session';
  /**
   * True when the fault answers in place of the model. When several such faults hit a call, only the first one answers.
   *
   * @default false - the fault changes the model's answer, and several such faults may change the same answer
   */
  readonly replacesAnswer?: true;
  /** Turns the answer that the client would have received into the one it receives. */
  readonly change: (answer: Reply, call: FaultedCall) => Reply;
}
