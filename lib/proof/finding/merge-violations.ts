import type { Violation } from './proof';

/**
 * Merges the violations that one statement causes, for all principals and requests, because one change corrects them
 * all. Of several witnesses, the one with the fewest condition keys is kept together with its message: it is the most
 * general.
 */
export function mergeViolations(violations: readonly Violation[]): readonly Violation[] {
  const byReason = new Map<string, Violation>();
  for (const violation of violations) {
    const { kind, decidedBy, missing, message } = violation;
    const reason = decidedBy ?? (missing && [missing.policy, missing.statement.Sid]) ?? message;
    const key = JSON.stringify([kind, reason]);
    const before = byReason.get(key);
    byReason.set(key, before === undefined ? violation : joined(before, violation));
  }
  return [...byReason.values()];
}

function joined(before: Violation, violation: Violation): Violation {
  const kept = keyCount(violation) < keyCount(before) ? violation : before;
  return {
    ...kept,
    principals: [...new Set([...kept.principals, ...before.principals, ...violation.principals])],
    classes: before.classes + violation.classes,
  };
}

/** Counts the condition keys of the witness, without those that describe the caller. */
function keyCount({ witness }: Violation): number {
  return Object.keys(witness?.context ?? {}).filter((key) => !key.startsWith('aws:Principal')).length;
}
