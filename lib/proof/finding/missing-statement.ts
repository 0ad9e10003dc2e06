import type { Account } from '../../account/account';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest } from '../../iam/match/access-request';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import { type ExceptStatement, policyDocument, type Statement, type TrustStatement } from '../../plan/parts/statement';
import { accountArns } from './account-arns';

/** The statement that would have allowed a call, and the policy in which the plan has it. */
export interface MissingStatement {
  readonly policy: string;
  readonly statement: Statement | ExceptStatement | TrustStatement;
  /**
   * The alias that needs the statement, such as `support-chat/main`.
   *
   * @default - the statement serves no single alias
   */
  readonly alias?: string;
  /**
   * File and line of the alias, such as `environments/dev.yaml:14`.
   *
   * @default - the statement serves no single alias, or its file was not read
   */
  readonly line?: string;
}

/** A request that IAM denied. */
export interface DeniedCall {
  readonly application: string;
  /** The generation of the alias whose call was denied. */
  readonly generation: string;
  readonly action: string;
  readonly arn: string;
}

const anyRegion = (arn: string): string => arn.replace(/^(arn:[^:]+:bedrock:)[^:]*(::)/, '$1*$2');

/**
 * Finds the statement of the plan that would allow a denied call, and reduces it to this call. Another alias may use
 * the same model, so statements of the alias itself come first.
 *
 * Returns `undefined` when the plan has no such statement, so that none is missing.
 */
export function missingStatement(plan: AccessPlan, account: Account, denied: DeniedCall): MissingStatement | undefined {
  const application = plan.applications.find((a) => a.name === denied.application);
  if (application === undefined) {
    return undefined;
  }
  if (denied.action === 'sts:AssumeRole') {
    const role = application.roles.find((r) => r.arn === denied.arn);
    const statement = role?.trust.find((s) => s.Action.includes(denied.action));
    return role && statement && { policy: `the trust policy of ${role.name}`, statement };
  }
  const withArns = accountArns(account);
  const candidates = application.policies.flatMap(({ name, statements }) =>
    withArns(statements)
      .filter(
        (s) =>
          s.Action.includes(denied.action) && s.Resource?.some((r) => r === denied.arn || r === anyRegion(denied.arn)),
      )
      .map((statement) => ({ name, statement })),
  );
  const found = candidates.find(({ statement }) => statement.Sid.includes(denied.generation)) ?? candidates[0];
  return (
    found && {
      policy: found.name,
      statement: { ...found.statement, Action: [denied.action], Resource: [denied.arn] },
      ...aliasOf([application], found.statement),
    }
  );
}

/**
 * Finds the statement that the plan gives a principal for a request, and reduces it to what the account denies. Only
 * the principal's own policies are searched, because another application may use the same model.
 */
export function missingForRequest(
  { policies, applications }: Pick<PlannedPrincipal, 'policies' | 'applications'>,
  account: Account,
  layers: PolicyLayers,
  request: AccessRequest,
): MissingStatement | undefined {
  const withArns = accountArns(account);
  for (const { arn: policy, statements } of policies) {
    for (const planned of statements) {
      const statement = withArns(planned);
      const alone = { name: policy, document: policyDocument([statement]) };
      if (evaluate({ identity: [alone] }, request).decision !== 'allowed') {
        continue;
      }
      const denied = (action: string, resource: string): boolean =>
        evaluate(layers, { ...request, action, resource }).decision !== 'allowed';
      const resources = (statement.Resource ?? []).filter((r) => statement.Action.some((a) => denied(a, r)));
      const actions = statement.Action.filter((a) => resources.some((r) => denied(a, r)));
      return {
        policy,
        statement: { ...statement, Action: actions, Resource: resources },
        ...aliasOf(applications, statement),
      };
    }
  }
  return undefined;
}

/** Returns the alias of a statement. The Sid of a statement for one alias contains the digest of its generation. */
function aliasOf(
  applications: PlannedPrincipal['applications'],
  { Sid }: Pick<Statement, 'Sid'>,
): Pick<MissingStatement, 'alias'> {
  const [alias] = applications.flatMap(({ name, generations }) =>
    generations.filter((g) => Sid.includes(g.generation)).map((g) => `${name}/${g.alias}`),
  );
  return alias === undefined ? {} : { alias };
}
