import type { Principal } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import { COST_TAG } from '../../plan/names/tag-contract';
import { isToWriteLogs } from '../intent/log-intent';

/** Principals with the same applications and the same policies. A proof about one of them holds for all. */
export interface PrincipalGroup {
  readonly planned: readonly PlannedPrincipal[];
  /** Applications whose access the principals have; empty for roles that serve this project itself. */
  readonly applications: readonly ApplicationPlan[];
  /** The first principal of the group, as the account has it. */
  readonly principal: Principal;
}

/**
 * Groups principals with the same applications, policies and boundary.
 *
 * @param mayShare true when the policies of a principal decide the same for every caller, so that it may share a group
 * @param boundaryOf returns the boundary that separates groups
 */
export function groupPrincipals(
  found: readonly (readonly [PlannedPrincipal, Principal])[],
  mayShare: (principal: Principal) => boolean,
  boundaryOf = ({ boundary }: Principal): Policy | undefined => boundary,
): readonly PrincipalGroup[] {
  const numbers = new Map<unknown, number>();
  const number = (thing: unknown): number => {
    const n = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, n);
    return n;
  };
  const groups = new Map<string, PrincipalGroup & { planned: PlannedPrincipal[] }>();
  for (const [planned, principal] of found) {
    const boundary = boundaryOf(principal);
    const key = JSON.stringify([
      planned.applications.map((a) => a.name),
      principal.policies.map((p) => [p.name, number(p.document)]),
      boundary === undefined ? '' : [boundary.name, number(boundary.document), principal.tags[COST_TAG]],
      principal.complete,
      isToWriteLogs(planned),
      ...(mayShare(principal) ? [] : [principal.arn]),
    ]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { planned: [planned], applications: planned.applications, principal });
    } else {
      group.planned.push(planned);
    }
  }
  return [...groups.values()];
}
