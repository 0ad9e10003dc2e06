import { atMost, type Limiter } from '../../aws/at-most';
import { type Clock, PROBE_MILLISECONDS } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import { retry } from '../../aws/retry/retry';
import { retryBudget } from '../../aws/retry-budget';
import type { BedrockMetrics } from '../../aws/services/bedrock-metrics';
import type { ReadPage } from '../../aws/services/parameter-pages';
import type { Alias, UnreadableAlias } from '../aliases/alias';
import { readAliases } from '../aliases/read-aliases';
import type { Served } from '../aliases/served-aliases';
import type { Session } from './bedrock/call';
import { type PlannedProbe, planProbes } from './probes/plan-probes';
import { type Principal, runProbe } from './probes/probe';
import type { ProbeResult, VerificationResult } from './result';
import type { Settings } from './settings';
import { settle } from './settle/settle';
import { sortResults } from './sort-results';

/** The calls to AWS, the clock and the log of a verification. */
export interface Dependencies {
  readonly readPage: ReadPage;
  /** @param policy JSON of a session policy that limits the session */
  readonly assumeRole: (roleArn: string, signal: AbortSignal, policy?: string) => Promise<Session>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /**
   * CloudWatch's metrics of calls to Bedrock.
   *
   * @default - no facts about AWS are settled after the probes: a gate must not wait for them
   */
  readonly metrics?: BedrockMetrics;
}

/** Time from the start of a run in which recent changes may still be spreading, in milliseconds. */
export interface Spreading {
  /** For policies: until then, unexpected answers of IAM are retried. */
  readonly rights: number;
  /** For parameters: until then, missing or unreadable aliases are read again. */
  readonly aliases: number;
}

const SETTLED: Spreading = { rights: 0, aliases: 0 };

const MAX_CONCURRENT_CALLS = 32;

/** The part of an environment that a run verifies. */
export interface RequestedVerification {
  /**
   * Names of the applications.
   *
   * @default - all applications of the environment
   */
  readonly applications?: readonly string[] | undefined;
  /**
   * Which changes may still be spreading.
   *
   * @default - none
   */
  readonly spreading?: Spreading;
  /**
   * Aliases that the one application has in its stack.
   *
   * @default - the parameters cannot differ from them
   */
  readonly served?: Served | undefined;
  /**
   * True if the schedule names the applications: an application without aliases is then one more result.
   *
   * @default false
   */
  readonly scheduled?: boolean;
}

/** Verifies the requested applications of the environment. */
export async function verify(
  settings: Settings,
  surroundings: Dependencies,
  { applications, spreading = SETTLED, served, scheduled = false }: RequestedVerification = {},
): Promise<VerificationResult> {
  const clock: Clock = { ...surroundings.clock, retryBudget: retryBudget() };
  const dependencies = { ...surroundings, clock };
  const started = clock.now();
  const settled = started + spreading.rights;
  const path = `/bedrock-access/${settings.environment}`;
  const { readable, unreadable } = await readAliases({
    readPage: dependencies.readPage,
    path,
    clock,
    requested: applications,
    settled: started + spreading.aliases,
    served,
  });
  const byApplication = groupBy(readable, ({ application }) => application);
  const names = [...new Set([...readable, ...unreadable].map(({ application }) => application))].sort();
  const selected = selectApplications(path, names, applications, scheduled);

  const limit = atMost(MAX_CONCURRENT_CALLS);
  // Each running application always has calls to make, so as many applications as calls keep all calls busy. The
  // sessions of more applications would need more memory than the function has.
  const begin = atMost(MAX_CONCURRENT_CALLS);
  const runs = selected.map((application) => {
    const aliases = byApplication.get(application);
    const neighbour = neighbourOf(application, names, byApplication);
    return aliases === undefined
      ? []
      : begin(() => verifyApplication({ settings, aliases, neighbour, limit, dependencies, settled }));
  });
  const reported = [
    ...unreadable
      .filter(({ application }) => selected.includes(application))
      .map((alias) => unreadableResult(settings, alias)),
    ...selected.filter((name) => !names.includes(name)).map((name) => missingResult(settings, path, name)),
  ];
  for (const result of reported) {
    logResult(dependencies, result);
  }
  const probes = sortResults([...reported, ...(await Promise.all(runs)).flat()]);
  const { metrics, log } = dependencies;
  const verified = selected.flatMap((application) => byApplication.get(application) ?? []);
  const facts = metrics && (await settle(settings, verified, readable, probes, { ...dependencies, metrics }));
  for (const fact of facts ?? []) {
    log(JSON.stringify(fact));
  }
  return {
    schemaVersion: 1,
    environment: settings.environment,
    region: settings.region,
    probes,
    ...(facts !== undefined && { settled: facts }),
    milliseconds: clock.now() - started,
  };
}

