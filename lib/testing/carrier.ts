import type { Policy } from '../iam/policy/policy';

/**
 * A principal with policies of the template.
 *
 * It also stands for any principal that could receive an unattached policy.
 */
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
   * Reason why the permissions boundary is not known. A boundary can only take access away.
   *
   * @default - the boundary is known, or there is none
   */
  readonly unknownBoundary?: string;
  /** Reasons why some of its policies are not understood. */
  readonly refusals: readonly string[];
}
