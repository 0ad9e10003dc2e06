import type { Refusal } from '../policy/refusal';

/** The kinds of policy that decide about a request, in the order in which they are asked. */
export type Layer = 'identity' | 'boundary' | 'session' | 'serviceControl' | 'endpoint' | 'trust';

/** A statement that decided. */
export interface DecidedBy {
  readonly layer: Layer;
  readonly policy: string;
  readonly sid: string | undefined;
}

/** The answer of IAM, with its reason. `refused` is this evaluator's own: it is neither an allow nor a deny. */
export interface Decision {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'refused';
  /**
   * The layer that decided: of an explicit deny the layer with the deny; of an implicit deny the first
   * layer without an allow; of allowed `identity` or `trust`; of a refusal the first layer with one.
   */
  readonly layer: Layer;
  /** The matching deny, or the matching allows (one per layer); empty for an implicit deny. */
  readonly decidedBy: readonly DecidedBy[];
  /** Why the evaluator refuses to decide; empty unless the decision is `refused`. */
  readonly refusals: readonly Refusal[];
}
