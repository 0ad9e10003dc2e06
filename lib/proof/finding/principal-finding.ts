import type { MissingStatement } from './missing-statement';

/** Something that principals can do and must not, or cannot do and must. */
export interface PrincipalFinding {
  readonly message: string;
  /** ARNs of the principals it is about. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /**
   * What the plan has and the account lacks.
   *
   * @default - nothing is missing: something is too much
   */
  readonly missing?: MissingStatement;
}

export function finding(
  principal: string,
  message: string,
  action?: string,
  missing?: MissingStatement,
): PrincipalFinding {
  return {
    message,
    principals: [principal],
    actions: action === undefined ? [] : [action],
    ...(missing !== undefined && { missing }),
  };
}

/** One finding for what is wrong once, however many principals and actions meet it. */
export function merged(findings: readonly PrincipalFinding[]): readonly PrincipalFinding[] {
  const byMessage = new Map<string, PrincipalFinding>();
  for (const f of findings) {
    const before = byMessage.get(f.message);
    byMessage.set(f.message, {
      ...f,
      ...before,
      principals: [...new Set([...(before?.principals ?? []), ...f.principals])],
      actions: [...new Set([...(before?.actions ?? []), ...f.actions])],
    });
  }
  return [...byMessage.values()];
}
