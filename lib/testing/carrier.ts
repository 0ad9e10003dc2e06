import type { Policy } from '../iam/policy/policy';

/** Somebody who has policies of the template: a principal, or whoever is given a policy that nobody has here. */
export interface Carrier {
  /** As a sentence begins: `role Api`, `whoever carries policy Access`. */
  readonly label: string;
  /** The statements that concern Bedrock, each a policy of its own, which is the same to IAM. */
  readonly identity: readonly Policy[];
  /**
   * The same of the permissions boundary.
   *
   * @default - none: it limits nothing
   */
  readonly boundary?: readonly Policy[];
  /**
   * Why the permissions boundary is not known. It only takes away.
   *
   * @default - there is none, or it is known
   */
  readonly unknownBoundary?: string;
  /** What was not understood of its policies. */
  readonly refusals: readonly string[];
}
