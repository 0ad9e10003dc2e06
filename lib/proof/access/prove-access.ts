import type { Account, Principal } from '../../account/account';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type PlannedPrincipal, principalLabel, principals } from '../../plan/environment/principals';
import { findPrincipals } from '../finding/find-principals';
import { mergeViolations } from '../finding/merge-violations';
import { type Counts, type Part, type Proof, VIOLATION_KINDS, type Violation } from '../finding/proof';
import { compareResources } from '../templates/compare-resources';
import { accessInWords } from './access-in-words';
import { plannedProfiles } from './nothing-proven';
import type { OuterPolicies } from './outer-policies';
import { groupPrincipals } from './principal-group';
import { proveBoundaries, proveRoleBoundaries } from './prove-boundaries';
import { proveCalls } from './prove-calls';
import { proveDenials } from './prove-denials';
import { proveInventory } from './prove-inventory';
import { proveOuter } from './prove-outer';
import { dependsOnCaller, layersOf, provePrincipals } from './prove-principals';
import { proveTrust } from './prove-trust';

/**
 * Proves that the principals of an account may do exactly what the plan intends, or lists the violations.
 *
 * The proof covers every class of requests of every planned principal, every boundary by itself, every trust policy,
 * and whole calls under every reading of the system profile. Policies outside the templates are examined afterwards,
 * and only for intended access that they deny. So they cannot hide an excess in the templates.
 */
export function proveAccess(plan: AccessPlan, account: Account, outer: OuterPolicies = NO_OUTER_POLICIES): Proof {
  const pairs = findPrincipals(account, principals(plan));
  const found = pairs.filter((pair): pair is readonly [PlannedPrincipal, Principal] => pair[1] !== undefined);
  const groups = groupPrincipals(found, (principal) => !dependsOnCaller(layersOf(principal)));

  const classes = groups.map((group) => provePrincipals(plan, account, group));
  const boundaries = proveBoundaries(plan, account, found);
  const trusts = proveTrust(plan, account);
  const calls = groups.map((group) => proveCalls(plan, account, group));
  const denials = proveDenials(plan, account, found);
  const outerProofs = groups.map((group) => proveOuter(plan, account, group, outer));

  const parts: readonly Part[] = [...classes, ...boundaries, ...trusts, ...denials.map((d) => d.part)];
  const policies = policiesOf(account);
  const refusals = policies.reduce((n, p) => n + parsePolicy(p, 'identity').refusals.length, 0);
  const existing = (all: readonly PlannedPrincipal[]): number => all.filter((p) => p.origin === 'existing').length;
  const planned = pairs.map(([p]) => p);
  const judged = found.map(([p]) => p);
  const violations = sorted([
    ...proveInventory(plan, account, pairs),
    ...proveRoleBoundaries(plan, found),
    ...mergeViolations([...parts, ...outerProofs.map((o) => o.part)].flatMap((p) => p.violations)),
    // A call is reported only if the request classes of its group have no violation, because that would explain the
    // call.
    ...calls.flatMap((c, i) => (classes[i]?.violations.length === 0 ? c.violations : [])),
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
      ...sum([...parts, ...outerProofs.map((o) => o.part)].map((p) => p.counts)),
      calls: [...calls, ...denials].reduce((n, c) => n + c.calls, 0),
      refused: refusals,
      skipped: [
        ...skipped(existing(judged), outer),
        ...account.stacksOutsideEnvironments.map((name) => `the stack ${name}, which is part of no environment`),
        ...new Set(outerProofs.flatMap((o) => o.notLookedAt)),
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

function sorted(violations: readonly Violation[]): readonly Violation[] {
  return [...violations].sort((a, b) => VIOLATION_KINDS.indexOf(a.kind) - VIOLATION_KINDS.indexOf(b.kind));
}

/** Lists every policy of the account's principals once, including their boundaries. */
function policiesOf({ principals }: Account): readonly Policy[] {
  const all = principals.flatMap((p) => [...p.policies, ...(p.boundary === undefined ? [] : [p.boundary])]);
  return [...new Map(all.map((p) => [p.document, p])).values()];
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({
    classes: a.classes + b.classes,
    decisions: a.decisions + b.decisions,
    allowed: a.allowed + b.allowed,
    denied: a.denied + b.denied,
  }));
}

function skipped(existing: number, { serviceControl, session, endpoint }: OuterPolicies): readonly string[] {
  return [
    ...(existing === 0 ? [] : [`the other policies of ${existing} existing roles and users`]),
    ...(serviceControl.length === 0 ? ['service control policies: none were given (--scp FILE)'] : []),
    ...(session === undefined ? ['session policies: none was given (--session FILE)'] : []),
    ...(endpoint === undefined ? ['VPC endpoint policies: none was given (--endpoint FILE)'] : []),
  ];
}
