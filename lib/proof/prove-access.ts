import type { Account, Principal } from '../account/account';
import { parsePolicy } from '../iam/parse-policy';
import type { Policy } from '../iam/policy';
import type { AccessPlan } from '../plan/access-plan';
import { roleArn } from '../plan/names';
import { planDigest } from '../plan/plan-digest';
import { compareResources } from './compare-resources';
import { mergeViolations } from './merge-violations';
import type { OuterPolicies } from './outer-policies';
import { findPrincipals, groupPrincipals, type PlannedPrincipal, plannedPrincipals } from './principal-group';
import type { Counts, Part, Proof, Violation } from './proof';
import { boundariesCarried, proveBoundaries } from './prove-boundaries';
import { proveCalls } from './prove-calls';
import { proveOuter } from './prove-outer';
import { asksWho, layersOf, provePrincipals } from './prove-principals';
import { proveTrust } from './prove-trust';
import { rightsInWords } from './rights-in-words';

/**
 * Proves that an account's principals may do exactly what the plan intends, or says where they may not.
 *
 * Every principal of the plan is judged class of requests by class of requests, every boundary by itself, every trust
 * policy, and whole calls under every reading of the system profile. Policies from outside the templates are asked
 * afterwards, and only for what they take away: they hide nothing that the templates give too much.
 */
export function proveAccess(plan: AccessPlan, account: Account, outer: OuterPolicies = NO_OUTER_POLICIES): Proof {
  const pairs = findPrincipals(account, plannedPrincipals(plan));
  const found = pairs.filter((pair): pair is readonly [PlannedPrincipal, Principal] => pair[1] !== undefined);
  const groups = groupPrincipals(found, (principal) => !asksWho(layersOf(principal)));

  const classes = groups.map((group) => provePrincipals(plan, account, group));
  const boundaries = proveBoundaries(plan, account, found);
  const trusts = proveTrust(plan, account);
  const calls = groups.map((group) => proveCalls(plan, account, group));
  const beyond = groups.map((group) => proveOuter(plan, account, group, outer));

  const parts: readonly Part[] = [...classes, ...boundaries, ...trusts];
  const policies = policiesOf(account);
  const refusals = policies.reduce((n, p) => n + parsePolicy(p, 'identity').refusals.length, 0);
  const existing = (all: readonly PlannedPrincipal[]): number => all.filter((p) => p.boundaryArn === undefined).length;
  const planned = pairs.map(([p]) => p);
  const judged = found.map(([p]) => p);
  const violations = sorted([
    ...strangers(plan, account, pairs),
    ...boundariesCarried(found),
    ...mergeViolations([...parts, ...beyond.map((b) => b.part)].flatMap((p) => p.violations)),
    // A class that is wrong says more than the calls that are wrong by it.
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
      understood: policies.reduce((n, p) => n + parsePolicy(p, 'identity').statements.length, 0),
      statements: policies.reduce((n, p) => n + parsePolicy(p, 'identity').statements.length, 0) + refusals,
      ...sum([...parts, ...beyond.map((b) => b.part)].map((p) => p.counts)),
      calls: calls.reduce((n, c) => n + c.calls, 0),
      refused: refusals,
      skipped: [...skipped(existing(judged), outer), ...new Set(beyond.flatMap((b) => b.notLookedAt))],
    },
    adds: found
      .filter(([p]) => p.boundaryArn === undefined && !violations.some((v) => v.principals.includes(p.label)))
      .map(([{ label, applications }]) => ({
        principal: label,
        what: applications.flatMap((application) => rightsInWords(application)),
      })),
  };
}

/** The proof of templates that cannot be read: there is none. */
export function nothingProven(plan: AccessPlan, message: string, about: string): Proof {
  const planned = plannedPrincipals(plan);
  const existing = planned.filter((p) => p.boundaryArn === undefined).length;
  return {
    environment: plan.environment,
    account: plan.account,
    region: plan.region,
    violations: [{ kind: 'undecided', message, principals: [], about, classes: 1 }],
    coverage: {
      principals: 0,
      plannedPrincipals: planned.length - existing,
      existing: 0,
      plannedExisting: existing,
      profiles: 0,
      plannedProfiles: plannedProfiles(plan),
      boundaries: 0,
      trustPolicies: 0,
      understood: 0,
      statements: 0,
      classes: 0,
      decisions: 0,
      allowed: 0,
      denied: 0,
      calls: 0,
      refused: 1,
      skipped: ['everything: the templates could not be read'],
    },
    adds: [],
  };
}

