import { isJsonMap } from '../../catalog/json-map';
import type { AccessRequest } from '../../iam/match/access-request';
import { matchAction } from '../../iam/match/match-statement';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { OuterPolicies } from './outer-policies';

/**
 * Sets aside the statements that are not understood and name no action of the intended requests. Outer policies can
 * only deny access, and such a statement cannot deny these requests. Any other statement that is not understood stays
 * and makes the decision `refused`.
 */
export function relevantPolicies(
  { serviceControl, session, endpoint }: OuterPolicies,
  requests: readonly AccessRequest[],
): { readonly policies: OuterPolicies; readonly setAside: readonly string[] } {
  const setAside: string[] = [];
  const actions = [...new Set(requests.map((r) => r.action.toLowerCase()))];
  const reduce = (policy: Policy): readonly Policy[] => {
    const { document } = policy;
    if (!isJsonMap(document) || parsePolicy(policy, 'identity').refusals.length === 0) {
      return [policy];
    }
    const all: readonly unknown[] = [document['Statement']].flat();
    const kept = all.filter((statement) => {
      const alone = { name: policy.name, document: { ...document, Statement: [statement] } };
      const aside = parsePolicy(alone, 'identity').refusals.length > 0 && !names(statement, actions);
      if (aside) {
        setAside.push(`${policy.name}: a statement that is not understood and concerns no action of the plan`);
      }
      return !aside;
    });
    return kept.length === 0 && all.length > 0 ? [] : [{ ...policy, document: { ...document, Statement: kept } }];
  };
  return {
    policies: {
      serviceControl: serviceControl.map((level) => level.flatMap(reduce)),
      ...(session !== undefined && { session }),
      ...(endpoint !== undefined && { endpoint }),
    },
    setAside,
  };
}

/**
 * True when a statement that is not understood names one of the actions, or may name one. Only its actions are read.
 */
function names(statement: unknown, actions: readonly string[]): boolean {
  if (!isJsonMap(statement)) {
    return true;
  }
  const { Action, NotAction } = statement;
  const reduced = {
    Effect: 'Deny',
    ...(Action !== undefined && { Action }),
    ...(NotAction !== undefined && { NotAction }),
    Resource: '*',
  };
  const { statements, refusals } = parsePolicy(
    { name: '', document: { Version: '2012-10-17', Statement: [reduced] } },
    'identity',
  );
  return refusals.length > 0 || actions.some((action) => statements.some((s) => matchAction(s, action)));
}
