/** A policy document as IAM stores it, with the name under which messages mention it. */
export interface Policy {
  /** Origin of the policy: the ARN of a managed policy, or `inline:NAME`, `trust`, `boundary`. */
  readonly name: string;
  /** The JSON document. It is `unknown` because a template or an account may hold any JSON. */
  readonly document: unknown;
}
