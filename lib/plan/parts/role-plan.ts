import type { Statement, TrustStatement } from './statement';

/** A customer managed policy. */
export interface PolicyPlan {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** A role that this project makes. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly trust: TrustStatement;
  /**
   * Which tags a session of it may carry.
   *
   * @default - none
   */
  readonly tagging?: TrustStatement;
  readonly boundaryArn: string;
  /** The principal of the file it was made for, such as `service lambda.amazonaws.com`, or what it probes. */
  readonly purpose: string;
}
