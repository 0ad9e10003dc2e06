import type { Policy } from '../../iam/policy/policy';

/** Policies outside the templates that also decide requests. They can only deny access, never grant it. */
export interface OuterPolicies {
  /** Service control policies, a list for each level of the organization. */
  readonly serviceControl: readonly (readonly Policy[])[];
  /** The session policy that a caller passes to AssumeRole. */
  readonly session?: Policy;
  /** The policy of the VPC endpoint of bedrock-runtime. */
  readonly endpoint?: Policy;
}
