import type { Guardrail } from '../../aliases/alias';
import type { ServiceTier } from '../../aliases/service-tiers';

/** An exchange with a model other than one short text. It takes one or several requests. */
export type Exchange =
  | { readonly kind: 'system' | 'turns' | 'image' | 'document' }
  | { readonly kind: 'sampling'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'tools'; readonly forced: boolean }
  /** `tokens` is the minimum length of a prefix that a cache point stores. */
  | { readonly kind: 'cache'; readonly tokens: number };

/** One call to Bedrock. `CreateInference` is a call to its second endpoint, bedrock-mantle. */
export interface Call {
  readonly operation: 'Converse' | 'ConverseStream' | 'InvokeModel' | 'CreateInference';
  /** Value of the parameter `modelId`: an ARN, or the id of a model or a system-defined profile. */
  readonly target: string;
  /** The model behind the target. It determines the form of the body of InvokeModel. */
  readonly modelId: string;
  readonly guardrail?: Guardrail;
  /**
   * Service tier that a call with Converse names.
   *
   * @default - none
   */
  readonly tier?: ServiceTier;
  /**
   * Exchange of the call with Converse.
   *
   * @default - one short text
   */
  readonly exchange?: Exchange;
  /**
   * Length that the vector in the answer must have.
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
   * @default - the call is signed
   */
  readonly bearer?: true;
}

/** Bedrock's answer to a call. */
export interface Reply {
  readonly requestId?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Length of the vector in the answer of an embedding model. */
  readonly vectorLength?: number;
  readonly firstTokenMilliseconds?: number;
  /** True if the answer contains nothing that a model returns, so it is no proof that a model answered. */
  readonly nothing?: true;
  /** The reason why the answer is not usable, such as a stream that was cut off: the SDK reports no error for that. */
  readonly flaw?: string;
  /**
   * The next step.
   *
   * @default - the step for an answer that was changed or lost on its way
   */
  readonly remedy?: string;
  /** True if the same call may succeed later without any action, as after a stream that was cut off. */
  readonly passes?: true;
  /** Error of the request that was refused, if the call took several requests and `flaw` gives the cause. */
  readonly error?: { readonly name: string; readonly status?: number; readonly message: string };
}

/** Makes one attempt at a call. Rejects with the error that the SDK throws. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Reply>;

/** The session of an assumed role. */
export interface Session {
  readonly send: Send;
}
