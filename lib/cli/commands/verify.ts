import { environmentNames, loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
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
  summary: 'tries every access with real calls: by the deployed function, or on this machine against a sandbox',
  usage: 'ENV [--local | --region-latency]',
  positionals: { least: 0, most: 1 },
  examples: [
    ['npx bedrock-access verify dev', 'has the deployed function call every model as its application would'],
    ['npx bedrock-access verify dev --local', 'from environments/dev.yaml to verified access; no AWS account is used'],
    [
      'npx bedrock-access verify dev --local --fault throttle:0.3,end-of-life:support-chat/main',
      'what is tried again and what remains when calls fail',
    ],
  ],
  flags: [
    {
      name: 'local',
      summary:
        'run the function against the sandbox on this machine, from the synthesized templates; without ENV, of the first file in environments/',
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
      throw new UsageError(
        'usage: bedrock-access verify ENV [--region-latency]; ENV may be left out with --local alone',
      );
    }
    if (switches.has('region-latency')) {
      return verifyLatency(args, terminal, { project, cwd, today });
    }
    const pointless = ['assembly', 'reading', 'fault'].find((flag) => values[flag] !== undefined && !local);
    if (pointless !== undefined) {
      throw new UsageError(`--${pointless} says how to verify on this machine: add --local, or leave it out`);
    }
    terminal.progress(`reading ${name}`);
    const plan = planAccess(loadEnvironment({ project, cwd }, name, today).environment);
    const faults = faultsOf(all['fault'] ?? [], plan);
    const verification = local
      ? await verifyLocally(plan, {
          assembly: values['assembly'],
          reading: readingOf(values),
          progress: terminal.progress,
          interrupted: interrupted(),
          faults,
        })
      : await verifyDeployed(plan, terminal.progress);
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

function nextSteps(environment: string): readonly string[] {
  const steps = [
    [`edit environments/${environment}.yaml, then npx bedrock-access check ${environment}`, 'what is wrong with it'],
    [`npx bedrock-access prove ${environment}`, 'that nobody gets more than it says'],
    [`npx bedrock-access access ${environment}`, 'who may call what'],
    [`npx cdk deploy '${environment}/**'`, 'into an account that is bootstrapped: docs/deploy.md'],
  ] as const;
  const width = Math.max(...steps.map(([step]) => step.length));
  return ['', ...steps.map(([step, what], i) => `${i === 0 ? 'Next:' : '     '}  ${step.padEnd(width)}  ${what}`)];
}
