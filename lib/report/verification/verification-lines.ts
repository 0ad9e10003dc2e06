import { groupBy } from '../../../aws/group-by';
import { WITHOUT_CONTROL } from '../../../lambda/verify/probes/judge';
import { visible } from '../../config/invisible';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PrincipalFinding } from '../../proof/finding/principal-finding';
import type { PrincipalVerdict } from '../../proof/verification/judge-principals';
import type { ProbeFinding } from '../../proof/verification/judge-verification';
import { counted } from '../format/counted';
import { missingText } from '../format/missing-text';
import type { Colours } from '../format/problem-lines';
import { skippedLines } from '../plan/skipped-lines';
import { standingLines } from '../plan/standing-lines';
import { faultLines } from './fault-lines';
import { allowedTable, deniedTable } from './probe-tables';
import { probeWords } from './probe-words';
import { type ReportedFact, settledFacts, settledLine } from './settled-facts';
import { trustLines } from './trust-lines';
import type { Verification } from './verification';

/** Describes a verification for people: the verdict, the calls that had to be allowed or denied, and each finding. */
export function verificationLines(verification: Verification, colours: Colours): readonly string[] {
  const { plan, result, verdict, principals, faults, assembly, limits } = verification;
  const clean = verdict.verdict === 'as intended' && (principals?.findings ?? []).length === 0;
  const deployed = principals === undefined;
  return [
    clean ? colours.tone('good', readyLine(plan, deployed)) : colours.tone('bad', notReadyLine(plan, verification)),
    deployed ? realLine(plan) : 'Everything below ran on this machine; no AWS account was used.',
    ...(assembly === undefined
      ? []
      : [`The code that ran was built by this checkout; ${visible(assembly)} has the same (compared by content).`]),
    '',
    ...allowedTable(result, plan.region),
    '',
    'These calls must be denied. Each is made without the permissions boundary, after a control call of the same role was allowed:',
    ...deniedTable(result),
    '',
    ...trustLines(verification),
    ...settledLines(settledFacts(verification), deployed),
    ...findingLines(verdict.findings, colours),
    ...(principals === undefined ? [] : principalLines(principals, colours)),
    ...verdict.mismatches.map((m) => colours.tone('bad', `✗ ${visible(m)}`)),
    ...(limits === undefined ? [] : standingLines(limits, plan.environment, colours)),
    ...plan.applications.flatMap(skippedLines),
    ...(faults === undefined ? [] : faultLines(faults, result)),
    `${result.probes.length - verdict.findings.length} probes as intended, ${verdict.findings.length} not.${deployed ? '' : " Answers are scripted; access decisions are IAM's, evaluated from the templates."}`,
  ];
}

function readyLine({ environment, applications }: AccessPlan, deployed: boolean): string {
  const profiles = applications.reduce((n, a) => n + a.generations.length, 0);
  return `✓ ${environment} ${deployed ? 'works as intended' : 'is ready to deploy'}: ${counted(applications.length, 'application')}, ${counted(profiles, 'profile')}.`;
}

/** Says that the lines below show real calls, and which function made them. */
function realLine({ account, region, functions: [verification] }: AccessPlan): string {
  return `Real calls in ${account}, ${region}, made by ${verification.functionName} as the applications' probe roles.`;
}

function notReadyLine({ environment }: AccessPlan, { verdict, principals }: Verification): string {
  const found = principals?.findings.length ?? 0;
  const things = verdict.findings.length + verdict.mismatches.length + found;
  return verdict.verdict === 'unfinished' && found === 0
    ? verdict.mismatches.length === 0
      ? `! ${environment}: ${counted(things, 'probe')} gave no verdict.`
      : `! ${environment}: ${counted(things, 'thing')} could not be verified.`
    : `✗ ${environment} ${principals === undefined ? 'does not work as intended' : 'is not ready to deploy'}: ${things} ${things === 1 ? 'thing is' : 'things are'} not as intended.`;
}

function settledLines(facts: readonly ReportedFact[], deployed: boolean): readonly string[] {
  const heading = deployed
    ? 'AWS does not document the following; this account answered:'
    : 'AWS does not document the following; only a deployed function can settle it:';
  return facts.length === 0 ? [] : [heading, ...facts.map((fact) => visible(settledLine(fact))), ''];
}

function principalLines({ findings, principals, decisions }: PrincipalVerdict, colours: Colours): readonly string[] {
  const summary = `Evaluated for ${counted(principals, 'principal')} of the file: each can call its own profiles and nothing else that was tried (${decisions} decisions). Every role, policy, trust policy, boundary, profile and alias in the templates is the planned one.`;
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

function rows(entries: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`    ${name.padEnd(8)} ${visible(value)}`]));
}

/** Describes each finding. Probes with the same finding share one entry. */
function findingLines(findings: readonly ProbeFinding[], colours: Colours): readonly string[] {
  const groups = groupBy(findings, (finding) => {
    const { application, alias, generation, expected, outcome } = finding.probe;
    return JSON.stringify([application, alias, generation, expected, outcome, findingRows(finding)]);
  });
  return [...groups.values()].flatMap((group) => {
    const [finding] = group;
    const { application, alias, expected, outcome } = finding.probe;
    const probes = group.map(({ probe }) => probeWords(probe.probe)).join(', ');
    const subject = `${visible(`${application}/${alias}`)} ${probes}`;
    return [
      colours.tone('bad', `✗ ${subject}: must be ${expected}, was ${outcome}`),
      ...rows(findingRows(finding)),
      '',
    ];
  });
}

function findingRows({ probe, missing }: ProbeFinding): readonly (readonly [string, string | undefined])[] {
  const { principal, target, calledRegion, deniedAction, deniedArn, error, cause, remedy } = probe;
  if (cause === WITHOUT_CONTROL) {
    return [
      ['as', principal],
      ['because', cause],
      ['do', remedy],
    ];
  }
  return [
    ['as', principal],
    ['called', calledRegion === undefined ? target : `${target} in ${calledRegion}`],
    ['denied', deniedArn && `${deniedAction} on ${deniedArn}`],
    ['answer', error && `${error.status ?? ''} ${error.name}: ${error.message}`.trim()],
    ['because', cause],
    ['missing', missing && missingText(missing)],
    ['do', missing === undefined ? remedy : 'synthesize or deploy again: the plan contains the missing statement'],
  ];
}
