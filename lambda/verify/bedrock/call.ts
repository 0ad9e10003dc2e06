import type { Guardrail } from '../../aliases/alias';

/** What is said to a model, beside the shortest text. Each is one exchange: of one request, or of a few. */
export type Exchange =
  | { readonly kind: 'system' | 'turns' | 'image' | 'document' }
  | { readonly kind: 'sampling'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'tools'; readonly forced: boolean }
  /** `tokens`: shortest prefix that a cache point keeps. */
  | { readonly kind: 'cache'; readonly tokens: number };

/** One call to Bedrock. `CreateInference` is one of its second endpoint, bedrock-mantle. */
export interface Call {
  readonly operation: 'Converse' | 'ConverseStream' | 'InvokeModel' | 'CreateInference';
  /** What is passed as `modelId`: an ARN, a model's id or a system-defined profile's id. */
  readonly target: string;
  /** The model behind the target; it decides what the body of InvokeModel looks like. */
  readonly modelId: string;
  readonly guardrail?: Guardrail;
  /**
   * What Converse is asked.
   *
   * @default - one short text
   */
  readonly exchange?: Exchange;
  /**
   * Length of the vector that the model must answer.
   *
   * @default - any
   */
  readonly vectorLength?: number;
  /**
   * Region whose endpoint is called.
   *
   * @default - the function's own
   */
  readonly region?: string;
  /**
   * True for a call with a bearer token instead of a signature.
   *
   * @default - signed
   */
  readonly bearer?: true;
}

/** A call that Bedrock answered. */
export interface Reply {
  readonly requestId?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Length of the vector that an embedding model answered. */
  readonly vectorLength?: number;
  readonly firstTokenMilliseconds?: number;
  /** Present where the answer holds nothing that a model would say: no proof that it was one. */
  readonly nothing?: true;
  /** What keeps the answer from being a whole one: the SDK reports no error for a stream that was cut. */
  readonly flaw?: string;
  /**
   * The one next step.
   *
   * @default - the one for an answer that was changed or lost on its way
   */
  readonly remedy?: string;
  /** Present where the same call may be answered without the flaw though nobody does anything: a stream that broke off. */
  readonly passes?: true;
  /** Of several requests, the error of the one that was refused, where the others say why. */
  readonly error?: { readonly name: string; readonly status?: number; readonly message: string };
}

/** Makes one call, once; rejects with what the SDK throws. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Reply>;

/** The session of a role. */
export interface Session {
  readonly send: Send;
}
