import { UNPRINTABLE } from '../../../aws/bounded-text';
import { MAX_WORDS } from '../../../lambda/limit/limit-event';
import { loadEnvironment } from '../../config/environment-files';
import { type LimitOrder, orderLimit } from '../../live/limits/order-limit';
import { requireAccount } from '../../live/require-account';
import { type AccessPlan, planAccess } from '../../plan/environment/access-plan';
import { budgetDocument } from '../../report/costs/budget-document';
import { type BudgetReport, budgetLines, budgetTable } from '../../report/costs/budget-lines';
import { didYouMean } from '../../spelling/did-you-mean';
import { type Arguments, type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

export const budget: Command = {
  name: 'budget',
  summary: 'denies an application its profiles by hand, or lifts a denial, whoever set it',
  usage: 'ENV APP --deny REASON | --release',
  positionals: { least: 2, most: 2 },
  examples: [
    [
      'npx bedrock-access budget dev support-chat --deny "runaway loop, ticket 1042"',
      'denies its roles and users its profiles until a release',
    ],
    ['npx bedrock-access budget dev support-chat --release', 'lets its roles and users call its profiles again'],
    ['npx bedrock-access budget dev support-chat --release --json', 'does the same and prints one JSON document'],
  ],
  flags: [
    {
      name: 'deny',
      value: 'REASON',
      summary: `have the deployed function deny all principals its profiles until a release; the reason has 1 to ${MAX_WORDS} characters`,
    },
    { name: 'release', summary: 'have the deployed function lift the denial of all principals' },
    OUT_FLAG,
  ],

  async run(args, terminal, { project, cwd, today }) {
    const [name = '', application = ''] = args.positionals;
    const order = orderOf(args, application);
    const { environment: checked } = loadEnvironment({ project, cwd }, name, today);
    const plan = planAccess(checked);
    requireDeniable(plan, application, checked.file);
    // Loaded on demand: a command that calls no AWS service does not need it.
    const { LambdaClient } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
    const { environment, account, region } = plan;
    const by = await requireAccount(plan);
    terminal.progress(`${order.order === 'deny' ? 'denying' : 'releasing'} ${application}`);
    const done = await orderLimit(plan, order, by, new LambdaClient({ region }));
    const report: BudgetReport = { environment, account, region, ...order, by, ...done };
    const exitCode = done.failures.length === 0 ? EXIT.clean : EXIT.unfinished;
    const document = budgetDocument(report, exitCode);
    const lines = () => budgetLines(report, terminal);
    giveResults(args, terminal, cwd, { document, ...budgetTable(report), lines });
    return exitCode;
  },
};

/** @throws UsageError unless there is exactly one order, with a reason that can be shown */
function orderOf({ switches, values, all }: Arguments, application: string): LimitOrder {
  const reason = values['deny'];
  const release = switches.has('release');
  if (reason === undefined && !release) {
    throw new UsageError(
      `'budget' needs a flag: add --release to lift the denial of ${application}, or --deny "REASON" to deny it by hand`,
    );
  }
  if (reason === undefined) {
    return { order: 'release', application };
  }
  if (release || (all['deny'] ?? []).length > 1) {
    throw new UsageError('--deny and --release are two orders; give one of them, once');
  }
  const words = reason.trim();
  const length = [...words].length;
  if (length === 0 || length > MAX_WORDS) {
    throw new UsageError(`the reason of --deny has ${length} characters; allowed: 1 to ${MAX_WORDS}`);
  }
  // A reason is shown in terminals, logs, mails and dashboards.
  const unprintable = UNPRINTABLE.exec(words)?.[0];
  if (unprintable !== undefined) {
    const code = unprintable.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new UsageError(`the reason of --deny contains the character U+${code}, which cannot be printed; remove it`);
  }
  return { order: 'deny', application, reason: words };
}

/** @throws UsageError when the file has no such application, or no role that may deny it anything */
function requireDeniable({ environment, applications }: AccessPlan, name: string, file: string): void {
  const application = applications.find((a) => a.name === name);
  const deniable = applications.filter((a) => a.limit !== undefined).map((a) => a.name);
  if (application === undefined) {
    const names = applications.map((a) => a.name);
    const hint = didYouMean(name, names, `; it has: ${names.join(', ')}`);
    throw new UsageError(`${environment} has no application '${name}'${hint}`);
  }
  if (application.limit === undefined) {
    const change =
      application.budget === undefined
        ? "add a budget: with monthlyUsd, notify and 'atLimit: deny'"
        : "add 'atLimit: deny' to its budget";
    const others = deniable.length === 0 ? '' : `; applications that can be denied: ${deniable.join(', ')}`;
    throw new UsageError(
      `'${name}' is never denied, because no role may deny it anything: ${change} in ${file}, and deploy it before it is needed${others}`,
    );
  }
}
