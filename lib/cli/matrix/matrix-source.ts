import type { AccessMatrix } from '../../proof/matrix/access-matrix';

/** One side of a comparison. Its matrices come from files, a cloud assembly or a git revision. */
export interface MatrixSource {
  /** Name of the source in messages. */
  readonly shown: string;
  readonly kind: 'file' | 'assembly' | 'revision' | 'working tree';
  /** Names of its environments, sorted. */
  readonly environments: readonly string[];
  /** False for a cdk.out folder, from which no budgets are read. */
  readonly knowsFile: boolean;
  /** Reads the matrix of one of its environments. */
  matrix(environment: string): Promise<SourceMatrix>;
}

export interface SourceMatrix {
  readonly matrix: AccessMatrix;
  /** Resources that could give access but were not examined. */
  readonly notLookedAt: readonly string[];
}
