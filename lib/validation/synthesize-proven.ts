import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { isJsonMap } from '../catalog/json-map';
import type { AccessPlan } from '../plan/environment/access-plan';
import { ProofPlugin } from './proof-plugin';

/**
 * Synthesizes an app and proves its environments. Returns the findings that are not acknowledged, one a line.
 *
 * The caller must fail when there are findings. The CDK CLI only shows findings at the stacks that its arguments
 * select, and a bare `cdk synth` selects none inside a stage.
 */
export function synthesizeProven(app: App, plans: readonly AccessPlan[]): readonly string[] {
  const plugin = new ProofPlugin(plans);
  Validations.of(app).addPlugins(plugin);
  try {
    app.synth();
  } catch (error) {
    // The CDK throws after it has shown the findings of any plugin.
    if (plugin.violationCount === undefined || reportedFindings(app.outdir).length === 0) {
      throw error;
    }
  }
  if (plugin.violationCount === undefined) {
    return ['the proof did not run, so nothing is proven'];
  }
  return plugin.violationCount === 0 ? [] : reportedFindings(app.outdir);
}

/** Reads the proof's findings from the CDK's report, which leaves out acknowledged ones. */
function reportedFindings(outdir: string): readonly string[] {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  } catch {
    return ['the proof left no report, so nothing is proven'];
  }
  const reports = isJsonMap(report) && Array.isArray(report['pluginReports']) ? report['pluginReports'] : [];
  const proofReports = reports.filter(isJsonMap).filter((r) => r['pluginName'] === ProofPlugin.pluginName);
  return proofReports.length === 0
    ? ['the proof left no report, so nothing is proven']
    : proofReports.flatMap(({ violations, conclusion }) => {
        const reported = (Array.isArray(violations) ? violations : []).filter(isJsonMap);
        const lines = reported.map((v) => `${String(v['ruleName'])}: ${String(v['description'])}`);
        return lines.length === 0 && conclusion !== 'success' ? [`the proof ended as ${String(conclusion)}`] : lines;
      });
}
