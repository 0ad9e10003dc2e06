import type { ExistingPrincipal, Principal } from '../../config/principals/principal-schema';
import type { ExceptStatement, Statement, TrustStatement } from './statement';

/** A customer managed policy. */
export interface PolicyPlan {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** A customer managed policy that is the permissions boundary of roles of applications. */
export interface BoundaryPlan extends Omit<PolicyPlan, 'statements'> {
  readonly statements: readonly (Statement | ExceptStatement)[];
}

/**
 * The principal that a role is created for: a principal of the environment file, or the verification, which probes the
 * access of such a role.
 */
export type RolePrincipal =
  | Exclude<Principal, ExistingPrincipal>
  /** A probe role. It tries either the access of the application or only its policies, without the boundary. */
  | { readonly kind: 'probe'; readonly tries: 'access' | 'policies' };

/** A role that this project creates. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly trust: readonly TrustStatement[];
  readonly boundaryArn: string;
  /**
   * Name of the instance profile that holds the role, in the path of the role.
   *
   * @default - none, because no EC2 instance uses the role
   */
  readonly instanceProfileName?: string;
  /**
   * ARNs of managed policies of the file that the role carries besides. What they allow is not known, so the boundary
   * alone limits it.
   *
   * @default - none
   */
  readonly furtherPolicyArns?: readonly string[];
  /** The principal that may assume the role. */
  readonly principal: RolePrincipal;
}
