import { document } from '../format/document';
import type { Pruned } from './prune-lines';

/** Deployed applications that the file no longer has, as the JSON document of `prune --json`. */
export function pruneDocument(pruned: Pruned, exitCode: number) {
  return document('prune', exitCode, pruned);
}
