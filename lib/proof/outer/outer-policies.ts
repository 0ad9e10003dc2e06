import type { Environment } from '../../config/environment';
import type { RequestContext } from '../../iam/match/access-request';
import type { Policy } from '../../iam/policy/policy';

export type ModelLimits = Pick<NonNullable<Environment['limits']>, 'models' | 'routing'>;

/** Policies outside the templates that also decide requests. They can only deny access, never grant it. */
export interface OuterPolicies {
  /** Service control policies, a list for each level of the organization. */
  readonly serviceControl: readonly (readonly Policy[])[];
  /** The session policy that a caller passes to AssumeRole. */
  readonly session?: Policy;
  /** The policy of the VPC endpoint of bedrock-runtime. */
  readonly endpoint?: Policy;
  /**
   * Values of condition keys that only the organization knows.
   *
   * @default - none are known
   */
  readonly context?: RequestContext;
  /**
   * ARNs of the existing roles that the environment file gives in full, by name.
   *
   * @default - the paths of existing roles are not known
   */
  readonly roleArns?: Readonly<Record<string, string>>;
  /**
   * The models and routings to which the environment file limits its applications.
   *
   * @default - all models and routings
   */
  readonly limits?: ModelLimits;
}
