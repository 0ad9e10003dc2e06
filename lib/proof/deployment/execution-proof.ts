import type { AccessRequest } from '../../iam/match/access-request';
import type { Statement } from '../../plan/parts/statement';

/**
 * What is wrong with an execution policy.
 *
 * `missing`: CloudFormation may not do what it does for a resource. `excess`: it may do what it must never do.
 * `undecided`: what it does is not known, or a statement not understood. `coverage`: the templates are not those of the
 * plan. `length`: the policy is longer than IAM takes.
 */
export const EXECUTION_VIOLATION_KINDS = ['missing', 'excess', 'undecided', 'coverage', 'length'] as const;

export type ExecutionViolationKind = (typeof EXECUTION_VIOLATION_KINDS)[number];

/** One thing that stands between an execution policy and its proof. */
export interface ExecutionViolation {
  readonly kind: ExecutionViolationKind;
  readonly message: string;
  /** Resources it is about, each by its logical id and stack; empty where it is about none. */
  readonly resources: readonly string[];
  /**
   * Type of the resources.
   *
   * @default - it is about no resource
   */
  readonly type?: string;
  /**
   * A request that shows it.
   *
   * @default - it shows without one
   */
  readonly witness?: AccessRequest;
  /**
   * The statement that would allow it.
   *
   * @default - nothing is missing, or nobody knows what
   */
  readonly missing?: Statement;
}

/** What a proof of an execution policy went through. */
export interface ExecutionCoverage {
  /** Resources of the templates, and their types. */
  readonly resources: number;
  readonly types: number;
  /** Different requests that CloudFormation makes for them. */
  readonly calls: number;
  /** Things that it must never do. */
  readonly denials: number;
}

export interface ExecutionProof {
  /** Empty: proven. */
  readonly violations: readonly ExecutionViolation[];
  readonly coverage: ExecutionCoverage;
}
