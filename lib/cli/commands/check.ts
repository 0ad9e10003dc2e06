import { join } from 'node:path';
import { ConfigError } from '../../config/config-error';
import { environmentFiles, type Folders, loadEnvironment } from '../../config/environment-files';
import { type CheckedFile, checkDocument } from '../../report/check/check-document';
import { checkLines, checkTable } from '../../report/check/check-lines';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

function checkFile(folders: Folders, nameOrPath: string, today: string): CheckedFile {
  try {
    const { environment, warnings } = loadEnvironment(folders, nameOrPath, today);
    return { file: environment.file, valid: true, problems: warnings };
  } catch (error) {
    if (error instanceof ConfigError) {
      return { file: error.file, valid: false, problems: error.problems };
    }
    throw error;
  }
}

export const check: Command = {
  name: 'check',
  summary: 'lists every problem in the environment files',
  usage: '[ENV…]',
  positionals: { least: 0, most: Number.POSITIVE_INFINITY },
  examples: [
    ['npx bedrock-access check', 'checks every file in environments/'],
    ['npx bedrock-access check dev', 'checks environments/dev.yaml'],
    ['npx bedrock-access check dev --strict', 'fails on warnings too, as in CI'],
  ],
  flags: [{ name: 'strict', summary: 'fail on warnings too' }, OUT_FLAG],

  async run(args, terminal, { project, cwd, today, env }) {
    const { positionals, switches } = args;
    const names = positionals.length > 0 ? positionals : environmentFiles(project).map((file) => join(project, file));
    if (names.length === 0) {
      throw new UsageError(`there are no environment files in ${project}/environments; write environments/dev.yaml`);
    }
    const files = names.map((name) => checkFile({ project, cwd }, name, today));
    const invalid = files.some((f) => !f.valid);
    const warned = files.some((f) => f.problems.length > 0);
    const exitCode = invalid ? EXIT.usage : warned && switches.has('strict') ? EXIT.found : EXIT.clean;
    const lines = () => checkLines(files, terminal, { annotations: env['GITHUB_ACTIONS'] === 'true' });
    giveResults(args, terminal, cwd, { document: checkDocument(files, exitCode), ...checkTable(files), lines });
    return exitCode;
  },
};
