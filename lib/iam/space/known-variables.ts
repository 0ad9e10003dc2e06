import type { ContextKeys } from '../match/context-keys';
import type { ParsedStatement } from '../policy/parsed-statement';
import { isConstant, type Template } from '../policy/template';

/** Replaces the policy variables in conditions whose keys have one known value in every request. */
export function fillKnownVariables(statement: ParsedStatement, known: ContextKeys): ParsedStatement {
  if (known.size === 0 || statement.conditions.every(({ values }) => values.every(isConstant))) {
    return statement;
  }
  const fill = (template: Template): Template =>
    template.map((piece) => {
      const values = typeof piece === 'object' ? known.get(piece.key) : undefined;
      return values?.length === 1 && values[0] !== undefined ? values[0] : piece;
    });
  return {
    ...statement,
    conditions: statement.conditions.map((c) => ({ ...c, values: c.values.map(fill) })),
  };
}
