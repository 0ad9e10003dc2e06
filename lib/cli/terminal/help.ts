import type { Command, Flag } from './command';
import { COMMON_FLAGS } from './parse-arguments';

const EXIT_CODES = [
  'Exit codes:',
  '  0  everything is as it should be',
  '  1  the command found a problem, such as a violation or a failed probe',
  '  2  wrong usage, or an invalid file',
  '  3  the command could not finish',
];

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function flagRow({ name, value, summary }: Flag): readonly [string, string] {
  return [`--${name}${value === undefined ? '' : ` ${value}`}`, summary];
}

/** Returns the help of one command: examples first, then its flags. */
export function commandHelp(command: Command): readonly string[] {
  return [
    `bedrock-access ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    '',
    'Examples:',
    ...command.examples.flatMap(([line, effect]) => [`  ${line}`, `      ${effect}`]),
    '',
    'Flags:',
    ...aligned([...command.flags, ...COMMON_FLAGS].map(flagRow)),
    '',
    ...EXIT_CODES,
  ];
}

/** Returns the help of the whole program. */
export function programHelp(commands: readonly Command[]): readonly string[] {
  return [
    'bedrock-access COMMAND',
    '',
    'Plans, proves and verifies which principal can call which Amazon Bedrock model.',
    '',
    'Commands:',
    ...aligned(commands.map((c) => [`${c.name} ${c.usage}`.trimEnd(), c.summary])),
    '',
    'Examples:',
    '  npx bedrock-access check               lists every problem in the environment files',
    '  npx bedrock-access plan dev            shows what will be created',
    '  npx bedrock-access verify dev --local  tries every access on this machine',
    '',
    'Help on one command: npx bedrock-access COMMAND --help',
    '',
    ...EXIT_CODES,
  ];
}
