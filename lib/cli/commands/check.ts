import { join } from 'node:path';
import { ConfigError } from '../../config/config-error';
import { environmentFiles, type Folders, loadEnvironment } from '../../config/environment-files';
import type { LocatedProblem } from '../../config/problem';
import { annotation } from '../../report/format/annotation';
import { problemLines } from '../../report/format/problem-lines';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { OUT_FLAG } from '../terminal/parse-arguments';
import { requireFormats, writeOut } from '../terminal/write-out';

interface CheckedFile {
  readonly file: string;
  readonly valid: boolean;
  readonly problems: readonly LocatedProblem[];
}

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

const COLUMNS = ['file', 'line', 'column', 'severity', 'path', 'message'];

function row({ file, line, column, severity, path, message }: LocatedProblem) {
  return [file, line, column, severity, path, message];
}

export const check: Command = {
  name: 'check',
  summary: 'everything wrong with the environment files',
  usage: '[ENV…]',
  positionals: { least: 0, most: Number.POSITIVE_INFINITY },
  examples: [
    ['npx bedrock-access check', 'checks every file in environments/'],
    ['npx bedrock-access check dev', 'checks environments/dev.yaml'],
    ['npx bedrock-access check dev --strict', 'warnings fail it too, as in CI'],
  ],
  flags: [{ name: 'strict', summary: 'warnings make the command fail too' }, OUT_FLAG],

  async run({ positionals, switches, out }, terminal, { project, cwd, today, env }) {
    requireFormats(out);
    const asked = positionals.length > 0 ? positionals : environmentFiles(project).map((file) => join(project, file));
    if (asked.length === 0) {
      throw new UsageError(`there are no environment files in ${project}/environments; write environments/dev.yaml`);
    }
    const files = asked.map((name) => checkFile({ project, cwd }, name, today));
    const invalid = files.some((f) => !f.valid);
    const warned = files.some((f) => f.problems.length > 0);
    const exitCode = invalid ? EXIT.usage : warned && switches.has('strict') ? EXIT.found : EXIT.clean;

    const document = { schemaVersion: 1, command: 'check', exitCode, files };
    writeOut(out, cwd, { document, columns: COLUMNS, rows: files.flatMap((f) => f.problems.map(row)) });
    if (switches.has('json')) {
      terminal.out(JSON.stringify(document, null, 2));
      return exitCode;
    }
    for (const { file, problems } of files) {
      const lines =
        problems.length === 0 ? [terminal.tone('good', `✓ ${file}`)] : problemLines(file, problems, terminal);
      terminal.out(...lines);
    }
    if (env['GITHUB_ACTIONS'] === 'true') {
      terminal.out(...files.flatMap((f) => f.problems.map(annotation)));
    }
    return exitCode;
  },
};
