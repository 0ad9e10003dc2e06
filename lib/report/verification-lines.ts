import type { SystemProfileReading } from '../account/system-profile-reading';
import { findModel, priceOf } from '../catalog/catalog';
import type { Routing } from '../catalog/routing';
import { visible } from '../config/invisible';
import type { AccessPlan } from '../plan/access-plan';
import type { PrincipalVerdict } from '../proof/judge-principals';
import type { ProbeFinding, VerificationVerdict } from '../proof/judge-verification';
import type { MissingStatement } from '../proof/missing-statement';
import type { PrincipalFinding } from '../proof/principal-finding';
import type { ProbeResult, VerificationResult } from '../proof/verification-result';
import { counted } from './counted';
import { notCreatedLine } from './not-created-line';
import type { Colours } from './problem-lines';
import { type ReportedFact, settledFacts, settledLine } from './settled-facts';
import { skippedLines } from './skipped-lines';
import { table } from './table';

/** Everything a report of a verification shows. */
export interface Verification {
  readonly plan: AccessPlan;
  readonly result: VerificationResult;
  readonly verdict: VerificationVerdict;
  /**
   * What a verification of templates on this machine finds beside the probes.
   *
   * @default - the deployed function made real calls
   */
  readonly principals?: PrincipalVerdict;
  /**
   * As what the sandbox took the system-defined profile.
   *
   * @default - the deployed function made real calls
   */
  readonly reading?: SystemProfileReading;
}

const PROBE_WORDS: Readonly<Record<string, string>> = {
  'foreign-profile': "another application's profile",
  'missing-profile': 'a profile that does not exist',
  'bare-model': 'the bare model',
  'destination-model': 'the bare model where a call may land',
  'system-profile': 'the system profile',
  'other-region': 'another Region',
  'no-guardrail': 'its profile without the guardrail',
  'bearer-token': 'its profile with a bearer token',
  mantle: 'the endpoint bedrock-mantle',
};

/** Calls of a model, as they are charged. */
type Charged = Pick<ProbeResult, 'modelId' | 'routing' | 'inputTokens' | 'outputTokens'> &
  Partial<Pick<ProbeResult, 'cacheReadTokens' | 'cacheWriteTokens'>>;

/** What a probe cost at list price in US dollars, or `undefined` where no price or no tokens are known. */
export function estimatedUsd(probe: Charged, region: string): number | undefined {
  const model = findModel(probe.modelId);
  const price = model && priceOf(model, probe.routing as Routing, region);
  if (price === undefined || probe.inputTokens === undefined) {
    return undefined;
  }
  const costs = [
    probe.inputTokens * price.input,
    costOf(probe.outputTokens, price.output),
    costOf(probe.cacheReadTokens, price.cacheRead),
    costOf(probe.cacheWriteTokens, price.cacheWrite5m),
  ];
  return costs.reduce<number | undefined>(
    (sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost / 1_000_000),
    0,
  );
}

/** In millionths of a dollar; no tokens cost nothing, whether their price is known or not. */
function costOf(tokens: number | undefined, price: number | undefined): number | undefined {
  return tokens === undefined || tokens === 0 ? 0 : price === undefined ? undefined : tokens * price;
}

function outcome({ outcome: found, asIntended }: ProbeResult): string {
  return `${asIntended ? '✓' : '✗'} ${found}`;
}

/** A verification for people: the verdict, what was tried, what had to be denied, and each thing that is wrong. */
export function verificationLines(verification: Verification, colours: Colours): readonly string[] {
  const { plan, result, verdict, principals } = verification;
  const clean = verdict.verdict === 'as intended' && (principals?.findings ?? []).length === 0;
  const deployed = principals === undefined;
  return [
    clean ? colours.tone('good', readyLine(plan, deployed)) : colours.tone('bad', notReadyLine(plan, verification)),
    deployed ? realLine(plan) : 'Everything below ran on this machine; no AWS account was used.',
    '',
    ...allowedTable(result, plan.region),
    '',
    'Must be denied, and is tried without the permissions boundary once the control of the same role was allowed:',
    ...deniedTable(result),
    '',
    ...settledLines(settledFacts(verification), deployed),
    ...verdict.findings.flatMap((f) => findingLines(f, colours)),
    ...(principals === undefined ? [] : principalLines(principals, colours)),
    ...verdict.mismatches.map((m) => colours.tone('bad', `✗ ${visible(m)}`)),
    ...plan.applications.flatMap(skippedLines),
    ...(plan.notCreated.length === 0 ? [] : [colours.tone('warning', notCreatedLine(plan))]),
    `${result.probes.length - verdict.findings.length} probes as intended, ${verdict.findings.length} not.${deployed ? '' : " Answers are scripted; access decisions are IAM's, evaluated from the templates."}`,
  ];
}

function readyLine({ environment, applications }: AccessPlan, deployed: boolean): string {
  const profiles = applications.reduce((n, a) => n + a.generations.length, 0);
  return `✓ ${environment} ${deployed ? 'works as intended' : 'is ready to deploy'}: ${counted(applications.length, 'application')}, ${counted(profiles, 'profile')}.`;
}

