import type { Proof } from '../../proof/finding/proof';
import type { AccessMatrix } from '../../proof/matrix/access-matrix';
import { document } from '../format/document';
import type { AccessRow } from './access-table';

/** Builds the document that `access --json` prints. */
export function accessDocument(matrix: AccessMatrix, rows: readonly AccessRow[], proof: Proof, exitCode: number) {
  return document('access', exitCode, {
    environment: matrix.environment,
    account: matrix.account,
    region: matrix.region,
    access: rows.map(({ principal: { calls, ...principal }, call }) => ({ ...principal, ...call })),
    proven: proof.violations.length === 0,
    coverage: proof.coverage,
  });
}
