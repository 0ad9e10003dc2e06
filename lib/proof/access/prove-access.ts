import type { Account, Principal } from '../../account/account';
import { isAssumed } from '../../account/assumed-policy';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { madeEndpoints } from '../../plan/environment/network-plan';
import { type PlannedPrincipal, principalLabel, principals } from '../../plan/environment/principals';
import { layersOf } from '../calls/layers-of';
import { findPrincipals } from '../finding/find-principals';
import { mergeViolations } from '../finding/merge-violations';
import { type Counts, type Part, type Proof, sortViolations, type Violation } from '../finding/proof';
import type { OuterPolicies } from '../outer/outer-policies';
import { proveOuter } from '../outer/prove-outer';
import { compareResources } from '../templates/compare-resources';
import { accessInWords } from './access-in-words';
import { plannedProfiles } from './nothing-proven';
import { groupPrincipals } from './principal-group';
import { proveBoundaries, proveRoleBoundaries } from './prove-boundaries';
import { proveCalls } from './prove-calls';
import { proveDenials } from './prove-denials';
import { proveEndpoints } from './prove-endpoints';
import { intendedFurther, proveFurther } from './prove-further';
import { proveInventory } from './prove-inventory';
import { provePassage } from './prove-passage';
import { dependsOnCaller, provePrincipals } from './prove-principals';
import { proveTrust } from './prove-trust';

/**
 * Proves that the principals of an account may do exactly what the plan intends, or lists the violations.
 *
 * The proof covers every class of requests of the policies of every planned principal, every boundary by itself, the
 * intended access under the boundary, every trust policy, and whole calls under every reading of the system profile.
 * Policies outside the templates are examined afterwards, and only for intended access that they deny. So they cannot
 * hide an excess in the templates.
 */
export function proveAccess(plan: AccessPlan, account: Account, outer: OuterPolicies = NO_OUTER_POLICIES): Proof {
  const pairs = findPrincipals(account, principals(plan));
  const found = pairs.filter((pair): pair is readonly [PlannedPrincipal, Principal] => pair[1] !== undefined);
  // The classes are those of the policies alone. A boundary matters to whole requests.
  const groups = groupPrincipals(found, (p) => !dependsOnCaller(layersOf(p)));
  const byPolicies = groupPrincipals(
    found,
    (p) => !dependsOnCaller({ identity: p.policies }),
    () => undefined,
  );

  const classes = byPolicies.map((group) => provePrincipals(plan, account, group));
  const boundaries = proveBoundaries(plan, account, found);
  const trusts = proveTrust(plan, account);
  const calls = groups.map((group) => proveCalls(plan, account, group));
  const passages = groups.map((group, i) => provePassage(plan, account, group, calls[i]?.violations.length !== 0));
  const denials = proveDenials(plan, account, found);
  const endpoints = proveEndpoints(plan, account, found);
  const further = groups.flatMap((group) => proveFurther(plan, account, group));
  const outerProof = proveOuter(plan, account, found, outer);

  const wrongBoundaries = new Set(boundaries.flatMap((p) => p.violations.map((v) => v.about)));
  // A boundary that is not the intended one explains what it does not let through.
  const unexplained = passages.map((p) => ({
    ...p,
    violations: p.violations.filter((v) => !wrongBoundaries.has(v.about)),
  }));
  const parts: readonly Part[] = [
    ...classes,
    ...unexplained,
    ...boundaries,
    ...trusts,
    ...denials.map((d) => d.part),
    ...endpoints,
    ...further,
  ];
  const explained = new Set([...classes, ...passages].flatMap((p) => p.violations.flatMap((v) => v.principals)));
  const policies = policiesOf(account);
  const refusals = policies.reduce((n, p) => n + parsePolicy(p, 'identity').refusals.length, 0);
  const existing = (all: readonly PlannedPrincipal[]): number => all.filter((p) => p.origin === 'existing').length;
  const planned = pairs.map(([p]) => p);
  const judged = found.map(([p]) => p);
  const violations = sortViolations([
    ...proveInventory(plan, account, pairs),
    ...proveRoleBoundaries(plan, found),
    ...mergeViolations(parts.flatMap((p) => p.violations)),
    ...outerProof.part.violations,
    // A call is reported only if its principals have no other violation, because that would explain the call.
    ...calls.flatMap((c) => c.violations.filter((v) => !v.principals.some((p) => explained.has(p)))),
    ...compareResources(plan, account).map(
      ({ message, principals: [about = ''] }): Violation => ({
        kind: 'resource',
        message: `${about}: ${message}`,
        principals: [],
        about,
        classes: 1,
      }),
    ),
  ]);
  return {
    environment: plan.environment,
    account: account.accountId,
    region: account.region,
    violations,
    coverage: {
      principals: judged.length - existing(judged),
      plannedPrincipals: planned.length - existing(planned),
      existing: existing(judged),
      plannedExisting: existing(planned),
      profiles: account.profiles.length,
      plannedProfiles: plannedProfiles(plan),
      boundaries: boundaries.filter((b) => b.counts.classes > 0).length,
      trustPolicies: trusts.length,
      denials: denials.filter((d) => d.part.violations.length === 0).length,
      plannedDenials: denials.length,
      understood: policies.reduce((n, p) => n + parsePolicy(p, 'identity').statements.length, 0),
      statements: policies.reduce((n, p) => n + parsePolicy(p, 'identity').statements.length, 0) + refusals,
      ...sum([...parts, outerProof.part].map((p) => p.counts)),
      calls: [...calls, ...denials].reduce((n, c) => n + c.calls, 0),
      refused: refusals,
      skipped: [
        ...skipped(plan, existing(judged), outer),
        ...textsNotKnown(judged),
        ...account.stacksOutsideEnvironments.map((name) => `the stack ${name}, which is part of no environment`),
        ...outerProof.notLookedAt,
      ],
    },
    adds: found
      .filter(([p]) => p.origin === 'existing' && !violations.some((v) => v.principals.includes(principalLabel(p))))
      .map(([p]) => ({
        principal: principalLabel(p),
        what: p.applications.flatMap((application) => accessInWords(application)),
      })),
  };
}

