import { visible } from '../../config/invisible';
import { differs } from '../../proof/matrix/diff-access';
import { diffFailures } from '../../proof/matrix/diff-failures';
import { diffComment } from '../../report/diff/diff-comment';
import { diffDocument } from '../../report/diff/diff-document';
import { diffLines } from '../../report/diff/diff-lines';
import { diffTable } from '../../report/diff/diff-table';
import { matrixWorkingTree } from '../matrix/matrix-working-tree';
import { diffEnvironment, environmentsOf, openMatrices } from '../matrix/read-matrices';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';
import { FAIL_ON_FLAG, failOn } from './fail-on';

export const diff: Command = {
  name: 'diff',
  summary:
    'who gains and loses what, which profiles are replaced, and what it costs, between two matrices or revisions',
  usage: 'BASE [HEAD]',
  positionals: { least: 1, most: 2 },
  examples: [
    ['npx bedrock-access diff main', 'the environment files as they are now, against those of the revision main'],
    ['npx bedrock-access diff access/dev.json cdk.out', 'the reviewed matrix of dev against synthesized templates'],
    [
      'npx bedrock-access diff origin/main HEAD --markdown --fail-on replaced,cost:+10%',
      'a comment for a pull request; exit 1 on broader access, a replaced profile, or more than 10 % more cost',
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
      throw new UsageError('--markdown and --json are two forms of the same; give one of them');
    }
    const [asked = '', other] = positionals;
    const base = await openMatrices(asked, surroundings);
    const head = other === undefined ? matrixWorkingTree(surroundings, today) : await openMatrices(other, surroundings);
    const found: Awaited<ReturnType<typeof diffEnvironment>>[] = [];
    for (const environment of environmentsOf(base, head)) {
      terminal.progress(`comparing ${environment}`);
      found.push(await diffEnvironment(environment, base, head));
    }
    const environments = found.map((f) => f.diff);
    const failures = environments.flatMap((d) => diffFailures(d, choices));
    const report = { base, head, environments, failures, notLookedAt: found.flatMap((f) => f.notLookedAt) };
    const line = ['npx bedrock-access diff', ...positionals.map(shellWord)].join(' ');
    const exitCode = failures.length > 0 ? EXIT.found : EXIT.clean;
    const document = diffDocument(report, exitCode);
    const lines = () => [
      ...diffLines(report, terminal),
      ...(environments.some(differs) && !switches.has('quiet')
        ? ['', `Next:  ${visible(line)} --markdown  the same as a comment for a pull request`]
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

/** A word as a shell takes it: names of files and branches may hold anything. */
function shellWord(word: string): string {
  return /^[\w@%+:,./^-][\w@%+=:,./^~-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