function plannedProfiles({ applications }: AccessPlan): number {
  return 1 + applications.reduce((n, a) => n + a.generations.length, 0);
}

const NO_OUTER_POLICIES: OuterPolicies = { serviceControl: [] };

/** What gives too much comes first, then what gives too little, then what is unknown. */
const ORDER: readonly Violation['kind'][] = [
  'coverage',
  'escalation',
  'excess',
  'boundary',
  'trust',
  'resource',
  'missing',
  'outer',
  'undecided',
  'call',
];

function sorted(violations: readonly Violation[]): readonly Violation[] {
  return [...violations].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** Principals, functions and resources that the plan does not know, principals that are not there, and old templates. */
function strangers(
  plan: AccessPlan,
  account: Account,
  pairs: readonly (readonly [PlannedPrincipal, Principal | undefined])[],
): readonly Violation[] {
  const known = new Set(pairs.flatMap(([, p]) => p?.arn ?? []));
  const wrong = (kind: Violation['kind'], about: string, message: string, principals: readonly string[] = []) => ({
    kind,
    about,
    message,
    principals,
    classes: 1,
  });
  const stale = account.planDigest !== planDigest(plan);
  return [
    ...(stale
      ? [
          wrong(
            'coverage',
            plan.environment,
            `the templates were synthesized from another plan than ${plan.environment} has now; synthesize again with: npx cdk synth`,
          ),
        ]
      : []),
    ...pairs
      .filter(([, p]) => p === undefined)
      .map(([{ label }]) => wrong('coverage', label, `${label} is in the plan and not in the templates`, [label])),
    ...account.principals
      .filter((p) => !known.has(p.arn))
      .map((p) =>
        wrong('excess', p.arn, `the templates have a ${p.kind} that is not in the plan: ${p.arn}`, [
          `${p.kind} ${p.name}`,
        ]),
      ),
    ...account.principals
      .filter((p, i, all) => all.findIndex((other) => other.arn === p.arn) !== i)
      .map((p) => wrong('undecided', p.arn, `two principals of the templates have the ARN ${p.arn}`)),
    ...pairs
      .filter(([planned, p]) => planned.boundaryArn === undefined && p?.complete === true)
      .map(([{ label }, p]) =>
        wrong(
          'excess',
          p?.arn ?? label,
          `the templates make ${label}, which the plan takes for one that exists already`,
          [label],
        ),
      ),
    ...wrongVerification(plan, account).map((message) => wrong('resource', plan.verification.functionName, message)),
    ...account.functions
      .filter((f) => f.name !== plan.verification.functionName)
      .map((f) => wrong('excess', f.name, `the templates have a function that is not in the plan: ${f.name}`)),
    ...account.unread.map(({ type, logicalId, templateFile }) =>
      wrong(
        'undecided',
        logicalId,
        `${templateFile} at Resources.${logicalId}: what a ${type} grants is not understood here`,
      ),
    ),
  ];
}

function wrongVerification(plan: AccessPlan, { functions }: Account): readonly string[] {
  const { functionName, roleName } = plan.verification;
  const found = functions.find((f) => f.name === functionName);
  const role = roleArn(plan, roleName);
  if (found === undefined) {
    return [`the templates have no function ${functionName}, which verifies the access`];
  }
  return found.roleArn === role ? [] : [`${functionName} runs as ${found.roleArn}; the plan has ${role}`];
}

/** Every policy of the account's principals, their boundaries included, once. */
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
    ...(existing === 0 ? [] : [`the other policies of ${existing} roles and users that exist already`]),
    ...(serviceControl.length === 0 ? ['service control policies: none were given (--scp FILE)'] : []),
    ...(session === undefined ? ['session policies: none was given (--session FILE)'] : []),
    ...(endpoint === undefined ? ['VPC endpoint policies: none was given (--endpoint FILE)'] : []),
  ];
}
