import { Validations } from 'aws-cdk-lib';
import { ConfigError } from '../lib/config/config-error';
import { environmentFiles, loadEnvironment, projectFolder } from '../lib/config/environment-files';
import { type AccessPlan, planAccess } from '../lib/plan/access-plan';
import { problemLines } from '../lib/report/problem-lines';
import { accessApp } from '../lib/stacks/access-app';
import { ProofPlugin } from '../lib/validation/proof-plugin';

const project = projectFolder(process.cwd());
const today = new Date().toISOString().slice(0, 10);

/** The plan of an environment file, or nothing when the file is not valid; its problems are shown either way. */
function planOf(file: string): readonly AccessPlan[] {
  try {
    return [planAccess(loadEnvironment({ project, cwd: project }, file, today).environment)];
  } catch (error) {
    if (!(error instanceof ConfigError)) {
      throw error;
    }
    console.error(problemLines(error.file, error.problems, { tone: (_, text) => text }).join('\n'));
    process.exitCode = 2;
    return [];
  }
}

const plans = environmentFiles(project).flatMap(planOf);
if (process.exitCode === undefined) {
  const app = accessApp(plans);
  Validations.of(app).addPlugins(new ProofPlugin(plans));
  app.synth();
}
