import { environmentNames, loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
import { nextSteps } from '../../report/verification/next-steps';
import { verificationDocument } from '../../report/verification/verification-document';
import { verificationLines } from '../../report/verification/verification-lines';
import { verificationTable } from '../../report/verification/verification-table';
import { ACCOUNT_FLAGS, readingOf } from '../terminal/account-flags';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';
import { faultsOf } from './faults-of';
import { verifyDeployed } from './verify-deployed';
import { verifyLatency } from './verify-latency';
import { verifyLocally } from './verify-locally';

export const verify: Command = {
  name: 'verify',
  summary: 'tries every access with real calls by the deployed function, or on this machine against a sandbox',
  usage: 'ENV [--local | --region-latency]',
  positionals: { least: 0, most: 1 },
  examples: [
    ['npx bedrock-access verify dev', 'lets the deployed function call every model as its application would'],
    ['npx bedrock-access verify dev --local', 'verifies environments/dev.yaml on this machine, without an AWS account'],
    [
      'npx bedrock-access verify dev --local --fault throttle:0.3,end-of-life:support-chat/main',
      'shows which calls are retried and which fail in the end',
    ],
  ],
  flags: [
    {
      name: 'local',
      summary:
        'run the function of the synthesized templates against the sandbox on this machine; ENV defaults to the first file in environments/',
    },
    {
      name: 'fault',
      value: 'FAULTS',
      summary: 'inject faults, joined by commas: NAME, NAME:RATE or NAME:APPLICATION/ALIAS; docs/sandbox.md lists them',
    },
    {
      name: 'region-latency',
      summary: 'time the routings of each chat model from this machine, with your own credentials',
    },
    OUT_FLAG,
    ...ACCOUNT_FLAGS,
  ],

  async run(args, terminal, { project, cwd, today, interrupted }) {
    const { positionals, switches, values, all } = args;
    const local = switches.has('local');
    const name = positionals[0] ?? (local ? firstEnvironment(project) : undefined);
    if (name === undefined) {
      throw new UsageError('usage: bedrock-access verify ENV [--region-latency]; ENV is optional only with --local');
    }
    if (switches.has('region-latency')) {
      return verifyLatency(args, terminal, { project, cwd, today });
    }
    const localFlag = ['assembly', 'reading', 'fault'].find((flag) => values[flag] !== undefined);
    if (localFlag !== undefined && !local) {
      throw new UsageError(
        `--${localFlag} applies only to a verification on this machine: add --local, or leave it out`,
      );
    }
    terminal.progress(`reading ${name}`);
    const plan = planAccess(loadEnvironment({ project, cwd }, name, today).environment);
    const faults = faultsOf(all['fault'] ?? [], plan);
    const verification = local
      ? await verifyLocally(plan, {
          assembly: values['assembly'],
          project,
          reading: readingOf(values),
          progress: terminal.progress,
          interrupted: interrupted(),
          faults,
        })
      : await verifyDeployed(plan, today, terminal.progress);
    const { verdict, principals } = verification;
    const exitCode =
      verdict.verdict === 'found' || (principals?.findings ?? []).length > 0
        ? EXIT.found
        : verdict.verdict === 'unfinished'
          ? EXIT.unfinished
          : EXIT.clean;
    const document = verificationDocument(verification, exitCode);
    const lines = () => [
      ...verificationLines(verification, terminal),
      ...(local && exitCode === EXIT.clean && !switches.has('quiet') ? nextSteps(plan.environment) : []),
    ];
    giveResults(args, terminal, cwd, { document, ...verificationTable(verification), lines });
    return exitCode;
  },
};

function firstEnvironment(project: string): string {
  const [first] = environmentNames(project);
  if (first === undefined) {
    throw new UsageError(`there are no environment files in ${project}/environments; write environments/dev.yaml`);
  }
  return first;
}