/**
 * Selects the applications to verify. A name without aliases is an error, because its verification would look like a
 * success. If the schedule lists several names, a wrong name must not stop the verification of the others.
 */
function selectApplications(
  path: string,
  names: readonly string[],
  requested: readonly string[] | undefined,
  scheduled: boolean,
): readonly string[] {
  if (names.length === 0) {
    throw new Error(`there is no alias under ${path}; deploy the environment first`);
  }
  const unknown = requested?.find((name) => !names.includes(name));
  if (unknown !== undefined && !(scheduled && requested?.some((name) => names.includes(name)))) {
    throw new Error(`there is no application '${unknown}' under ${path}; existing applications: ${names.join(', ')}`);
  }
  return requested === undefined ? names : [...new Set(requested)];
}

/**
 * Returns the first alias of the next application in sorted order that has an alias. The first application follows the
 * last.
 */
function neighbourOf(
  application: string,
  names: readonly string[],
  byApplication: ReadonlyMap<string, readonly Alias[]>,
): Alias | undefined {
  const at = names.indexOf(application);
  const next = [...names.slice(at + 1), ...names.slice(0, at)].find((name) => byApplication.has(name));
  return next === undefined ? undefined : byApplication.get(next)?.[0];
}

interface ApplicationRun {
  readonly settings: Settings;
  readonly aliases: readonly [Alias, ...Alias[]];
  readonly neighbour: Alias | undefined;
  readonly limit: Limiter;
  readonly dependencies: Dependencies;
  /** Until then, by `clock.now()`, unexpected answers of IAM are retried. */
  readonly settled: number;
}

async function verifyApplication(run: ApplicationRun): Promise<readonly ProbeResult[]> {
  const { settings, aliases, neighbour, limit, dependencies, settled } = run;
  const { clock } = dependencies;
  const plan = planProbes(aliases, neighbour, settings.decoyProfileArn);
  const [{ application }] = aliases;

  const assume = (roleArn: string): Promise<Principal> =>
    limit(async () => {
      if (clock.timeLeft() < PROBE_MILLISECONDS) {
        return { roleArn };
      }
      const { ended } = await retry(
        clock,
        (signal) => dependencies.assumeRole(roleArn, signal),
        (so) => clock.now() < settled && 'failure' in so && so.failure.kind === 'denied',
      );
      return { roleArn, assumed: ended };
    });
  const runOne = (planned: PlannedProbe, principal: Principal, controlAllowed: boolean): Promise<ProbeResult> =>
    limit(async () => {
      const result = await runProbe(planned, principal, clock, controlAllowed, settled);
      logResult(dependencies, result);
      return result;
    });
  const asApplication = async (): Promise<readonly ProbeResult[]> => {
    const principal = await assume(settings.probeRoleArn(application));
    return Promise.all(plan.allowed.map((planned) => runOne(planned, principal, false)));
  };
  const asPolicies = async (): Promise<readonly ProbeResult[]> => {
    const principal = await assume(settings.policiesProbeRoleArn(application));
    const control = await runOne(plan.control, principal, false);
    const denied = plan.denied.map((planned) => runOne(planned, principal, control.outcome === 'allowed'));
    return [control, ...(await Promise.all(denied))];
  };
  return (await Promise.all([asApplication(), asPolicies()])).flat();
}

function unreadableResult(settings: Settings, unreadable: UnreadableAlias): ProbeResult {
  const remedy = "deploy the application's stack again, so that both parameters of the alias are written";
  return notRun(settings, unreadable, remedy);
}

/**
 * Returns the result of an application that the schedule lists but whose aliases do not exist, for example after its
 * first deployment was rolled back.
 */
function missingResult(settings: Settings, path: string, application: string): ProbeResult {
  const cause = `there is no alias under ${path}/${application}`;
  const remedy =
    "deploy the application's stack; where the application has left the environment file, synthesize again and deploy the environment's Overview stack";
  return notRun(settings, { application, alias: '', profileArn: '', cause }, remedy);
}

function notRun(
  settings: Settings,
  { application, alias, profileArn, cause }: UnreadableAlias,
  remedy: string,
): ProbeResult {
  return {
    application,
    alias,
    generation: '',
    modelId: '',
    routing: '',
    probe: 'text',
    expected: 'allowed',
    outcome: 'inconclusive',
    asIntended: false,
    principal: settings.probeRoleArn(application),
    target: profileArn,
    milliseconds: 0,
    attempts: 0,
    cause: `not run: ${cause}`,
    remedy,
  };
}

function logResult({ log }: Dependencies, { application, alias, probe, outcome, milliseconds }: ProbeResult): void {
  log(JSON.stringify({ application, alias, probe, outcome, milliseconds }));
}
