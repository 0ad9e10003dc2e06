import type { MissingStatement } from '../../proof/finding/missing-statement';
import type { Violation } from '../../proof/finding/proof';
import { document } from '../format/document';
import type { Results } from '../format/results';
import type { ProofReport } from './proof-lines';

/** Builds the document that `prove --json` prints. */
export function proofDocument({ proof, file, matrix }: ProofReport, exitCode: number) {
  return document('prove', exitCode, {
    file,
    environment: proof.environment,
    account: proof.account,
    region: proof.region,
    proven: proof.violations.length === 0,
    violations: proof.violations,
    coverage: proof.coverage,
    adds: proof.adds,
    ...(matrix !== undefined && { matrix }),
  });
}

/** Builds the table of violations. */
export function proofTable({ proof }: ProofReport): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: ['kind', 'message', 'principals', 'action', 'resource', 'context', 'policy', 'sid', 'missing', 'classes'],
    rows: proof.violations.map(({ kind, message, principals, witness, decidedBy, missing, classes }) => [
      ...[kind, message, principals.join(', '), witness?.action, witness?.resource, context(witness)],
      ...[decidedBy?.policy, decidedBy?.sid, statement(missing), classes],
    ]),
  };
}

function context(witness: Violation['witness']): string | undefined {
  return witness && JSON.stringify(witness.context);
}

function statement(missing: MissingStatement | undefined): string | undefined {
  return missing && JSON.stringify(missing.statement);
}
