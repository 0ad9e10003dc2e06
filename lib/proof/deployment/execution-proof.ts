import type { AccessRequest } from '../../iam/match/access-request';
import type { Statement } from '../../plan/parts/statement';

/**
 * Kinds of violations of an execution policy.
 *
 * `missing`: CloudFormation needs a request that the policy does not allow. `excess`: the policy allows a request that
 * it must not allow. `undecided`: the requests for a resource are not known, or a statement is not understood.
 * `coverage`: the templates are not those of the plan. `length`: the policy is longer than IAM allows.
 */
export const EXECUTION_VIOLATION_KINDS = ['missing', 'excess', 'undecided', 'coverage', 'length'] as const;

export type ExecutionViolationKind = (typeof EXECUTION_VIOLATION_KINDS)[number];

/** A reason why an execution policy is not proven. */
export interface ExecutionViolation {
  readonly kind: ExecutionViolationKind;
  readonly message: string;
  /** Logical id and stack of each resource that the violation concerns; empty if it concerns none. */
  readonly resources: readonly string[];
  /**
   * Type of the resources.
   *
   * @default - the violation concerns no resource
   */
  readonly type?: string;
  /**
   * A request that shows the violation.
   *
   * @default - no request is needed to show it
   */
  readonly witness?: AccessRequest;
  /**
   * The statement that would allow the request.
   *
   * @default - no statement is missing, or it is not known which one
   */
  readonly missing?: Statement;
}

/** Counts of what a proof of an execution policy examined. */
export interface ExecutionCoverage {
  /** Resources of the templates, and their types. */
  readonly resources: number;
  readonly types: number;
  /** Different requests that CloudFormation makes for the resources. */
  readonly calls: number;
  /** Things that the policy must not allow. */
  readonly denials: number;
}

export interface ExecutionProof {
  /** Empty when the policy is proven. */
  readonly violations: readonly ExecutionViolation[];
  readonly coverage: ExecutionCoverage;
}