/** Of a deployed environment: what the lines below it are. */
function realLine({ account, region, verification }: AccessPlan): string {
  return `Real calls in ${account}, ${region}, made by ${verification.functionName} as the applications' probe roles.`;
}

function notReadyLine({ environment }: AccessPlan, { verdict, principals }: Verification): string {
  const found = principals?.findings.length ?? 0;
  const things = verdict.findings.length + verdict.mismatches.length + found;
  return verdict.verdict === 'unfinished' && found === 0
    ? `! ${environment}: ${things} probes could not tell.`
    : `✗ ${environment} ${principals === undefined ? 'does not work as intended' : 'is not ready to deploy'}: ${things} ${things === 1 ? 'thing is' : 'things are'} not as intended.`;
}

/** The last part of an ARN; whole ARNs stand in `--json`. */
const shortTarget = (target: string): string =>
  target.startsWith('arn:') ? target.split(':').slice(5).join(':') : target;

/** US dollars to the millionth, as a report shows them. */
export function dollars(usd: number | undefined): string {
  if (usd === undefined) {
    return 'unknown';
  }
  return usd > 0 && usd < 0.000001 ? '<$0.000001' : `$${usd.toFixed(6)}`;
}
const tokens = (count: number | undefined): string => (count === undefined ? '' : String(count));

function allowedTable({ probes }: VerificationResult, region: string): readonly string[] {
  return table(
    [
      { heading: 'application' },
      { heading: 'alias' },
      { heading: 'model' },
      { heading: 'routing' },
      { heading: 'probe' },
      { heading: 'outcome' },
      { heading: 'in', numbers: true },
      { heading: 'out', numbers: true },
      { heading: 'ms', numbers: true },
      { heading: 'est. USD', numbers: true },
    ],
    probes
      .filter((p) => p.expected === 'allowed')
      .map((p) => [
        p.application,
        p.alias,
        p.modelId,
        p.routing,
        p.probe,
        outcome(p),
        tokens(p.inputTokens),
        tokens(p.outputTokens),
        String(Math.round(p.milliseconds)),
        dollars(estimatedUsd(p, region)),
      ]),
  );
}

function deniedTable({ probes }: VerificationResult): readonly string[] {
  return table(
    [
      { heading: 'application' },
      { heading: 'alias' },
      { heading: 'called' },
      { heading: 'target' },
      { heading: 'outcome' },
    ],
    probes
      .filter((p) => p.expected === 'denied')
      .map((p) => [p.application, p.alias, PROBE_WORDS[p.probe] ?? p.probe, shortTarget(p.target), outcome(p)]),
  );
}

function settledLines(facts: readonly ReportedFact[], deployed: boolean): readonly string[] {
  const heading = deployed
    ? 'Asked of this account, since AWS does not document it:'
    : 'AWS does not document the following; only a deployed function can settle it:';
  return facts.length === 0 ? [] : [heading, ...facts.map((fact) => visible(settledLine(fact))), ''];
}

function principalLines({ findings, principals, decisions }: PrincipalVerdict, colours: Colours): readonly string[] {
  const summary = `Evaluated for ${counted(principals, 'principal')} of the file: each may call its own profiles and nothing else that was tried (${decisions} decisions). Every role, policy, trust, boundary, profile and alias of the templates is the plan's.`;
  return findings.length === 0 ? [summary] : findings.flatMap((f) => principalFindingLines(f, colours));
}

function principalFindingLines(
  { message, principals, actions, missing }: PrincipalFinding,
  colours: Colours,
): readonly string[] {
  return [
    colours.tone('bad', `✗ ${visible(message)}`),
    ...rows([
      ['as', principals.join(', ')],
      ['action', actions.length === 0 ? undefined : actions.join(', ')],
      ['missing', missing && missingText(missing)],
    ]),
    '',
  ];
}

function missingText({ policy, statement }: MissingStatement): string {
  return `in ${policy}, the statement ${JSON.stringify(statement)}`;
}

function rows(entries: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`    ${name.padEnd(8)} ${visible(value)}`]));
}

function findingLines({ probe, missing }: ProbeFinding, colours: Colours): readonly string[] {
  const what = PROBE_WORDS[probe.probe] ?? probe.probe;
  const {
    application,
    alias,
    principal,
    target,
    expected,
    outcome: found,
    deniedAction,
    deniedArn,
    error,
    cause,
    remedy,
  } = probe;
  return [
    colours.tone('bad', `✗ ${visible(`${application}/${alias}`)} ${what}: must be ${expected}, was ${found}`),
    ...rows([
      ['as', principal],
      ['called', target],
      ['denied', deniedArn && `${deniedAction} on ${deniedArn}`],
      ['answer', error && `${error.status ?? ''} ${error.name}: ${error.message}`.trim()],
      ['because', cause],
      ['missing', missing && missingText(missing)],
      [
        'do',
        missing === undefined ? remedy : 'put the statement back, by synthesizing or deploying again: the plan has it',
      ],
    ]),
    '',
  ];
}
