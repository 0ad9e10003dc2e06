import type { ExitCode } from './exit';
import type { Surroundings, Terminal } from './terminal';

/** A flag of a command, as its help shows it. */
export interface Flag {
  readonly name: string;
  /**
   * Placeholder of the value in the help, such as `DIR`.
   *
   * @default - the flag takes no value
   */
  readonly value?: string;
  readonly summary: string;
  /**
   * Allowed values.
   *
   * @default - every value is allowed
   */
  readonly choices?: readonly string[];
  /**
   * Allowed endings of the file that the flag names.
   *
   * @default - the flag does not name a file to write
   */
  readonly endings?: readonly string[];
}

/** The arguments of a command line, checked against the description of the command. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** Arguments after `--`. */
  readonly rest: readonly string[];
  readonly values: Readonly<Record<string, string | undefined>>;
  /** All values of each flag, in order. A flag may be repeated. */
  readonly all: Readonly<Record<string, readonly string[]>>;
  /** Files that `--out` names, in order. */
  readonly out: readonly string[];
  readonly switches: ReadonlySet<string>;
}

/** A command. Its help is built from this description. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Arguments that follow the name in the help, such as `ENV`. */
  readonly usage: string;
  /** Smallest and largest number of positionals. `rest` allows `-- COMMAND`. */
  readonly positionals: { readonly least: number; readonly most: number; readonly rest?: boolean };
  /** Three examples, each with its effect. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  readonly flags: readonly Flag[];
  run(args: Arguments, terminal: Terminal, surroundings: Surroundings): Promise<ExitCode>;
}

/** A mistake of the user on the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
