import type { Reply } from '../transport/reply';

/** The operations that a fault can hit. */
export const FAULTED_OPERATIONS = ['Converse', 'ConverseStream', 'InvokeModel'] as const;

export type FaultedOperation = (typeof FAULTED_OPERATIONS)[number];

/** A call that IAM allowed. */
export interface FaultedCall {
  readonly operation: FaultedOperation;
  /** What was called, as the client wrote it. */
  readonly target: string;
  /** ARN of the session or user that called. */
  readonly caller: string;
  readonly body: Uint8Array;
}

/** Something that goes wrong, as a client meets it. */
export interface Fault {
  readonly name: string;
  /** What it does, as a sentence without its subject: `answers 429 ThrottlingException`. */
  readonly does: string;
  /**
   * The operations it has a meaning for.
   *
   * @default - every one
   */
  readonly on?: readonly FaultedOperation[];
  /**
   * Whether it hits the first only: of equal calls, or of the calls of one session.
   *
   * @default - every one
   */
  readonly first?: 'call' | 'session';
  /**
   * Whether it answers in the model's place. Of those that strike, the first that was named answers alone.
   *
   * @default false - it changes the model's answer on its way, and several may
   */
  readonly instead?: true;
  /** What the client gets, made of what it would have got. */
  readonly play: (answer: Reply, call: FaultedCall) => Reply;
}
