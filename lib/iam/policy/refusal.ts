/** A part of a policy that the evaluator does not understand. It refuses to decide requests by such a policy. */
export interface Refusal {
  readonly policy: string;
  readonly sid: string | undefined;
  /** The element that was not understood and, if there is one, the change that makes the policy decidable. */
  readonly reason: string;
}
