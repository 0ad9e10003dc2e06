import type { Violation } from './proof';

/**
 * One violation for what one statement does, however many principals and requests meet it: it is mended once. Of several
 * witnesses the one with the fewest keys stays, since it says the most, and with it the sentence about its principals.
 */
export function mergeViolations(violations: readonly Violation[]): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const violation of violations) {
    const { kind, decidedBy, missing, message, about } = violation;
    const reason =
      decidedBy ?? (missing && [missing.policy, missing.statement.Sid]) ?? (kind === 'outer' ? about : message);
    const key = JSON.stringify([kind, reason]);
    const before = found.get(key);
    found.set(key, before === undefined ? violation : joined(before, violation));
  }
  return [...found.values()];
}

function joined(before: Violation, violation: Violation): Violation {
  // Outer policies are told of calls in the order in which Bedrock makes them.
  const telling = before.kind !== 'outer' && keys(violation) < keys(before) ? violation : before;
  return {
    ...telling,
    principals: [...new Set([...telling.principals, ...before.principals, ...violation.principals])],
    classes: before.classes + violation.classes,
  };
}

/** Keys of the witness, but for those that say who asks. */
function keys({ witness }: Violation): number {
  return Object.keys(witness?.context ?? {}).filter((key) => !key.startsWith('aws:Principal')).length;
}
