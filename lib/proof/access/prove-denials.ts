import type { Account, Principal } from '../../account/account';
import { READINGS } from '../../account/system-profile-reading';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { LimitPlan } from '../../plan/application/limit-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type PlannedPrincipal, principalLabel } from '../../plan/environment/principals';
import { judgeCall } from '../calls/judge-call';
import { layersOf } from '../calls/layers-of';
import { wholeCalls } from '../calls/whole-calls';
import { merged } from '../finding/principal-finding';
import type { Counts, Part, Violation } from '../finding/proof';
import { principalWords, requestWords } from '../finding/sentence';
import { denialIntent, deniedCalls } from '../intent/limit-intent';
import { refused } from './class-violation';
import { EXAMPLE_ACTIONS, exampleResources } from './examples';
import { groupPrincipals, type PrincipalGroup } from './principal-group';
import { EVERYTHING } from './prove-boundaries';
import { intendedFurther } from './prove-further';
import { dependsOnCaller, groupIntent, provePrincipals } from './prove-principals';
import { proveSpace, type SpaceFinding } from './prove-space';

/** The proof of one application at its limit. */
export interface ProvenDenial {
  readonly part: Part;
  /** Number of whole calls, counted for every principal and every reading of the system profile. */
  readonly calls: number;
}

type Found = readonly (readonly [PlannedPrincipal, Principal])[];

/**
 * Proves the access that remains while an application is over its limit and its denial policy is attached to each of
 * its principals. They may not call the application's own profiles, and keep all their other access. The policy itself
 * denies nothing else, whatever principal it is attached to.
 *
 * The policy cannot be attached to a principal that has as many policies as IAM allows. The limit function then detaches
 * the application's access policies from it. So the same is proven of each principal without these policies: it has
 * none of the application's access, and keeps that of other applications.
 */
export function proveDenials(plan: AccessPlan, account: Account, found: Found): readonly ProvenDenial[] {
  return plan.applications.flatMap((application) =>
    application.limit === undefined ? [] : [proveDenial(plan, account, found, application, application.limit)],
  );
}

function proveDenial(
  plan: AccessPlan,
  account: Account,
  found: Found,
  application: ApplicationPlan,
  { denial: { arn }, roles, users }: LimitPlan,
): ProvenDenial {
  const denial = account.unattached.find((policy) => policy.name === arn);
  if (denial === undefined) {
    const message = account.managedPolicies.includes(arn)
      ? `the templates attach ${arn}, which may only be attached while ${application.name} is over its limit`
      : `the templates have no policy ${arn}, which denies ${application.name} its profiles at its limit`;
    const violation = { kind: 'resource' as const, message, principals: [], about: arn, classes: 1 };
    return { part: { counts: NOTHING, violations: [violation] }, calls: 0 };
  }
  const carriers = found.filter(
    ([{ applications }, { kind, name }]) =>
      applications.includes(application) && (kind === 'role' ? roles : users).includes(name),
  );
  const entitled = groupPrincipals(carriers, (principal) => !dependsOnCaller(layersOf(principal)));
  const denied = entitled.map((group) => withPolicy(group, denial));
  // A role with further policies always has room for the denial, because the file is refused if it has not.
  const detached = entitled.filter(hasNoFurther).map((group) => withoutAccess(group, application));
  const groups = [...denied, ...detached];
  const parts = [
    policyAlone(plan, account, application, denial),
    ...denied.map((group) => provePrincipals(plan, account, group, intentOverLimit(plan, account, group, application))),
    ...detached.map((group) => provePrincipals(plan, account, group)),
  ];
  const calls = groups.map((group) => callsOverLimit(plan, account, group, application));
  const violations = [
    ...parts.flatMap((p) => p.violations),
    // A call is reported only if the request classes of its group have no violation, because that would explain the
    // call.
    ...calls.flatMap((c, i) => (parts[i + 1]?.violations.length === 0 ? c.violations : [])),
  ];
  return {
    part: {
      counts: parts.map((p) => p.counts).reduce(added),
      violations: violations.map((v) => ({ ...v, message: `${application.name} at its limit: ${v.message}` })),
    },
    calls: calls.reduce((n, c) => n + c.calls, 0),
  };
}

