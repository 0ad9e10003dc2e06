import type { AccessMatrix } from '../../proof/matrix/access-matrix';

/** One side of a comparison, wherever its matrices come from. */
export interface MatrixSource {
  /** As messages call it. */
  readonly shown: string;
  readonly kind: 'file' | 'assembly' | 'revision' | 'working tree';
  /** Names of its environments, sorted. */
  readonly environments: readonly string[];
  /** Budgets are not read from a cdk.out. */
  readonly knowsBudgets: boolean;
  /** The matrix of one of its environments. */
  matrix(environment: string): Promise<SourceMatrix>;
}

export interface SourceMatrix {
  readonly matrix: AccessMatrix;
  /** What could give access and was not looked at. */
  readonly notLookedAt: readonly string[];
}
