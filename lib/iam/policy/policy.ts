/** A policy document as IAM stores it, with the name that explanations use. */
export interface Policy {
  /** Where it comes from: the ARN of a managed policy, or `inline:NAME`, `trust`, `boundary`. */
  readonly name: string;
  /** The JSON document. It is `unknown` because templates and accounts hold whatever people wrote. */
  readonly document: unknown;
}
