import type { ExitCode } from './exit';
import type { Surroundings, Terminal } from './terminal';

/** A flag of a command, as its help shows it. */
export interface Flag {
  readonly name: string;
  /**
   * What stands for its value in the help, such as `DIR`.
   *
   * @default - the flag takes no value
   */
  readonly value?: string;
  readonly summary: string;
  /**
   * The values it may have.
   *
   * @default - any
   */
  readonly choices?: readonly string[];
  /**
   * Endings that a file it names may have.
   *
   * @default - it names no file that is written
   */
  readonly endings?: readonly string[];
}

/** What a person asked for, checked against the command's own description. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** What follows `--`. */
  readonly rest: readonly string[];
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Every value of every flag, in order, for those that may be repeated. */
  readonly all: Readonly<Record<string, readonly string[]>>;
  /** Files of `--out`, in order. */
  readonly out: readonly string[];
  readonly switches: ReadonlySet<string>;
}

/** One command. Its help is made of this description. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name, such as `ENV`. */
  readonly usage: string;
  /** How many positionals it takes; `rest` allows `-- COMMAND`. */
  readonly positionals: { readonly least: number; readonly most: number; readonly rest?: boolean };
  /** Three of them, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly flags: readonly Flag[];
  run(args: Arguments, terminal: Terminal, surroundings: Surroundings): Promise<ExitCode>;
}

/** A person's mistake on the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
