import { loadEnvironment } from '../../config/environment-files';
import { releaseDenial } from '../../live/release-denial';
import { requireAccount } from '../../live/require-account';
import { type AccessPlan, planAccess } from '../../plan/environment/access-plan';
import { budgetDocument } from '../../report/costs/budget-document';
import { type ReleaseReport, releaseLines, releaseTable } from '../../report/costs/budget-lines';
import { didYouMean } from '../../spelling/did-you-mean';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

export const budget: Command = {
  name: 'budget',
  summary: 'lifts the denial that a budget or an alarm set on an application at its limit',
  usage: 'ENV APP --release',
  positionals: { least: 2, most: 2 },
  examples: [
    ['npx bedrock-access budget dev support-chat --release', 'lets its roles and users call its profiles again'],
    ['npx bedrock-access budget dev support-chat --release --json', 'does the same and prints one JSON document'],
    [
      'npx bedrock-access budget dev support-chat --release --out release.md',
      'does the same and writes a table to a file',
    ],
  ],
  flags: [{ name: 'release', summary: 'have the deployed function detach the denial from all principals' }, OUT_FLAG],

  async run(args, terminal, { project, cwd, today }) {
    const [name = '', application = ''] = args.positionals;
    if (!args.switches.has('release')) {
      throw new UsageError(`'budget' needs a flag: add --release to lift the denial of ${application}`);
    }
    const plan = planAccess(loadEnvironment({ project, cwd }, name, today).environment);
    requireDenied(plan, application);
    // Loaded on demand: a command that calls no AWS service does not need it.
    const { LambdaClient } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
    const { environment, account, region } = plan;
    const by = await requireAccount(plan);
    terminal.progress(`releasing ${application}`);
    const release = await releaseDenial(plan, application, by, new LambdaClient({ region }));
    const report: ReleaseReport = { environment, account, region, application, by, ...release };
    const exitCode = release.failures.length === 0 ? EXIT.clean : EXIT.unfinished;
    const document = budgetDocument(report, exitCode);
    const lines = () => releaseLines(report, terminal);
    giveResults(args, terminal, cwd, { document, ...releaseTable(report), lines });
    return exitCode;
  },
};

/** @throws UsageError when the file has no such application, or denies it nothing at its limit */
function requireDenied({ environment, applications }: AccessPlan, name: string): void {
  const application = applications.find((a) => a.name === name);
  const denied = applications.filter((a) => a.limit !== undefined).map((a) => a.name);
  if (application === undefined) {
    const names = applications.map((a) => a.name);
    const hint = didYouMean(name, names, `; it has: ${names.join(', ')}`);
    throw new UsageError(`${environment} has no application '${name}'${hint}`);
  }
  if (application.limit === undefined) {
    const others = denied.length === 0 ? '' : `; applications that are denied at their limits: ${denied.join(', ')}`;
    throw new UsageError(`'${name}' is never denied, because its budget does not set atLimit: deny${others}`);
  }
}
