import type { Command, Flag } from './command';
import { COMMON_FLAGS } from './parse-arguments';

const EXIT_CODES = [
  'Exit codes:',
  '  0  clean',
  '  1  something was found: a problem with the plan, a failed probe',
  '  2  wrong usage, or a file that is not valid',
  '  3  could not finish',
];

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function flagRow({ name, value, summary }: Flag): readonly [string, string] {
  return [`--${name}${value === undefined ? '' : ` ${value}`}`, summary];
}

/** The help of one command: examples first, then its flags. */
export function commandHelp(command: Command): readonly string[] {
  return [
    `bedrock-access ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    '',
    'Examples:',
    ...command.examples.flatMap(([line, what]) => [`  ${line}`, `      ${what}`]),
    '',
    'Flags:',
    ...aligned([...command.flags, ...COMMON_FLAGS].map(flagRow)),
    '',
    ...EXIT_CODES,
  ];
}

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): readonly string[] {
  return [
    'bedrock-access COMMAND',
    '',
    'Who may call which Amazon Bedrock model, as whom: planned, deployed, verified.',
    '',
    'Commands:',
    ...aligned(commands.map((c) => [`${c.name} ${c.usage}`.trimEnd(), c.summary])),
    '',
    'Examples:',
    '  npx bedrock-access check               everything wrong with the environment files',
    '  npx bedrock-access plan dev            what will exist',
    '  npx bedrock-access verify dev --local  deploy it to this machine and try every access',
    '',
    'More of one command: npx bedrock-access COMMAND --help',
    '',
    ...EXIT_CODES,
  ];
}
