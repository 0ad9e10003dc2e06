import type { AccessMatrix, MatrixCall, MatrixPrincipal } from '../../proof/matrix/access-matrix';
import type { Results } from '../format/results';

/** One cell of the matrix: a principal and a profile it can call. */
export interface AccessRow {
  readonly principal: MatrixPrincipal;
  readonly call: MatrixCall;
}

/** What `access` shows of a matrix. */
export interface AccessFilter {
  /** A role's or user's name, with or without `role ` or `user ` before it; all of them without one. */
  readonly principal?: string;
  /** A model id. */
  readonly model?: string;
}

export function accessRows(matrix: AccessMatrix, { principal, model }: AccessFilter): readonly AccessRow[] {
  return matrix.principals
    .filter((p) => principal === undefined || names(p).includes(principal))
    .flatMap((p) => p.calls.map((call) => ({ principal: p, call })))
    .filter(({ call }) => model === undefined || call.model === model);
}

/** What a person may call a principal. */
export function names({ principal }: MatrixPrincipal): readonly string[] {
  return [principal, principal.slice(principal.indexOf(' ') + 1)];
}

/** The rows for files: conditions are columns of their own. */
export function accessTable(rows: readonly AccessRow[]): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: [
      ...['principal', 'complete', 'boundary', 'application', 'alias', 'model', 'routing', 'regions'],
      ...['bedrock:InferenceProfileArn', 'bedrock:GuardrailIdentifier', 'actions', 'decidedBy'],
    ],
    rows: rows.map(({ principal, call }) => [
      ...[principal.principal, String(principal.complete), principal.boundary, call.application, call.alias],
      ...[call.model, call.routing, call.regions.join(' '), call.through, call.guardrail],
      ...[call.actions.join(' '), call.decidedBy.join('; ')],
    ]),
  };
}
