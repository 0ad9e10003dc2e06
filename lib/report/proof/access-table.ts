import type { AccessMatrix, MatrixCall, MatrixPrincipal } from '../../proof/matrix/access-matrix';
import type { Results } from '../format/results';

/** A cell of the matrix: a principal and a call that it can make. */
export interface AccessRow {
  readonly principal: MatrixPrincipal;
  readonly call: MatrixCall;
}

/** Selects the rows of a matrix that `access` shows. */
export interface AccessFilter {
  /**
   * Name of a role or user, with or without the prefix `role ` or `user `.
   *
   * @default - all principals
   */
  readonly principal?: string;
  /**
   * Model id.
   *
   * @default - all models
   */
  readonly model?: string;
}

export function accessRows(matrix: AccessMatrix, { principal, model }: AccessFilter): readonly AccessRow[] {
  return matrix.principals
    .filter((p) => principal === undefined || namesOf(p).includes(principal))
    .flatMap((p) => p.calls.map((call) => ({ principal: p, call })))
    .filter(({ call }) => model === undefined || call.model === model);
}

/** Returns the names by which a person may ask for a principal. */
export function namesOf({ principal }: MatrixPrincipal): readonly string[] {
  return [principal, principal.slice(principal.indexOf(' ') + 1)];
}

/** Builds the table for files. Conditions have columns of their own. */
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
