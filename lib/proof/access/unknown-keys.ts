import { parseLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import { whyUndecided } from '../../iam/match/match-class';
import { matchAction } from '../../iam/match/match-statement';
import type { Condition } from '../../iam/policy/condition';
import { valueWitnesses } from '../../iam/space/witnesses';
import type { OuterPolicies } from './outer-policies';

const MAX_CONTEXTS = 4096;

/** Lists the conditions of all statements that name the action. */
function conditionsOn(policies: OuterPolicies, { action }: AccessRequest): readonly Condition[] {
  return parseLayers({ identity: [], ...policies })
    .flatMap((l) => l.policies.flatMap((p) => p.statements))
    .filter((statement) => matchAction(statement, action.toLowerCase()))
    .flatMap((s) => s.conditions);
}

/** Lists the condition keys of the policies whose values are not known. The values of Bedrock's own keys are known. */
export function unknownKeys(policies: OuterPolicies, request: AccessRequest): readonly string[] {
  const known = new Set(Object.keys(request.context).map((key) => key.toLowerCase()));
  const keys = new Set(conditionsOn(policies, request).map((c) => c.key));
  return [...keys].filter((key) => !known.has(key) && !key.startsWith('bedrock:'));
}

/**
 * Lists a context for every combination of values of the unknown keys. The first context contains none of these keys.
 * Returns the reason instead when a condition cannot be decided or there are too many combinations.
 */
export function unknownContexts(policies: OuterPolicies, request: AccessRequest): readonly RequestContext[] | string {
  const conditions = conditionsOn(policies, request);
  let contexts: readonly RequestContext[] = [{}];
  for (const key of unknownKeys(policies, request)) {
    const own = conditions.filter((c) => c.key === key);
    const [reason] = own.flatMap((c) => whyUndecided(c) ?? []);
    if (reason !== undefined) {
      return reason;
    }
    const values = valueWitnesses(key, own);
    contexts = values.flatMap((v) => contexts.map((c) => (v === undefined ? c : { ...c, [key]: [v] })));
    if (contexts.length > MAX_CONTEXTS) {
      return `the condition keys of the policies outside the templates have more than ${MAX_CONTEXTS} combinations of values`;
    }
  }
  return contexts;
}
