import { document } from '../format/document';
import type { ReleaseReport } from './budget-lines';

/** A denial that was lifted, as the JSON document of `budget --json`. */
export function budgetDocument(report: ReleaseReport, exitCode: number) {
  return document('budget', exitCode, report);
}
