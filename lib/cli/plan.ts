import { loadEnvironment } from '../config/environment-files';
import { planAccess } from '../plan/access-plan';
import { planLines } from '../report/plan-lines';
import { planTable } from '../report/plan-table';
import { problemLines } from '../report/problem-lines';
import type { Command } from './command';
import { EXIT } from './exit';
import { OUT_FLAG } from './parse-arguments';
import { requireFormats, writeOut } from './write-out';

export const plan: Command = {
  name: 'plan',
  summary: 'what will exist: profiles, principals, statements, probes',
  usage: 'ENV',
  positionals: { least: 1, most: 1 },
  examples: [
    ['npx bedrock-access plan dev', 'profiles, principals and what each application may do'],
    ['npx bedrock-access plan dev --statements', 'the policies too, as the JSON that IAM will hold'],
    ['npx bedrock-access plan dev --json', 'the whole plan as one JSON document'],
  ],
  flags: [{ name: 'statements', summary: 'show the statements of every policy' }, OUT_FLAG],

  async run({ positionals: [name = ''], switches, out }, terminal, { project, cwd, today }) {
    requireFormats(out);
    const { environment, warnings } = loadEnvironment({ project, cwd }, name, today);
    const accessPlan = planAccess(environment);
    const document = { schemaVersion: 1, command: 'plan', exitCode: EXIT.clean, plan: accessPlan, warnings };
    writeOut(out, cwd, { document, ...planTable(accessPlan) });
    if (switches.has('json')) {
      terminal.out(JSON.stringify(document, null, 2));
      return EXIT.clean;
    }
    terminal.out(...planLines(accessPlan, { statements: switches.has('statements') }, terminal));
    if (warnings.length > 0) {
      terminal.err(...problemLines(environment.file, warnings, terminal));
    }
    return EXIT.clean;
  },
};