const NO_OUTER_POLICIES: OuterPolicies = { serviceControl: [] };

/** Lists every policy of the account's principals once, including their boundaries. */
function policiesOf({ principals }: Account): readonly Policy[] {
  const all = principals.flatMap((p) => [...p.policies, ...(p.boundary === undefined ? [] : [p.boundary])]);
  return [...new Map(all.filter((p) => !isAssumed(p)).map((p) => [p.document, p])).values()];
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({
    classes: a.classes + b.classes,
    decisions: a.decisions + b.decisions,
    allowed: a.allowed + b.allowed,
    denied: a.denied + b.denied,
  }));
}

/** Says which further policies were taken to allow everything. */
function textsNotKnown(judged: readonly PlannedPrincipal[]): readonly string[] {
  return [...new Set(judged.flatMap(intendedFurther))]
    .sort()
    .map((arn) => `the text of ${arn}: the roles that carry it were proven as if it allowed everything`);
}

function skipped(
  { network }: AccessPlan,
  existing: number,
  { serviceControl, session, endpoint }: OuterPolicies,
): readonly string[] {
  const isMade = madeEndpoints(network).some(({ service }) => service === 'bedrock-runtime');
  const others =
    network?.endpoints.flatMap(({ service, existingId }) =>
      existingId === undefined ? [] : [`${service} (${existingId})`],
    ) ?? [];
  return [
    ...(existing === 0 ? [] : [`the other policies of ${existing} existing roles and users`]),
    ...(serviceControl.length === 0 ? ['service control policies: none were given (--scp FILE)'] : []),
    ...(session === undefined ? ['session policies: none was given (--session FILE)'] : []),
    ...(endpoint === undefined && !isMade ? ['VPC endpoint policies: none was given (--endpoint FILE)'] : []),
    ...(others.length === 0
      ? []
      : [
          `the policies that existing endpoints have now: ${others.join(', ')}; those of plan --endpoint-policy are proven`,
        ]),
  ];
}
