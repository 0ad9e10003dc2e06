import type { Refusal } from '../policy/refusal';

/** Kinds of policy that take part in a decision, in the order in which they are evaluated. */
export type Layer = 'identity' | 'boundary' | 'session' | 'serviceControl' | 'endpoint' | 'trust';

/** A statement that decided the request. */
export interface DecidedBy {
  readonly layer: Layer;
  readonly policy: string;
  readonly sid: string | undefined;
}

/** IAM's answer and its reason. `refused` is this evaluator's own answer: the request is neither allowed nor denied. */
export interface Decision {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'refused';
  /**
   * The layer that decided. For an explicit deny it is the layer with the deny; for an implicit deny, the first layer
   * without an allow; for an allowed request, `identity` or `trust`; for a refusal, the first layer that refused.
   */
  readonly layer: Layer;
  /** The matching deny, or the matching allows (one per layer). Empty for an implicit deny and for a refusal. */
  readonly decidedBy: readonly DecidedBy[];
  /** Reasons why the evaluator refuses to decide. Empty unless the decision is `refused`. */
  readonly refusals: readonly Refusal[];
}
