import { document } from '../format/document';
import type { ShownDashboards } from './dashboard-page';

/** Builds the document that `dashboards --json` prints. `files` are the pages that were written. */
export function dashboardsDocument({ plan, views, left }: ShownDashboards, files: readonly string[], exitCode: number) {
  const choices = views.map(({ dashboard, choice }) => ({ dashboard: dashboard.name, ...choice }));
  return document('dashboards', exitCode, {
    environment: plan.environment,
    files,
    choices,
    left,
    dashboards: plan.dashboards.filter((d) => views.some(({ dashboard }) => dashboard.name === d.name)),
  });
}
