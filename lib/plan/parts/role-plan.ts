import type { ExistingPrincipal, Principal } from '../../config/principal-schema';
import type { Statement, TrustStatement } from './statement';

/** A customer managed policy. */
export interface PolicyPlan {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** A principal of the file that gets a role of its own, or the verification, which tries what such a role may do. */
export type RolePrincipal =
  | Exclude<Principal, ExistingPrincipal>
  /** The verification tries the access of the application as it is, or what its policies alone allow. */
  | { readonly kind: 'probe'; readonly tries: 'access' | 'policies' };

/** A role that this project makes. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly trust: readonly TrustStatement[];
  readonly boundaryArn: string;
  /** Who becomes it. */
  readonly principal: RolePrincipal;
}
