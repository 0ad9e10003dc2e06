import { document } from '../format/document';
import type { DiffReport } from './diff-lines';

/** A difference as the JSON document of `diff --json`. */
export function diffDocument({ base, head, environments, failures, notLookedAt }: DiffReport, exitCode: number) {
  const sideOf = ({ shown, kind, knowsBudgets }: DiffReport['base']) => ({ shown, kind, knowsBudgets });
  return document('diff', exitCode, {
    base: sideOf(base),
    head: sideOf(head),
    environments,
    failures,
    notLookedAt,
  });
}
