import { environmentFiles, loadEnvironment, projectFolder } from '../lib/config/environment-files';
import { planAccess } from '../lib/plan/access-plan';
import { accessApp } from '../lib/stacks/access-app';

const project = projectFolder(process.cwd());
const today = new Date().toISOString().slice(0, 10);
const plans = environmentFiles(project).map((file) => planAccess(loadEnvironment(project, file, today).environment));
accessApp(plans).synth();
