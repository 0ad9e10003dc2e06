import type { Account, Principal } from '../../account/account';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import type { RequestContext } from '../../iam/match/access-request';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import type { FunctionSource } from '../../plan/parts/function-plan';
import { accountArns } from '../finding/account-arns';
import type { MissingStatement } from '../finding/missing-statement';
import type { Part, Violation } from '../finding/proof';
import { principalWords, requestWords, statementWords } from '../finding/sentence';
import { escalations } from '../intent/escalations';
import { applicationIntent } from '../intent/intent';
import { serviceRoleIntent } from '../intent/service-role-intent';
import { EXAMPLE_ACTIONS, exampleResources } from './examples';
import type { PrincipalGroup } from './principal-group';
import { proveSpace, type SpaceFinding, type SpaceProof } from './prove-space';

/**
 * Returns the condition keys that are known for every request of the principal. The path of an existing principal, and
 * so its ARN, is unknown.
 */
export function knownKeys({ accountId }: Account, { arn, complete }: Principal): RequestContext {
  return { 'aws:PrincipalAccount': [accountId], ...(complete && { 'aws:PrincipalArn': [arn] }) };
}

/** Returns the policies that the templates give a principal, as layers. */
export function layersOf({ policies, boundary }: Principal): PolicyLayers {
  return { identity: policies, ...(boundary !== undefined && { boundary }) };
}

/** Proves, class by class, that the principals of a group may do exactly what the plan intends. */
export function provePrincipals(
  plan: AccessPlan,
  account: Account,
  group: PrincipalGroup,
  intent = groupIntent(plan, account, group),
): Part {
  const { planned, applications, principal } = group;
  const layers = layersOf(principal);
  const proof = proveSpace({
    layers,
    intent,
    escalations: escalations(plan, ownEscalations(plan, principal.arn)),
    surroundings: {
      actions: EXAMPLE_ACTIONS,
      resources: exampleResources(plan, applications[0], account),
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
      ...proof.findings.map((f) => violation(plan, account, labels, layers, f, principal.arn)),
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
  limit: ['assume a role that lifts limits'],
  meter: [],
  verify: ['assume a probe role'],
};

/** Returns the intent for the principals of a group. */
export function groupIntent(plan: AccessPlan, account: Account, { planned, applications }: PrincipalGroup): Policy {
  const [first] = planned;
  return first?.origin === 'service'
    ? serviceRoleIntent(plan, first.role)
    : joined(applications.map((application) => applicationIntent(plan, application, account)));
}

function joined(policies: readonly Policy[]): Policy {
  const [first] = policies;
  return policies.length === 1 && first !== undefined
    ? first
    : {
        name: 'the plan',
        document: {
          Version: '2012-10-17',
          Statement: policies.flatMap((p) => (p.document as { readonly Statement: readonly object[] }).Statement),
        },
      };
}

/** Reports each statement that was not understood. */
export function refused({ refusals }: SpaceProof, principals: readonly string[], about: string): readonly Violation[] {
  return refusals.map(({ policy, sid, reason }) => ({
    kind: 'undecided',
    message: `${principalWords(principals)} cannot be judged: ${statementWords({ policy, sid })}: ${reason}`,
    principals,
    about: policy.startsWith('arn:') ? policy : about,
    decidedBy: { policy, ...(sid !== undefined && { sid }) },
    classes: 1,
  }));
}

function violation(
  plan: AccessPlan,
  account: Account,
  principals: readonly string[],
  layers: PolicyLayers,
  finding: SpaceFinding,
  principalArn: string,
): Violation {
  const { kind, witness, decidedBy, purpose, classes } = finding;
  const who = principalWords(principals);
  const request = requestWords(account, witness, decidedBy === undefined ? [] : [decidedBy]);
  const by = decidedBy && { policy: decidedBy.policy, sid: decidedBy.statement.sid };
  const common = {
    kind,
    principals,
    witness,
    classes,
    about: by?.policy.startsWith('arn:') ? by.policy : principalArn,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
  const allowedBy = by === undefined ? '' : `; allowed by ${statementWords(by)}`;
  switch (kind) {
    case 'excess':
      return { ...common, message: `${who} may ${request}${allowedBy}; the environment file does not ask for this` };
    case 'escalation':
      return {
        ...common,
        message: `${who} may ${request} and so ${purpose}${allowedBy}; no principal should be allowed to do this`,
      };
    case 'undecided':
      return {
        ...common,
        message: `whether ${who} may ${request} cannot be decided: ${by === undefined ? '' : `${statementWords(by)}: `}${finding.reason}`,
      };
    case 'missing': {
      const missing = by === undefined ? missingHere(plan, account, layers, finding) : undefined;
      const why = by === undefined ? 'no statement allows it' : `denied by ${statementWords(by)}`;
      return {
        ...common,
        // A missing statement is reported for the policy that should contain it.
        about: by?.policy ?? missing?.policy ?? principalArn,
        message: `${who} may not ${request}; ${why}; the plan intends that ${purpose}`,
        ...(missing !== undefined && { missing }),
      };
    }
  }
}

/** Finds the statement of the plan that allows the witness, and reduces it to the requests that the account denies. */
function missingHere(
  plan: AccessPlan,
  account: Account,
  layers: PolicyLayers,
  { witness }: SpaceFinding,
): MissingStatement | undefined {
  const withArns = accountArns(account);
  for (const { arn: policy, statements } of plan.applications.flatMap((a) => a.policies)) {
    for (const planned of statements) {
      const statement = withArns(planned);
      const alone = { name: policy, document: { Version: '2012-10-17', Statement: [statement] } };
      if (evaluate({ identity: [alone] }, witness).decision !== 'allowed') {
        continue;
      }
      const denied = (action: string, resource: string): boolean =>
        evaluate(layers, { ...witness, action, resource }).decision !== 'allowed';
      const resources = (statement.Resource ?? []).filter((r) => statement.Action.some((a) => denied(a, r)));
      return {
        policy,
        statement: {
          ...statement,
          Action: statement.Action.filter((a) => resources.some((r) => denied(a, r))),
          Resource: resources,
        },
      };
    }
  }
  return undefined;
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
