import type { Account } from '../../account/account';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import { layersOf } from '../calls/layers-of';
import type { Part, Violation } from '../finding/proof';
import { principalWords, requestWords, statementWords } from '../finding/sentence';
import { intendedRequests } from '../outer/intended-requests';
import { knownValues } from '../outer/known-values';
import type { PrincipalGroup } from './principal-group';

/**
 * Proves that the boundary of a group lets through every request that the plan intends, with the tags that the role and
 * the profiles have in the templates.
 *
 * The policies and the boundary are each proven class by class. A role may do what both allow, so nothing else is open.
 *
 * @param withCalls true to find out why a call of a model fails. `proveCalls` shows that the others pass.
 */
export function provePassage(plan: AccessPlan, account: Account, group: PrincipalGroup, withCalls: boolean): Part {
  const { planned, principal } = group;
  const { boundary } = principal;
  if (boundary === undefined) {
    return { counts: { classes: 0, decisions: 0, allowed: 0, denied: 0 }, violations: [] };
  }
  const labels = planned.map(principalLabel);
  const [first] = planned;
  const requests =
    first === undefined
      ? []
      : intendedRequests(
          plan,
          account,
          [first, principal],
          knownValues(account, first, principal, { serviceControl: [] }),
          withCalls,
        );
  const violations = requests.flatMap(({ action, resource, context }): readonly Violation[] => {
    const witness = { action, resource, context };
    const { decision, layer, decidedBy } = evaluate(layersOf(principal), witness);
    if (decision === 'allowed' || layer !== 'boundary') {
      return [];
    }
    const sid = decidedBy[0]?.sid;
    const by = { policy: boundary.name, ...(sid !== undefined && { sid }) };
    const request = requestWords(account, witness, []);
    return [
      {
        kind: 'missing',
        message: `${principalWords(labels)} may not ${request}; denied by ${statementWords(by)}; the plan intends it`,
        principals: labels,
        about: boundary.name,
        witness,
        decidedBy: by,
        classes: 1,
      },
    ];
  });
  const decisions = requests.length * labels.length;
  return {
    counts: { classes: 0, decisions, allowed: decisions - violations.length * labels.length, denied: 0 },
    violations,
  };
}
