import type { Account, LambdaFunction } from '../../account/account';
import { TemplateError } from '../../account/resource/template-error';
import type { SystemProfileReading } from '../../account/system-profile-reading';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { judgePrincipals } from '../../proof/verification/judge-principals';
import { functionFailed, judgeVerification } from '../../proof/verification/judge-verification';
import { readVerificationResult, type VerificationResult } from '../../proof/verification/verification-result';
import type { Verification } from '../../report/verification/verification';
import type { Injection } from '../../sandbox/faults/injection';
import { startSandbox } from '../../sandbox/start-sandbox';
import { inAssembly, readCurrentAccount } from '../read-account';
import { runFunction } from '../run-function';
import type { PlannedFault } from './faults-of';

export interface LocalOptions {
  /** Folder `cdk.out` to read. `undefined` synthesizes the templates of the plan. */
  readonly assembly: string | undefined;
  readonly reading: SystemProfileReading;
  readonly progress: (phase: string, detail?: string) => void;
  /** Ends the verification early when it resolves. */
  readonly interrupted: Promise<void>;
  /**
   * Faults to inject into calls of models.
   *
   * @default - no faults
   */
  readonly faults?: readonly PlannedFault[];
}

/**
 * Timeout of one attempt while faults are injected, in milliseconds. Some answers never come then, and all others come
 * from the sandbox within milliseconds.
 */
const ATTEMPT_MILLISECONDS = 2_000;

/** A verification that also has results for principals. */
export type LocalVerification = Verification & Required<Pick<Verification, 'principals'>>;

/**
 * Verifies a plan on this machine. Synthesizes it, reads the templates as an account, starts the sandbox, and runs the
 * bundle of the verification function in a process of its own, with the session of its role.
 *
 * @throws TemplateError when the templates cannot be read, or were synthesized for another plan, account or Region
 */
export async function verifyLocally(plan: AccessPlan, options: LocalOptions): Promise<LocalVerification> {
  const { assembly, progress } = options;
  return inAssembly(plan, assembly, progress, (folder) => verifyAssembly(plan, folder, options));
}

async function verifyAssembly(plan: AccessPlan, folder: string, options: LocalOptions): Promise<LocalVerification> {
  const { reading, progress, interrupted, faults = [] } = options;
  const account = readCurrentAccount(plan, folder);
  const principals = judgePrincipals(plan, account, reading);
  const verification = deployedFunction(plan, account);
  const sandbox = await startSandbox({ account, reading, faults: injections(faults, plan, account) });
  const stop = new AbortController();
  interrupted.then(() => stop.abort());
  try {
    const planned = plan.applications.reduce((n, a) => n + a.probes.length, 0);
    const phase = `sandbox on ${sandbox.url}, ${planned} probes`;
    let done = 0;
    progress(phase);
    const answer = await runFunction({
      function: faults.length === 0 ? verification : withShortAttempts(verification),
      region: account.region,
      endpointUrl: sandbox.url,
      session: sandbox.credentialsFor(verification.roleArn),
      event: { spreading: false },
      onLog: (line) => {
        done += line.includes('"probe"') ? 1 : 0;
        progress(phase, `${done} done`);
      },
      signal: stop.signal,
    });
    if ('error' in answer) {
      return { plan, result: noResult(plan), principals, reading, verdict: functionFailed(answer.error) };
    }
    const result = readVerificationResult(answer.result);
    const verdict = judgeVerification(plan, account, result);
    return { plan, result, principals, reading, verdict, ...(faults.length > 0 && { faults: sandbox.injected }) };
  } finally {
    await sandbox.close();
  }
}

/** Returns the faults for the sandbox. A fault of one alias is injected into calls to the profiles of all its generations. */
function injections(
  faults: readonly PlannedFault[],
  { applications }: AccessPlan,
  { profiles }: Account,
): readonly Injection[] {
  return faults.map(({ alias, ...fault }) => {
    if (alias === undefined) {
      return fault;
    }
    const names = applications
      .filter(({ name }) => name === alias.application)
      .flatMap(({ generations }) => generations.filter((g) => g.alias === alias.alias).map((g) => g.profileName));
    return { ...fault, targets: profiles.filter(({ name }) => names.includes(name)).map(({ arn }) => arn) };
  });
}

function withShortAttempts(run: LambdaFunction): LambdaFunction {
  return { ...run, environment: { ...run.environment, ATTEMPT_MILLISECONDS: String(ATTEMPT_MILLISECONDS) } };
}

function deployedFunction({ functions: [verification], environment }: AccessPlan, account: Account): LambdaFunction {
  const deployed = account.functions.find((f) => f.name === verification.functionName);
  if (deployed === undefined) {
    throw new TemplateError(environment, [], `the templates have no function '${verification.functionName}'`);
  }
  return deployed;
}

function noResult({ environment, region }: AccessPlan): VerificationResult {
  return { schemaVersion: 1, environment, region, milliseconds: 0, probes: [] };
}
