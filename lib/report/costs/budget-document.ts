import { document } from '../format/document';
import type { BudgetReport } from './budget-lines';

/** Builds the document that `budget --json` prints. */
export function budgetDocument(report: BudgetReport, exitCode: number) {
  return document('budget', exitCode, report);
}
