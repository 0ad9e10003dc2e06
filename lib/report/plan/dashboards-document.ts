import { document } from '../format/document';
import type { ShownDashboards } from './dashboard-page';

/** Builds the document that `dashboards --json` prints. `files` are the pages that were written. */
export function dashboardsDocument(
  { plan, dashboards, left }: ShownDashboards,
  files: readonly string[],
  exitCode: number,
) {
  return document('dashboards', exitCode, { environment: plan.environment, files, left, dashboards });
}
