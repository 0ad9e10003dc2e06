import { ConfigError } from '../lib/config/config-error';
import { environmentFiles, loadEnvironment, projectFolder } from '../lib/config/environment-files';
import { visible } from '../lib/config/invisible';
import { type AccessPlan, planAccess } from '../lib/plan/environment/access-plan';
import { comparePlanWithFile } from '../lib/proof/intent/compare-plan-with-file';
import { problemLines } from '../lib/report/format/problem-lines';
import { accessApp } from '../lib/stacks/access-app';
import { synthesizeProven } from '../lib/validation/synthesize-proven';

const project = projectFolder(process.cwd());
const today = new Date().toISOString().slice(0, 10);

/** Plans the environment of a file. For an invalid file, shows its problems and returns an empty list. */
function planOf(file: string): readonly AccessPlan[] {
  try {
    const { environment } = loadEnvironment({ project, cwd: project }, file, today);
    const plan = planAccess(environment);
    for (const { message } of comparePlanWithFile(plan, environment)) {
      console.error(`✗ ${visible(`${environment.file}: ${message}`)}`);
      process.exitCode = 1;
    }
    return [plan];
  } catch (error) {
    if (!(error instanceof ConfigError)) {
      throw error;
    }
    console.error(problemLines(error.file, error.problems, { tone: (_, text) => text }).join('\n'));
    process.exitCode = 2;
    return [];
  }
}

const files = environmentFiles(project);
if (files.length === 0) {
  console.error(`there are no environment files in ${project}/environments; write environments/dev.yaml`);
  process.exitCode = 2;
}
const plans = files.flatMap(planOf);
if (process.exitCode === undefined) {
  const findings = synthesizeProven(accessApp(plans), plans);
  if (findings.length > 0) {
    console.error(findings.map((finding) => `✗ ${visible(finding)}`).join('\n'));
    process.exitCode = 1;
  }
}
