import { document } from '../format/document';
import type { DiffReport } from './diff-lines';

/** Builds the document that `diff --json` prints. */
export function diffDocument({ base, head, environments, failures, notLookedAt }: DiffReport, exitCode: number) {
  const sideOf = ({ shown, kind, knowsFile }: DiffReport['base']) => ({ shown, kind, knowsFile });
  return document('diff', exitCode, {
    base: sideOf(base),
    head: sideOf(head),
    environments,
    failures,
    notLookedAt,
  });
}
