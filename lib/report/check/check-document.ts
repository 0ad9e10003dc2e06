import type { LocatedProblem } from '../../config/problem';
import { document } from '../format/document';

/** An environment file with all its problems. */
export interface CheckedFile {
  readonly file: string;
  readonly valid: boolean;
  readonly problems: readonly LocatedProblem[];
}

/** Builds the document that `check --json` prints. */
export function checkDocument(files: readonly CheckedFile[], exitCode: number) {
  return document('check', exitCode, { files });
}
