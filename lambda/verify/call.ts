/** A guardrail and the version of it that a call names. */
export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

/** One call to Bedrock. */
export interface Call {
  readonly operation: 'Converse' | 'ConverseStream' | 'InvokeModel';
  /** What is passed as `modelId`: an ARN, a model's id or a system-defined profile's id. */
  readonly target: string;
  /** The model behind the target; it decides what the body of InvokeModel looks like. */
  readonly modelId: string;
  readonly guardrail?: Guardrail;
}

/** A call that Bedrock answered. */
export interface Reply {
  readonly requestId?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly firstTokenMilliseconds?: number;
  /** What keeps the answer from being a whole one: the SDK reports no error for a stream that was cut. */
  readonly flaw?: string;
  /** Present where the answer broke off, as a lost connection does: the next may be whole. */
  readonly cut?: true;
}

/** Makes one call, once; rejects with what the SDK throws. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Reply>;

/** The session of a role. */
export interface Session {
  readonly send: Send;
  close(): void;
}
