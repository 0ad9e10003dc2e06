import type { MissingStatement } from './missing-statement';

/** A difference from the plan: access that principals have or lack, or a resource that is not as planned. */
export interface PrincipalFinding {
  readonly message: string;
  /** ARNs of the principals that the finding concerns, or the ARN or name of the resource. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /**
   * The statement that the plan has and the account lacks.
   *
   * @default - no statement is missing
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

/** Merges findings with the same message into one that has all their principals and actions. */
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
