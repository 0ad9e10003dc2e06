import type { Account, Principal } from '../../account/account';
import { isJsonMap } from '../../catalog/json-map';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { policies } from '../../plan/environment/policies';
import { type PlannedPrincipal, principals } from '../../plan/environment/principals';
import type { ExceptStatement, Statement, TrustStatement } from '../../plan/parts/statement';
import { accountArns } from '../finding/account-arns';
import { findPrincipals } from '../finding/find-principals';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { intendedBoundaryArn } from '../intent/boundary-intent';
import { trustIntent } from '../intent/trust/trust-intent';
import { canonical } from './canonical';
import { unplannedPrincipals } from './unplanned-principals';

type AnyStatement = Statement | ExceptStatement | TrustStatement;

/**
 * Lists the differences between the templates and the plan in principals and policies: statements, attached policies,
 * boundaries, trust policies, and unplanned principals.
 *
 * It compares texts and does not decide what a difference means for access. The probes and the evaluation do that.
 */
export function compareWithPlan(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  return [
    ...unplannedPrincipals(plan, account).map(({ principal, message }) => finding(principal.arn, message)),
    ...findPrincipals(account, principals(plan)).flatMap(([planned, found]) => comparePrincipal(plan, planned, found)),
    ...comparePolicies(plan, account),
  ];
}

function comparePrincipal(
  plan: AccessPlan,
  planned: PlannedPrincipal,
  found: Principal | undefined,
): readonly PrincipalFinding[] {
  if (found === undefined) {
    return [finding(planned.name, 'is in the plan and not in the templates')];
  }
  const { arn, boundary, trust } = found;
  const attached = found.policies.map((p) => p.name);
  const further = planned.origin === 'application' ? (planned.role.furtherPolicyArns ?? []) : [];
  const plannedPolicies = [...planned.policies.map((p) => p.arn), ...further];
  const own = [
    ...plannedPolicies.filter((p) => !attached.includes(p)).map((p) => finding(arn, `does not have the policy ${p}`)),
    ...attached
      .filter((p) => !plannedPolicies.includes(p))
      .map((p) => finding(arn, `has the policy ${p}, which the plan does not give it`)),
  ];
  if (planned.origin === 'existing') {
    return own;
  }
  const { name } = planned;
  const boundaryArn = intendedBoundaryArn(plan, planned);
  return [
    ...own,
    ...(boundary?.name === boundaryArn
      ? []
      : [finding(arn, `has ${boundary?.name ?? 'no permissions boundary'}; the plan has ${boundaryArn}`)]),
    ...(trust === undefined
      ? []
      : compareDocument(arn, `the trust policy of ${name}`, trust, trustIntent(plan, planned))),
  ];
}

function comparePolicies(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const withArns = accountArns(account);
  const inTemplates = new Map(
    [
      ...account.principals.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]),
      ...account.unattached,
    ].map((p) => [p.name, p]),
  );
  return policies(plan).flatMap((policy) => {
    const found = inTemplates.get(policy.arn);
    // A policy that is attached to no principal is reported for each principal that lacks it.
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
  const contains = (statements: readonly unknown[], statement: unknown): boolean =>
    statements.some((s) => canonical(s) === canonical(statement));
  return [
    ...planned
      .filter((s) => !contains(found, s))
      .map((statement) =>
        finding(about, `${policy} lacks the statement ${statement.Sid} of the plan`, undefined, {
          policy,
          statement,
        }),
      ),
    ...found
      .filter((s) => !contains(planned, s))
      .map((s) =>
        finding(about, `${policy} has a statement that the plan does not have: ${JSON.stringify(s).slice(0, 1000)}`),
      ),
  ];
}

function statementsOf(document: unknown): readonly unknown[] {
  const statement = isJsonMap(document) ? document['Statement'] : undefined;
  return Array.isArray(statement) ? statement : [statement];
}
