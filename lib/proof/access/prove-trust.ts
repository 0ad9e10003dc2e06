import type { Account } from '../../account/account';
import { isMultivalued } from '../../catalog/condition-keys';
import { evaluateTrust, type TrustDecision } from '../../iam/evaluate/evaluate-trust';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { Refusal } from '../../iam/policy/refusal';
import { isConstant } from '../../iam/policy/template';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { policyDocument, type TrustStatement } from '../../plan/parts/statement';
import type { Part, Violation } from '../finding/proof';
import { statementWords } from '../finding/sentence';
import { trustIntent } from '../intent/trust/trust-intent';
import { type TrustRequest, trustRequests } from './trust-requests';

/**
 * Proves that each role may be assumed exactly as planned, for every caller, action and key that the trust policies of
 * the templates and of the intent distinguish.
 */
export function proveTrust(plan: AccessPlan, account: Account): readonly Part[] {
  const trusts = new Map(account.principals.map((p) => [p.arn, p.trust]));
  const known = new Map<string, readonly Difference[] | number>();
  return principals(plan).flatMap((planned): Part[] => {
    const found = planned.origin === 'existing' ? undefined : trusts.get(planned.arn);
    if (planned.origin === 'existing' || found === undefined) {
      return [];
    }
    const { arn } = planned;
    const trust = trustIntent(plan, planned);
    const text = JSON.stringify([found.document, trust]);
    const result = known.get(text) ?? compare(plan, found, trust);
    known.set(text, result);
    const differences = typeof result === 'number' ? [] : result;
    const requests = typeof result === 'number' ? result : result.length;
    return [
      {
        counts: { classes: 0, decisions: requests, allowed: 0, denied: requests - differences.length },
        violations: differences.map((d) => violation(arn, d)),
      },
    ];
  });
}

interface Difference {
  readonly request?: TrustRequest;
  readonly found: TrustDecision;
}

/** Returns the differences, or the number of compared requests if there are none. */
function compare(plan: AccessPlan, found: Policy, trust: readonly TrustStatement[]): readonly Difference[] | number {
  const planned: Policy = { name: 'the plan', document: policyDocument(trust) };
  const parsed = parsePolicy(found, 'trust');
  const undecided = (...refusals: readonly Refusal[]): readonly Difference[] => [
    { found: { decision: 'refused', layer: 'trust', decidedBy: [], refusals } },
  ];
  // For multivalued keys every combination of values is tried, for other keys single values.
  const undecidable = parsed.statements.find((s) =>
    s.conditions.some((c) => (c.operator.set !== undefined && !isMultivalued(c.key)) || !c.values.every(isConstant)),
  );
  if (parsed.refusals.length > 0) {
    return undecided(...parsed.refusals);
  }
  if (undecidable !== undefined) {
    return undecided({
      policy: found.name,
      sid: undecidable.sid,
      reason: 'set operators on single-valued keys, and policy variables, are not decided in trust policies',
    });
  }
  const requests = trustRequests(plan, [...parsed.statements, ...parsePolicy(planned, 'trust').statements]);
  if (typeof requests === 'string') {
    return undecided({ policy: found.name, sid: undefined, reason: requests });
  }
  const differences = requests.flatMap((request): Difference[] => {
    const { caller, action, context } = request;
    const actual = evaluateTrust(found, caller, action, context);
    const intended = evaluateTrust(planned, caller, action, context);
    const same =
      (actual.decision === 'allowed') === (intended.decision === 'allowed') && actual.through === intended.through;
    return same && actual.decision !== 'refused' ? [] : [{ request, found: actual }];
  });
  const byReason = new Map(differences.map((d) => [`${d.found.decision}${d.request?.who}`, d]));
  return differences.length === 0 ? requests.length : [...byReason.values()];
}

/** What the actions beside AssumeRole permit. */
const DEEDS: Readonly<Record<string, string>> = {
  'sts:TagSession': 'tag sessions of',
  'sts:SetSourceIdentity': 'set the source identity of sessions of',
};

function violation(arn: string, { request, found }: Difference): Violation {
  const label = `role ${arn.split('/').at(-1)}`;
  const [by] = found.decidedBy;
  const [refusal] = found.refusals;
  const common = { principals: [label], about: arn, classes: 1 };
  if (refusal !== undefined || request === undefined) {
    const message = `who may assume ${label} cannot be decided: ${refusal?.reason}`;
    return { ...common, kind: 'undecided', message };
  }
  const { who, action, context } = request;
  const keys = Object.entries(context)
    .filter(([key]) => key !== 'aws:PrincipalArn')
    .map(([key, values]) => ` with ${key} '${values.join("', '")}'`);
  const words = `${who} ${found.decision === 'allowed' ? 'can' : 'cannot'} ${DEEDS[action] ?? 'assume'} ${label} by ${action}${keys.join(',') || ''}`;
  const sid = by?.sid;
  return {
    ...common,
    kind: 'trust',
    message: `${words}${by === undefined ? '; no statement allows it' : `; ${found.decision === 'allowed' ? 'allowed' : 'denied'} by ${statementWords(by)}`}; the environment file asks for the opposite`,
    witness: { action, resource: arn, context },
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(sid !== undefined && { sid }) } }),
  };
}
