import type { Policy } from '../iam/policy/policy';

/** A principal of the template with its policies, or any principal that receives a policy which the template leaves unattached. */
export interface Carrier {
  /** Subject of a sentence: `role Api`, `any principal with policy Access`. */
  readonly label: string;
  /** Statements that concern Bedrock, each as a policy of its own, which makes no difference to IAM. */
  readonly identity: readonly Policy[];
  /**
   * Statements of the permissions boundary that concern Bedrock, each as a policy of its own.
   *
   * @default - no boundary limits the principal
   */
  readonly boundary?: readonly Policy[];
  /**
   * Reason why the permissions boundary is not known. Without it, the access that was found may be too much.
   *
   * @default - the boundary is known, or there is none
   */
  readonly unknownBoundary?: string;
  /** Reasons why some of its policies are not understood. */
  readonly refusals: readonly string[];
}
