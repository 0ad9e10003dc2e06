import { loadEnvironment } from '../../config/environment-files';
import { AwsFailure } from '../../live/aws-failure';
import { type LimitStandings, readStandings } from '../../live/limits/read-standings';
import { requireAccount } from '../../live/require-account';
import { planOwnCost } from '../../plan/cost/own-cost';
import { type AccessPlan, planAccess } from '../../plan/environment/access-plan';
import { problemLines } from '../../report/format/problem-lines';
import { planDocument } from '../../report/plan/plan-document';
import { planLines } from '../../report/plan/plan-lines';
import { planTable } from '../../report/plan/plan-table';
import { standingLines } from '../../report/plan/standing-lines';
import { ASSEMBLY_FLAG } from '../terminal/account-flags';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';
import type { Terminal } from '../terminal/terminal';
import { ENDPOINT_POLICY_FLAG, printEndpointPolicy } from './endpoint-policy';
import { printExecutionPolicy } from './execution-policy';

export const plan: Command = {
  name: 'plan',
  summary: 'shows what will be created (profiles, principals, statements, budgets, probes) and what it costs a month',
  usage: 'ENV',
  positionals: { least: 1, most: 1 },
  examples: [
    ['npx bedrock-access plan dev', 'shows profiles, principals and what each application may do'],
    ['npx bedrock-access plan dev --statements', 'shows the policies too, as the JSON that IAM will store'],
    [
      'npx bedrock-access plan dev --execution-policy --part 1 > execution-policy-1.json',
      'prints the minimal policy for cdk bootstrap --cloudformation-execution-policies',
    ],
  ],
  flags: [
    { name: 'statements', summary: 'show the statements of every policy' },
    {
      name: 'execution-policy',
      summary: 'print the policy that CloudFormation needs to deploy the environment, proven for its templates',
    },
    {
      name: 'part',
      value: 'N',
      summary: 'with --execution-policy: number of the document to print; IAM allows 6144 characters in each',
      choices: ['1', '2', '3', '4', '5', '6'],
    },
    { ...ASSEMBLY_FLAG, summary: 'with --execution-policy: prove it for this cdk.out instead of synthesizing' },
    ENDPOINT_POLICY_FLAG,
    { name: 'live', summary: 'ask the account which applications are denied now' },
    OUT_FLAG,
  ],

  async run(args, terminal, { project, cwd, today }) {
    const { switches, values } = args;
    const [name = ''] = args.positionals;
    if (values['assembly'] !== undefined && !switches.has('execution-policy')) {
      throw new UsageError('--assembly needs --execution-policy; a plan reads no templates');
    }
    if (values['part'] !== undefined && !switches.has('execution-policy')) {
      throw new UsageError('--part needs --execution-policy; a plan is one document');
    }
    if (switches.has('live') && switches.has('execution-policy')) {
      throw new UsageError('--live asks which applications are denied now; leave it out with --execution-policy');
    }
    const { environment, warnings } = loadEnvironment({ project, cwd }, name, today);
    const accessPlan = planAccess(environment);
    const service = values[ENDPOINT_POLICY_FLAG.name];
    if (service !== undefined) {
      return printEndpointPolicy(accessPlan, service, args, terminal);
    }
    if (switches.has('execution-policy')) {
      return printExecutionPolicy(accessPlan, args, terminal);
    }
    const ownCost = planOwnCost(accessPlan);
    const limits = switches.has('live') ? await readLive(accessPlan, terminal, today) : undefined;
    const exitCode = limits !== undefined && 'skipped' in limits ? EXIT.unfinished : EXIT.clean;
    const document = planDocument({ plan: accessPlan, ownCost, warnings, limits }, exitCode);
    const lines = () => [
      ...planLines(accessPlan, { statements: switches.has('statements') }, terminal),
      ...(limits === undefined ? [] : standingLines(limits, accessPlan.environment, terminal)),
    ];
    giveResults(args, terminal, cwd, { document, ...planTable(accessPlan), lines });
    if (warnings.length > 0 && !switches.has('json')) {
      terminal.err(...problemLines(environment.file, warnings, terminal));
    }
    return exitCode;
  },
};

/** Reads which applications are denied. The rest of the plan needs no account, so a refusal does not end the command. */
async function readLive(plan: AccessPlan, terminal: Terminal, today: string): Promise<LimitStandings> {
  terminal.progress('reading the limits');
  try {
    await requireAccount(plan);
  } catch (error) {
    if (error instanceof AwsFailure) {
      return { skipped: error.message };
    }
    throw error;
  }
  return readStandings(plan, today);
}