function hasNoFurther({ planned }: PrincipalGroup): boolean {
  return planned.every((p) => intendedFurther(p).length === 0);
}

/** Returns the group with one more policy. */
function withPolicy(group: PrincipalGroup, policy: Policy): PrincipalGroup {
  return { ...group, principal: { ...group.principal, policies: [...group.principal.policies, policy] } };
}

/** Returns the group without the policies that grant the access of one application. */
function withoutAccess(group: PrincipalGroup, { name, policies }: ApplicationPlan): PrincipalGroup {
  const detached = new Set(policies.map(({ arn }) => arn));
  return {
    ...group,
    applications: group.applications.filter((application) => application.name !== name),
    principal: { ...group.principal, policies: group.principal.policies.filter((p) => !detached.has(p.name)) },
  };
}

/** Returns the intent for principals while the application is over its limit. */
function intentOverLimit(
  plan: AccessPlan,
  account: Account,
  group: PrincipalGroup,
  application: ApplicationPlan,
): Policy {
  const { name, document } = groupIntent(plan, account, group);
  const { Statement } = document as { readonly Statement: readonly object[] };
  return { name, document: { Version: '2012-10-17', Statement: [...Statement, deniedCalls(application, account)] } };
}

/** Proves that the policy takes only calls of the application's profiles from a principal that has all permissions. */
function policyAlone(plan: AccessPlan, account: Account, application: ApplicationPlan, denial: Policy): Part {
  const proof = proveSpace({
    layers: { identity: [EVERYTHING, denial] },
    intent: denialIntent(application, account),
    surroundings: { actions: EXAMPLE_ACTIONS, resources: exampleResources(plan, application, account) },
  });
  const { classes, allowed, denied } = proof;
  const label = `the policy ${denial.name.split('/').at(-1)}`;
  return {
    counts: { classes, decisions: classes, allowed, denied },
    violations: [
      ...refused(proof, [label], denial.name),
      ...proof.findings.map((f) => violation(account, label, denial.name, f)),
    ],
  };
}

function violation(account: Account, label: string, about: string, finding: SpaceFinding): Violation {
  const { kind, witness, classes, reason } = finding;
  const request = requestWords(account, witness, 'every key');
  const messages = {
    excess: `${label} does not deny ${request}, which it must deny`,
    escalation: '',
    missing: `${label} denies ${request}, which has nothing to do with the limit`,
    undecided: `whether ${label} denies ${request} cannot be decided: ${reason}`,
  };
  return { kind, message: messages[kind], principals: [], about, witness, classes };
}

function callsOverLimit(
  plan: AccessPlan,
  account: Account,
  { planned, applications, principal }: PrincipalGroup,
  limited: ApplicationPlan,
): { readonly calls: number; readonly violations: readonly Violation[] } {
  const labels = planned.map(principalLabel);
  const calls = [...new Set([...applications, limited])]
    .flatMap((own) => wholeCalls(own, [own], account))
    .map((call) => (call.application === limited.name ? { ...call, expected: 'denied' as const } : call));
  const findings = calls.flatMap((call) =>
    READINGS.flatMap((reading) => judgeCall(plan, account, reading, principal, call)),
  );
  return {
    calls: calls.length * READINGS.length * planned.length,
    violations: merged(findings).map(({ message }) => ({
      kind: 'call',
      message: `${principalWords(labels)}: ${message}`,
      principals: labels,
      about: principal.arn,
      classes: 1,
    })),
  };
}

const NOTHING: Counts = { classes: 0, decisions: 0, allowed: 0, denied: 0 };

function added(a: Counts, b: Counts): Counts {
  return {
    classes: a.classes + b.classes,
    decisions: a.decisions + b.decisions,
    allowed: a.allowed + b.allowed,
    denied: a.denied + b.denied,
  };
}
