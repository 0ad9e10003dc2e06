import { messageOf } from '../../aws/errors/message-of';
import { TemplateError } from '../account/resource/template-error';
import { ConfigError } from '../config/config-error';
import { visible } from '../config/invisible';
import { failureDocument } from '../report/format/failure-document';
import { problemLines } from '../report/format/problem-lines';
import { didYouMean } from '../spelling/did-you-mean';
import { type Command, UsageError } from './terminal/command';
import { EXIT, type ExitCode } from './terminal/exit';
import { commandHelp, programHelp } from './terminal/help';
import { parseArguments } from './terminal/parse-arguments';
import type { Surroundings, Terminal } from './terminal/terminal';

/** Runs one command line and returns its exit code. A mistake of the user prints a message, never a stack trace. */
export async function main(
  commands: readonly Command[],
  argv: readonly string[],
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  const json = argv.includes('--json');
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const lines = programHelp(commands);
      terminal[name === undefined ? 'err' : 'out'](...lines);
      return name === undefined ? EXIT.usage : EXIT.clean;
    }
    const command = commands.find((c) => c.name === name) ?? unknownCommand(commands, name);
    const args = parseArguments(command, rest);
    if (args.switches.has('help')) {
      terminal.out(...commandHelp(command));
      return EXIT.clean;
    }
    return await command.run(args, terminal, surroundings);
  } catch (error) {
    return report(error, { json, debug: argv.includes('--debug'), command: name ?? '' }, terminal);
  }
}

function unknownCommand(commands: readonly Command[], name: string): never {
  const names = commands.map((c) => c.name);
  throw new UsageError(`there is no command '${name}'${didYouMean(name, names, `; commands: ${names.join(', ')}`)}`);
}

/** Errors that are mistakes of the user: wrong usage, or an invalid file. */
const INVALID = [ConfigError, UsageError, TemplateError];

interface ReportOptions {
  readonly json: boolean;
  readonly debug: boolean;
  readonly command: string;
}

/** Prints the error of a command. Returns 2 for wrong usage or an invalid file, and 3 for every other error. */
function report(error: unknown, { json, debug, command }: ReportOptions, terminal: Terminal): ExitCode {
  const message = messageOf(error);
  const exitCode = INVALID.some((kind) => error instanceof kind) ? EXIT.usage : EXIT.unfinished;
  const problems = error instanceof ConfigError ? error.problems : undefined;
  if (json) {
    terminal.out(
      JSON.stringify(failureDocument(command, exitCode, { error: { message }, ...(problems && { problems }) })),
    );
  } else if (error instanceof ConfigError) {
    terminal.err(...problemLines(error.file, error.problems, terminal));
  } else {
    terminal.err(`✗ ${visible(message)}`);
  }
  if (debug && error instanceof Error) {
    terminal.err(error.stack ?? '');
  }
  return exitCode;
}
