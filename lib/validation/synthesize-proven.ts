import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { isJsonMap } from '../catalog/json-map';
import type { AccessPlan } from '../plan/environment/access-plan';
import { ProofPlugin } from './proof-plugin';

/**
 * Synthesizes an app and proves its environments; gives the findings that nobody accepted, a line each.
 *
 * The CDK CLI shows only findings at stacks that its arguments select, and a bare `cdk synth` selects none inside a stage.
 * So the caller has to fail by itself where there is a finding.
 */
export function synthesizeProven(app: App, plans: readonly AccessPlan[]): readonly string[] {
  const plugin = new ProofPlugin(plans);
  Validations.of(app).addPlugins(plugin);
  try {
    app.synth();
  } catch (error) {
    // The CDK throws for findings of any plugin, after it has shown them.
    if (plugin.found === undefined || findingsIn(app.outdir).length === 0) {
      throw error;
    }
  }
  if (plugin.found === undefined) {
    return ['the proof did not run, so nothing is proven'];
  }
  return plugin.found === 0 ? [] : findingsIn(app.outdir);
}

/** What the CDK's own report has of the proof, without what was accepted. */
function findingsIn(outdir: string): readonly string[] {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  } catch {
    return ['the proof left no report, so nothing is proven'];
  }
  const reports = isJsonMap(report) && Array.isArray(report['pluginReports']) ? report['pluginReports'] : [];
  const own = reports.filter(isJsonMap).filter((r) => r['pluginName'] === ProofPlugin.pluginName);
  return own.length === 0
    ? ['the proof left no report, so nothing is proven']
    : own.flatMap(({ violations, conclusion }) => {
        const found = (Array.isArray(violations) ? violations : []).filter(isJsonMap);
        const lines = found.map((v) => `${String(v['ruleName'])}: ${String(v['description'])}`);
        return lines.length === 0 && conclusion !== 'success' ? [`the proof ended as ${String(conclusion)}`] : lines;
      });
}
