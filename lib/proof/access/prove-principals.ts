import type { Account } from '../../account/account';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import type { FunctionSource } from '../../plan/parts/function-plan';
import { knownKeys } from '../calls/known-keys';
import type { Part } from '../finding/proof';
import { escalations } from '../intent/escalations';
import { applicationIntent } from '../intent/intent';
import { intentPolicy } from '../intent/intent-policy';
import { logIntent } from '../intent/log-intent';
import { serviceRoleIntent } from '../intent/service-role-intent';
import { classViolation, refused } from './class-violation';
import { EXAMPLE_ACTIONS, exampleResources, exampleValues } from './examples';
import type { PrincipalGroup } from './principal-group';
import { knownPolicies } from './prove-further';
import { proveSpace } from './prove-space';

/**
 * Proves, class by class, that the policies of a group's principals allow exactly what the plan intends.
 *
 * The boundary is left out. It would hide a policy that allows too much until somebody changes or removes it.
 * `proveBoundaries` proves each boundary by itself, and `provePassage` that the intended access passes it. The further
 * policies of a role are left out too: what they may allow under the boundary is proven by `proveFurther`.
 */
export function provePrincipals(
  plan: AccessPlan,
  account: Account,
  group: PrincipalGroup,
  intent = groupIntent(plan, account, group),
): Part {
  const { planned, applications, principal } = group;
  const layers = { identity: knownPolicies(principal.policies) };
  const proof = proveSpace({
    layers,
    intent,
    escalations: escalations(plan, ownEscalations(plan, principal.arn)),
    surroundings: {
      actions: EXAMPLE_ACTIONS,
      resources: exampleResources(plan, applications[0], account),
      values: exampleValues(plan, applications[0], account),
      known: knownKeys(account, principal),
    },
  });
  const labels = planned.map(principalLabel);
  return {
    counts: {
      classes: proof.classes,
      decisions: proof.classes * planned.length,
      allowed: proof.allowed * planned.length,
      denied: proof.denied * planned.length,
    },
    violations: [
      ...refused(proof, labels, principal.arn),
      ...proof.findings.map((f) => classViolation(account, group, layers, f)),
    ],
  };
}

/** Lists the escalations that are the intended work of a role that serves this project itself. */
function ownEscalations(plan: AccessPlan, arn: string): readonly string[] {
  return [
    ...plan.functions.filter(({ role }) => role.arn === arn).flatMap(({ source }) => OWN_ESCALATIONS[source]),
    ...plan.applications.filter(({ limit }) => limit?.role.arn === arn).map(() => 'change a policy or a role'),
  ];
}

const OWN_ESCALATIONS: Readonly<Record<FunctionSource, readonly string[]>> = {
  'account-settings': ['pass a role'],
  limit: ['assume a role that lifts limits', 'move an alias'],
  meter: [],
  verify: ['assume a probe role'],
};

/** Returns the intent for the principals of a group. */
export function groupIntent(plan: AccessPlan, account: Account, { planned, applications }: PrincipalGroup): Policy {
  const [first] = planned;
  return first?.origin === 'service'
    ? serviceRoleIntent(plan, first.role)
    : joined([
        ...applications.map((application) => applicationIntent(plan, application, account)),
        ...(first === undefined ? [] : logIntent(plan, first)),
      ]);
}

/** The intent for principals of no application: nothing is allowed. */
const NOTHING = intentPolicy('the plan', [{ Sid: 'no access', Effect: 'Deny', Action: ['*'], Resource: ['*'] }]);

function joined(policies: readonly Policy[]): Policy {
  const [first = NOTHING] = policies;
  return policies.length < 2
    ? first
    : {
        name: 'the plan',
        document: {
          Version: '2012-10-17',
          Statement: policies.flatMap((p) => (p.document as { readonly Statement: readonly object[] }).Statement),
        },
      };
}

/** True when the decisions of these policies depend on the caller. */
export function dependsOnCaller(layers: PolicyLayers): boolean {
  const known = new Set(['aws:principalarn', 'aws:principalaccount']);
  return [...layers.identity, ...(layers.boundary === undefined ? [] : [layers.boundary])].some((policy) =>
    parsePolicy(policy, 'identity').statements.some(
      (s) =>
        s.conditions.some((c) => known.has(c.key)) ||
        s.resources.patterns.some((p) => p.whole.some((piece) => typeof piece === 'object')),
    ),
  );
}
