import type { Policy } from '../../iam/policy/policy';

/** Policies that no template holds and that decide as well. They only take away. */
export interface OuterPolicies {
  /** Levels of the organization, each with its service control policies. */
  readonly serviceControl: readonly (readonly Policy[])[];
  /** What somebody passes to AssumeRole. */
  readonly session?: Policy;
  /** The policy of the VPC endpoint of bedrock-runtime. */
  readonly endpoint?: Policy;
}
