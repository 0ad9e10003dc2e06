import type { Account, LambdaFunction } from '../../account/account';
import { TemplateError } from '../../account/resource/template-error';
import type { SystemProfileReading } from '../../account/system-profile-reading';
import { readAssemblyContent } from '../../account/templates/assembly-content';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, merged } from '../../proof/finding/principal-finding';
import { assemblyViolations } from '../../proof/templates/assembly-violations';
import type { AssemblyDifference } from '../../proof/templates/compare-assemblies';
import { judgePrincipals } from '../../proof/verification/judge-principals';
import {
  functionFailed,
  judgeVerification,
  type VerificationVerdict,
} from '../../proof/verification/judge-verification';
import { inconclusiveTries, type TrustTrial, trialFindings } from '../../proof/verification/trust/trust-trial';
import { readVerificationResult, type VerificationResult } from '../../proof/verification/verification-result';
import type { Verification } from '../../report/verification/verification';
import type { Injection } from '../../sandbox/faults/injection';
import { startSandbox } from '../../sandbox/start-sandbox';
import { compareAssembly } from '../compare-assembly';
import { inAssembly, readAccount, readCurrentAccount } from '../read-account';
import { runFunction } from '../run-function';
import { TrustTrials } from '../trust/try-trusts';
import type { PlannedFault } from './faults-of';

export interface LocalOptions {
  /** Folder `cdk.out` to read. `undefined` synthesizes the templates of the plan. */
  readonly assembly: string | undefined;
  /** Folder with `cdk.json`. */
  readonly project: string;
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
 * Of an assembly, only the templates are used. The code that runs is built by this checkout, and the assembly must have
 * the same code.
 *
 * @throws TemplateError when the templates cannot be read, were synthesized for another plan, account or Region, or
 * deploy other code
 */
export async function verifyLocally(plan: AccessPlan, options: LocalOptions): Promise<LocalVerification> {
  const { assembly, project, progress } = options;
  if (assembly === undefined) {
    return inAssembly(plan, undefined, progress, (folder) => {
      const account = readCurrentAccount(plan, folder);
      return verifyAccount(plan, account, deployedFunction(plan, account), options);
    });
  }
  progress(`reading ${assembly}`);
  const account = readCurrentAccount(plan, assembly);
  const found = readAssemblyContent(assembly, plan.environment);
  return compareAssembly(plan, found, project, async (differences, built) => {
    const builtAccount = readAccount(plan, built);
    const verification = deployedFunction(plan, builtAccount);
    requireSameCode({ plan, assembly }, differences, builtAccount.origins.get(verification.name)?.logicalId);
    const result = await verifyAccount(plan, account, verification, options);
    const findings = assemblyViolations(differences, false).map(({ about, message }) => finding(about, message));
    const principals = { ...result.principals, findings: [...findings, ...result.principals.findings] };
    return { ...result, principals, assembly };
  });
}

/**
 * @throws TemplateError when the assembly would deploy other code than this checkout builds, or run it otherwise: the
 * bundle, the function, the lists of what is uploaded, and the manifests must be the same
 */
function requireSameCode(
  { plan, assembly }: { readonly plan: AccessPlan; readonly assembly: string },
  differences: readonly AssemblyDifference[],
  functionId: string | undefined,
): void {
  const other = differences.find(({ logicalId }) => logicalId === undefined || logicalId === functionId);
  if (other !== undefined) {
    throw new TemplateError(
      assembly,
      [],
      `is not what this checkout builds, so no code was run; the first difference is in ${other.place} at ${other.path}. See all of them with: npx bedrock-access prove ${plan.environment} --assembly ${assembly}`,
    );
  }
}

async function verifyAccount(
  plan: AccessPlan,
  account: Account,
  verification: LambdaFunction,
  options: LocalOptions,
): Promise<LocalVerification> {
  const { reading, progress, interrupted, faults = [] } = options;
  const judged = judgePrincipals(plan, account, reading);
  const trusts = new TrustTrials(plan);
  const { issuers } = trusts;
  const sandbox = await startSandbox({ account, reading, faults: injections(faults, plan, account), issuers });
  const stop = new AbortController();
  interrupted.then(() => stop.abort());
  try {
    progress(`sandbox on ${sandbox.url}, roles are assumed`);
    const trials = await trusts.run(sandbox, account.region, stop.signal);
    const principals = {
      ...judged,
      decisions: judged.decisions + trials.reduce((n, { tries }) => n + tries.length, 0),
      findings: merged([...judged.findings, ...trialFindings(trials)]),
    };
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
      return { plan, result: noResult(plan), principals, trials, reading, verdict: functionFailed(answer.error) };
    }
    const result = readVerificationResult(answer.result);
    const verdict = withTrials(judgeVerification(plan, account, result), trials);
    return {
      plan,
      result,
      principals,
      trials,
      reading,
      verdict,
      ...(faults.length > 0 && { faults: sandbox.injected }),
    };
  } finally {
    await sandbox.close();
  }
}

/** Adds the tries to assume a role that showed nothing. They leave the verification unfinished. */
function withTrials(verdict: VerificationVerdict, trials: readonly TrustTrial[]): VerificationVerdict {
  const unknown = inconclusiveTries(trials);
  return unknown.length === 0
    ? verdict
    : {
        ...verdict,
        verdict: verdict.verdict === 'found' ? 'found' : 'unfinished',
        mismatches: [...verdict.mismatches, ...unknown],
      };
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
