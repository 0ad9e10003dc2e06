import { document } from '../format/document';
import type { ShownDashboards } from './dashboard-page';

/** Dashboards as the JSON document of `dashboards --json`, and the files that they were written to. */
export function dashboardsDocument(
  { plan, dashboards, left }: ShownDashboards,
  files: readonly string[],
  exitCode: number,
) {
  return document('dashboards', exitCode, { environment: plan.environment, files, left, dashboards });
}
