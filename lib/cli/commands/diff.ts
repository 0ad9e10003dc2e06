import { visible } from '../../config/invisible';
import { differs } from '../../proof/matrix/diff-access';
import { diffFailures } from '../../proof/matrix/diff-failures';
import { diffComment } from '../../report/diff/diff-comment';
import { diffDocument } from '../../report/diff/diff-document';
import { diffLines } from '../../report/diff/diff-lines';
import { diffTable } from '../../report/diff/diff-table';
import { matrixWorkingTree } from '../matrix/matrix-working-tree';
import { diffEnvironment, environmentsOf, notCompared, openMatrices } from '../matrix/read-matrices';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';
import { FAIL_ON_FLAG, failOn } from './fail-on';

export const diff: Command = {
  name: 'diff',
  summary:
    'compares two revisions or matrices: gained and lost access, weaker controls, replaced profiles, budgets and prices',
  usage: 'BASE [HEAD]',
  positionals: { least: 1, most: 2 },
  examples: [
    ['npx bedrock-access diff main', 'compares the environment files as they are now with those of the revision main'],
    [
      'npx bedrock-access diff ./access/dev.json ./cdk.out',
      'compares the reviewed matrix of dev with synthesized templates',
    ],
    [
      'npx bedrock-access diff origin/main HEAD --markdown --fail-on replaced,cost:+10%',
      'prints a comment for a pull request; exits 1 on broader access, a weaker control, a replaced profile, or more than 10 % more cost',
    ],
  ],
  flags: [
    FAIL_ON_FLAG,
    { name: 'markdown', summary: 'print a comment for a pull request, of at most 60,000 characters' },
    OUT_FLAG,
  ],

  async run(args, terminal, surroundings) {
    const { positionals, switches, values } = args;
    const { cwd, today } = surroundings;
    const choices = failOn(values['fail-on']);
    if (switches.has('markdown') && switches.has('json')) {
      throw new UsageError('--markdown and --json exclude each other; give one of them');
    }
    const [baseSource = '', headSource] = positionals;
    const base = await openMatrices(baseSource, 'base', surroundings);
    const head =
      headSource === undefined
        ? matrixWorkingTree(surroundings, today)
        : await openMatrices(headSource, 'head', surroundings);
    const compared: Awaited<ReturnType<typeof diffEnvironment>>[] = [];
    for (const environment of environmentsOf(base, head)) {
      terminal.progress(`comparing ${environment}`);
      compared.push(await diffEnvironment(environment, base, head));
    }
    const environments = compared.map((c) => c.diff);
    const failures = environments.flatMap((d) => diffFailures(d, choices));
    const report = {
      base,
      head,
      environments,
      failures,
      notLookedAt: [...notCompared(base, head), ...compared.flatMap((c) => c.notLookedAt)],
    };
    const line = ['npx bedrock-access diff', ...positionals.map(shellWord)].join(' ');
    const exitCode = failures.length > 0 ? EXIT.found : EXIT.clean;
    const document = diffDocument(report, exitCode);
    const lines = () => [
      ...diffLines(report, terminal),
      ...(environments.some(differs) && !switches.has('quiet')
        ? ['', `Next:  ${visible(line)} --markdown  prints this as a comment for a pull request`]
        : []),
    ];
    giveResults(args, terminal, cwd, {
      document,
      ...diffTable(environments),
      lines: switches.has('markdown') ? () => [diffComment(report, line)] : lines,
    });
    return exitCode;
  },
};

/** Quotes a word for a shell. Names of files and branches may contain any character. */
function shellWord(word: string): string {
  return /^[\w@%+:,./^-][\w@%+=:,./^~-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
