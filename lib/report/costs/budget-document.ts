import { document } from '../format/document';
import type { ReleaseReport } from './budget-lines';

/** Builds the document that `budget --json` prints. */
export function budgetDocument(report: ReleaseReport, exitCode: number) {
  return document('budget', exitCode, report);
}
