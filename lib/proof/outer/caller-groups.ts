import { groupBy } from '../../../aws/group-by';
import type { Principal } from '../../account/account';
import { parseLayers } from '../../iam/evaluate/policy-layers';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import type { Template } from '../../iam/policy/template';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import type { OuterPolicies } from './outer-policies';

/** A planned principal, and the principal as the account has it. */
export type Found = readonly [PlannedPrincipal, Principal];

/** Returns groups of principals for which the policies decide the same. */
export function callerGroups(found: readonly Found[], outer: OuterPolicies): readonly Group[] {
  return isAboutCallers(outer) ? found.map((one): Group => [one]) : [...groupBy(found, workOf).values()];
}

type Group = readonly [Found, ...Found[]];

function statementsOf({ serviceControl, session, endpoint }: OuterPolicies): readonly ParsedStatement[] {
  const layers = {
    serviceControl,
    ...(session !== undefined && { session }),
    ...(endpoint !== undefined && { endpoint }),
  };
  return parseLayers({ identity: [], ...layers }).flatMap((l) => l.policies.flatMap((p) => p.statements));
}

/** True when the policies decide by who calls, so that each principal is judged alone. */
function isAboutCallers(outer: OuterPolicies): boolean {
  const hasVariable = (text: Template): boolean => text.some((piece) => typeof piece === 'object');
  return statementsOf(outer).some(
    (s) =>
      s.conditions.some((c) => /^aws:(?:principal|user)/.test(c.key) || c.values.some(hasVariable)) ||
      s.resources.patterns.some((p) => hasVariable(p.whole)),
  );
}

/** Names the given values of keys that no policy compares, because such a key may be misspelt in a policy. */
export function unusedContext(outer: OuterPolicies): readonly string[] {
  const compared = new Set(statementsOf(outer).flatMap(keysOf));
  return Object.keys(outer.context ?? {})
    .filter((key) => !compared.has(key.toLowerCase()))
    .map((key) => `--context ${key}: no given policy compares this key`);
}

/** Lists the keys that a statement compares, and those whose values its policy variables stand for. */
function keysOf({ conditions, resources }: ParsedStatement): readonly string[] {
  const templates = [...conditions.flatMap((c) => c.values), ...resources.patterns.map((p) => p.whole)];
  const variables = templates.flat().flatMap((piece) => (typeof piece === 'object' ? [piece.key] : []));
  return [...conditions.map((c) => c.key), ...variables];
}

/** Names the work of a principal. Those with the same work make the same requests, except for their own names. */
function workOf([planned]: Found): string {
  return JSON.stringify(planned.origin === 'service' ? planned.name : planned.applications.map((a) => a.name));
}
