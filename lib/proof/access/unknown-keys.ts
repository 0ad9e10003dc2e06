import { parseLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import { whyUndecided } from '../../iam/match/match-class';
import { matchAction } from '../../iam/match/match-statement';
import type { Condition } from '../../iam/policy/condition';
import { valueWitnesses } from '../../iam/space/witnesses';
import type { OuterPolicies } from './outer-policies';

const MOST_CONTEXTS = 4096;

/** Conditions of the statements that name the action. */
function conditionsOn(policies: OuterPolicies, { action }: AccessRequest): readonly Condition[] {
  return parseLayers({ identity: [], ...policies })
    .flatMap((l) => l.policies.flatMap((p) => p.statements))
    .filter((statement) => matchAction(statement, action.toLowerCase()))
    .flatMap((s) => s.conditions);
}

/** Keys that the policies ask for and nobody knows; Bedrock's own keys are known. */
export function unknownKeys(policies: OuterPolicies, request: AccessRequest): readonly string[] {
  const given = new Set(Object.keys(request.context).map((key) => key.toLowerCase()));
  const keys = new Set(conditionsOn(policies, request).map((c) => c.key));
  return [...keys].filter((key) => !given.has(key) && !key.startsWith('bedrock:'));
}

/** One context for every value of the unknown keys, the first with none of them; or why that cannot be. */
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
    if (contexts.length > MOST_CONTEXTS) {
      return `the policies outside the templates ask for keys with more than ${MOST_CONTEXTS} different values together`;
    }
  }
  return contexts;
}
