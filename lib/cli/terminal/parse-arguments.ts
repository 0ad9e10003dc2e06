import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean, meantHint } from '../../spelling/did-you-mean';
import { nearest } from '../../spelling/nearest';
import { type Arguments, type Command, type Flag, UsageError } from './command';

/** Endings of files for results. */
const DATA_ENDINGS = ['.json', '.csv', '.md'] as const;
export const ENDINGS = [...DATA_ENDINGS, '.html'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Flag of commands that can write their results to files. It may be repeated. */
export const OUT_FLAG: Flag = {
  name: 'out',
  value: 'FILE',
  summary: outSummary(DATA_ENDINGS),
  endings: DATA_ENDINGS,
};

/** The flag `--out` of commands that can also write an HTML page. */
export const OUT_PAGE_FLAG: Flag = {
  ...OUT_FLAG,
  summary: outSummary(ENDINGS),
  endings: ENDINGS,
};

/** Flags of every command. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'json', summary: 'print one JSON document instead of text' },
  { name: 'color', value: 'WHEN', summary: 'use colours: auto, always or never', choices: ['auto', 'always', 'never'] },
  { name: 'quiet', summary: 'print no progress and no hints' },
  { name: 'debug', summary: 'print the stack trace of an error' },
  { name: 'help', summary: 'show this help' },
];

/**
 * Reads the arguments of one command.
 *
 * @throws UsageError with the given value, the allowed values, and the value that was probably meant
 */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const flags = [...command.flags, ...COMMON_FLAGS];
  const end = argv.indexOf('--');
  const [beforeEnd, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  if (end !== -1 && !command.positionals.rest) {
    throw new UsageError(`'${command.name}' takes no arguments after --`);
  }
  const { tokens } = parseArgs({
    args: [...beforeEnd],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(flags.map((f) => [f.name, { type: f.value === undefined ? 'boolean' : 'string' }])),
  });
  const values: Record<string, string> = {};
  const all: Record<string, string[]> = {};
  const switches = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'option') {
      const flag = flagOf(command, flags, token);
      read(flag, token.value, values, switches);
      if (token.value !== undefined) {
        all[flag.name] = [...(all[flag.name] ?? []), token.value];
      }
    }
  }
  const positionals = tokens.flatMap((t) => (t.kind === 'positional' ? [t.value] : []));
  const { least, most } = command.positionals;
  if (!switches.has('help') && (positionals.length < least || positionals.length > most)) {
    const expected =
      least === most ? `${least}` : `${least} to ${most === Number.POSITIVE_INFINITY ? 'any number' : most}`;
    throw new UsageError(
      `usage: bedrock-access ${command.name} ${command.usage}: takes ${expected} argument${most === 1 ? '' : 's'}, got ${positionals.length}`,
    );
  }
  return { positionals, rest, values, switches, all, out: all[OUT_FLAG.name] ?? [] };
}

type OptionToken = { readonly name: string; readonly rawName: string; readonly value: string | undefined };

function flagOf(command: Command, flags: readonly Flag[], { name, rawName }: OptionToken): Flag {
  const long = rawName === '-h' ? 'help' : name;
  const flag = rawName.startsWith('--') || rawName === '-h' ? flags.find((f) => f.name === long) : undefined;
  if (flag === undefined) {
    const [meant] = nearest(
      name,
      flags.map((f) => f.name),
    );
    const hint = meantHint(meant && `--${meant}`, `; flags: ${flags.map((f) => `--${f.name}`).join(', ')}`);
    throw new UsageError(`'${command.name}' has no flag ${rawName}${hint}`);
  }
  return flag;
}

function read(flag: Flag, value: string | undefined, values: Record<string, string>, switches: Set<string>): void {
  if (flag.value === undefined) {
    if (value !== undefined) {
      throw new UsageError(`--${flag.name} takes no value, got '${value}'`);
    }
    switches.add(flag.name);
    return;
  }
  if (value === undefined || value === '' || value.startsWith('--')) {
    throw new UsageError(`--${flag.name} needs a value: --${flag.name} ${flag.value}`);
  }
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    const hint = didYouMean(value, flag.choices);
    throw new UsageError(`--${flag.name} must be one of ${flag.choices.join(', ')}; got '${value}'${hint}`);
  }
  if (flag.endings !== undefined && !flag.endings.includes(extname(value))) {
    throw new UsageError(`--${flag.name} writes ${flag.endings.join(', ')}; '${value}' has another ending`);
  }
  values[flag.name] = value;
}

function outSummary(endings: readonly string[]): string {
  return `write the results to FILE, in the format of its ending: ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)} (repeatable)`;
}
