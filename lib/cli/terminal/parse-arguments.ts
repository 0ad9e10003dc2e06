import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean, meantHint } from '../../spelling/did-you-mean';
import { nearest } from '../../spelling/nearest';
import { type Arguments, type Command, type Flag, UsageError } from './command';

/** What a file of results may end in. */
const DATA_ENDINGS = ['.json', '.csv', '.md'] as const;
export const ENDINGS = [...DATA_ENDINGS, '.html'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Of commands that give results; it may be repeated. */
export const OUT_FLAG: Flag = {
  name: 'out',
  value: 'FILE',
  summary: outSummary(DATA_ENDINGS),
  endings: DATA_ENDINGS,
};

/** Of commands that have a page, too. */
export const OUT_PAGE_FLAG: Flag = {
  ...OUT_FLAG,
  summary: outSummary(ENDINGS),
  endings: ENDINGS,
};

/** Flags that every command has. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'json', summary: 'print one JSON document instead of text' },
  { name: 'color', value: 'WHEN', summary: 'colours: auto, always or never', choices: ['auto', 'always', 'never'] },
  { name: 'quiet', summary: 'no progress and no hints' },
  { name: 'debug', summary: 'show where in the code an error came from' },
  { name: 'help', summary: 'show this help' },
];

/**
 * Reads the arguments of one command.
 *
 * @throws UsageError that names what was found, what is allowed, and what was probably meant
 */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const flags = [...command.flags, ...COMMON_FLAGS];
  const end = argv.indexOf('--');
  const [own, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  if (end !== -1 && !command.positionals.rest) {
    throw new UsageError(`'${command.name}' takes nothing after --`);
  }
  const { tokens } = parseArgs({
    args: [...own],
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
    const wanted =
      least === most ? `${least}` : `${least} to ${most === Number.POSITIVE_INFINITY ? 'any number' : most}`;
    throw new UsageError(
      `usage: bedrock-access ${command.name} ${command.usage}: takes ${wanted} argument${most === 1 ? '' : 's'}, got ${positionals.length}`,
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
    throw new UsageError(`--${flag.name} is ${flag.choices.join(', ')}; got '${value}'${hint}`);
  }
  if (flag.endings !== undefined && !flag.endings.includes(extname(value))) {
    throw new UsageError(`--${flag.name} writes ${flag.endings.join(', ')}; '${value}' ends in none of them`);
  }
  values[flag.name] = value;
}

function outSummary(endings: readonly string[]): string {
  return `write the results to FILE as its ending says: ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)} (repeatable)`;
}
