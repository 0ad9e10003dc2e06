import { document } from '../format/document';
import type { Pruned } from './prune-lines';

/** Builds the document that `prune --json` prints. */
export function pruneDocument(pruned: Pruned, exitCode: number) {
  return document('prune', exitCode, pruned);
}
