import type { Account, Principal } from '../../account/account';
import { isJsonMap } from '../../catalog/json-map';
import type { Policy } from '../../iam/policy/policy';
import { trustStatements } from '../../plan/application/trust';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { serviceRoles } from '../../plan/environment/service-roles';
import { VERIFICATION_TRUST, verificationBoundaryName } from '../../plan/environment/verification-plan';
import { policyArn, roleArn } from '../../plan/names/names';
import type { Statement, TrustStatement } from '../../plan/parts/statement';
import { accountArns } from '../finding/account-arns';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

type AnyStatement = Statement | TrustStatement;

/** What a principal of the templates has to be, to the letter. */
interface PlannedPrincipal {
  readonly label: string;
  readonly find: (principal: Principal) => boolean;
  /** ARNs of the policies it carries. */
  readonly policies: readonly string[];
  /** Absent for a principal that exists outside the templates. */
  readonly role?: { readonly name: string; readonly boundary: string; readonly trust: readonly AnyStatement[] };
}

/**
 * Everything in which the principals and policies of the templates differ from the plan: a statement more or less or
 * another, a policy that is not attached or too many, a boundary, a trust policy, a principal that nobody planned.
 *
 * It compares and decides nothing: what a difference means for access, the probes and the evaluation say.
 */
export function compareWithPlan(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const planned = plannedPrincipals(plan);
  const allPolicies = planned.flatMap((p) => p.policies);
  const unplanned = account.principals.filter((p) => !planned.some(({ find }) => find(p)));
  return [
    ...unplanned.map((p) => finding(p.arn, `the templates have a ${p.kind} that is not in the plan`)),
    ...planned.flatMap((p) => comparePrincipal(p, account, allPolicies)),
    ...comparePolicies(plan, account),
  ];
}

function plannedPrincipals(plan: AccessPlan): readonly PlannedPrincipal[] {
  const byName = (kind: Principal['kind'], name: string) => (p: Principal) => p.kind === kind && p.name === name;
  const { roleName, policyName } = plan.verification;
  const verification = roleArn(plan, roleName);
  return [
    {
      label: roleName,
      find: (p) => p.arn === verification,
      policies: [policyArn(plan, policyName)],
      role: {
        name: roleName,
        boundary: policyArn(plan, verificationBoundaryName(plan.environment)),
        trust: [VERIFICATION_TRUST],
      },
    },
    ...serviceRoles(plan).map(({ name, arn, policy, trust }) => ({
      label: name,
      find: (p: Principal) => p.arn === arn,
      policies: [policy.arn],
      role: { name, boundary: policy.arn, trust },
    })),
    ...plan.applications.flatMap((application): readonly PlannedPrincipal[] => {
      const policies = application.policies.map((p) => p.arn);
      return [
        ...application.roles.map(({ name, arn, boundaryArn, ...role }) => ({
          label: name,
          find: (p: Principal) => p.arn === arn,
          policies,
          role: { name, boundary: boundaryArn, trust: trustStatements(role) },
        })),
        ...application.existingRoles.map((name) => ({ label: name, find: byName('role', name), policies })),
        ...application.existingUsers.map((name) => ({ label: name, find: byName('user', name), policies })),
      ];
    }),
  ];
}

/** @param allPolicies a principal outside the templates may serve several applications and carry the policies of each */
function comparePrincipal(
  { label, find, policies, role }: PlannedPrincipal,
  account: Account,
  allPolicies: readonly string[],
): readonly PrincipalFinding[] {
  const principal = account.principals.find(find);
  if (principal === undefined) {
    return [finding(label, 'is in the plan and not in the templates')];
  }
  const carried = principal.policies.map((p) => p.name);
  const { boundary } = principal;
  return [
    ...policies
      .filter((p) => !carried.includes(p))
      .map((p) => finding(principal.arn, `does not carry the policy ${p}`)),
    ...carried
      .filter((p) => !(principal.complete ? policies : allPolicies).includes(p))
      .map((p) => finding(principal.arn, `carries the policy ${p}, which the plan does not give it`)),
    ...(role === undefined || boundary?.name === role.boundary
      ? []
      : [
          finding(
            principal.arn,
            `carries ${boundary?.name ?? 'no permissions boundary'}; the plan has ${role.boundary}`,
          ),
        ]),
    ...(role === undefined || principal.trust === undefined
      ? []
      : compareDocument(principal.arn, `the trust policy of ${role.name}`, principal.trust, role.trust)),
  ];
}

function comparePolicies(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const withArns = accountArns(account);
  const { policyName, statements } = plan.verification;
  const planned = [
    plan.boundary,
    plan.probeBoundary,
    ...[policyName, verificationBoundaryName(plan.environment)].map((name) => ({
      arn: policyArn(plan, name),
      statements,
    })),
    ...serviceRoles(plan).map(({ policy }) => policy),
    ...plan.applications.flatMap((a) => [...a.policies, ...(a.limit === undefined ? [] : [a.limit.denial])]),
  ];
  const inTemplates = new Map(
    [
      ...account.principals.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]),
      ...account.unattached,
    ].map((p) => [p.name, p]),
  );
  return planned.flatMap((policy) => {
    const found = inTemplates.get(policy.arn);
    // One that no principal carries is told of each principal that lacks it.
    return found === undefined ? [] : compareDocument(policy.arn, policy.arn, found, withArns(policy.statements));
  });
}

function compareDocument(
  about: string,
  policy: string,
  { document }: Policy,
  planned: readonly AnyStatement[],
): readonly PrincipalFinding[] {
  const found = statementsOf(document);
  const has = (statements: readonly unknown[], statement: unknown): boolean =>
    statements.some((s) => canonical(s) === canonical(statement));
  return [
    ...planned
      .filter((s) => !has(found, s))
      .map((statement) =>
        finding(about, `${policy} has no statement ${statement.Sid} as the plan has it`, undefined, {
          policy,
          statement,
        }),
      ),
    ...found
      .filter((s) => !has(planned, s))
      .map((s) =>
        finding(about, `${policy} has a statement that the plan does not have: ${JSON.stringify(s).slice(0, 1000)}`),
      ),
  ];
}

function statementsOf(document: unknown): readonly unknown[] {
  const statement = isJsonMap(document) ? document['Statement'] : undefined;
  return Array.isArray(statement) ? statement : [statement];
}

/** One text for everything that means the same in a policy: keys in order, a list of one as its only entry, lists sorted. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical).sort();
    return items.length === 1 ? (items[0] ?? '') : `[${items.join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
  }
  return JSON.stringify(value) ?? 'nothing';
}
