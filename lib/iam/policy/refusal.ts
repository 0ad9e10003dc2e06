/** A statement that the evaluator does not understand, and so does not decide about. */
export interface Refusal {
  readonly policy: string;
  readonly sid: string | undefined;
  /** What was found and, where there is one, the change that makes it decidable. */
  readonly reason: string;
}
