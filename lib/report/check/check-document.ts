import type { LocatedProblem } from '../../config/problem';
import { document } from '../format/document';

/** An environment file, and everything that is wrong with it. */
export interface CheckedFile {
  readonly file: string;
  readonly valid: boolean;
  readonly problems: readonly LocatedProblem[];
}

/** Checked files as the JSON document of `check --json`. */
export function checkDocument(files: readonly CheckedFile[], exitCode: number) {
  return document('check', exitCode, { files });
}
