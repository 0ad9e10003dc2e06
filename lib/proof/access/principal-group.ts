import type { Principal } from '../../account/account';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';

/** Principals of the same plan with the same policies: what holds for one holds for all. */
export interface PrincipalGroup {
  readonly planned: readonly PlannedPrincipal[];
  /** Applications whose access they have; none for roles that serve this project itself. */
  readonly applications: readonly ApplicationPlan[];
  /** The first of them, as the account has it. */
  readonly principal: Principal;
}

/** @param alike whether principals with the same policies are alike; not where policies ask who is asking */
export function groupPrincipals(
  found: readonly (readonly [PlannedPrincipal, Principal])[],
  alike: (principal: Principal) => boolean,
): readonly PrincipalGroup[] {
  const numbers = new Map<unknown, number>();
  const number = (thing: unknown): number => {
    const n = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, n);
    return n;
  };
  const groups = new Map<string, PrincipalGroup & { planned: PlannedPrincipal[] }>();
  for (const [planned, principal] of found) {
    const key = JSON.stringify([
      planned.applications.map((a) => a.name),
      principal.policies.map((p) => [p.name, number(p.document)]),
      principal.boundary === undefined ? '' : [principal.boundary.name, number(principal.boundary.document)],
      principal.complete,
      ...(alike(principal) ? [] : [principal.arn]),
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
