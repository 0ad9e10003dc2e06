import { servicesOf } from '../../config/principals/service';
import type { RolePrincipal } from '../../plan/parts/role-plan';
import type { TrustTry } from '../../proof/verification/trust/trust-trial';
import type { Verification } from './verification';

/** Whether a role can be assumed by its caller and by nobody else, or why this was not tried. */
export interface TrustResult {
  readonly application: string;
  readonly role: string;
  readonly kind: RolePrincipal['kind'];
  readonly outcome: 'as intended' | 'found' | 'unfinished' | 'skipped';
  readonly reason?: string;
  readonly allowed: number;
  readonly denied: number;
  readonly tries: readonly TrustTry[];
}

/** Lists the result for each role of an application that a caller of its own assumes. */
export function trustResults({ plan, trials }: Pick<Verification, 'plan' | 'trials'>): readonly TrustResult[] {
  return plan.applications.flatMap(({ name: application, roles }) =>
    roles.flatMap(({ name: role, principal }): readonly TrustResult[] => {
      const reason = whyNotTried(principal);
      if (reason === undefined) {
        return [];
      }
      const common = { application, role, kind: principal.kind };
      const trial = trials?.find((t) => t.role === role);
      if (trial === undefined) {
        const because = trials === undefined ? reason : 'the verification was interrupted';
        return [{ ...common, outcome: 'skipped', reason: because, allowed: 0, denied: 0, tries: [] }];
      }
      const tries = trial.tries.map((t) => (t.outcome === t.expected ? withoutError(t) : t));
      const asExpected = (outcome: TrustTry['outcome']): number =>
        tries.filter((t) => t.expected === outcome && t.outcome === outcome).length;
      return [
        { ...common, outcome: outcomeOf(tries), allowed: asExpected('allowed'), denied: asExpected('denied'), tries },
      ];
    }),
  );
}

/** A denial that had to come needs no reason. */
function withoutError({ who, expected, outcome }: TrustTry): TrustTry {
  return { who, expected, outcome };
}

function outcomeOf(tries: readonly TrustTry[]): TrustResult['outcome'] {
  const differing = tries.filter(({ expected, outcome }) => expected !== outcome);
  return differing.some(({ outcome }) => outcome !== 'inconclusive')
    ? 'found'
    : differing.length > 0
      ? 'unfinished'
      : 'as intended';
}

/**
 * Says why nobody but its caller can try the trust of a deployed role. `undefined` for a probe role, which the
 * verification function does assume.
 */
function whyNotTried(principal: RolePrincipal): string | undefined {
  switch (principal.kind) {
    case 'service':
      return `only ${servicesOf(principal).join(' and ')} can assume it`;
    case 'pods':
      return 'only EKS Pod Identity itself can assume it';
    case 'github':
      return 'only a job of GitHub Actions gets the token';
    case 'irsa':
      return 'only a pod of the cluster gets the token';
    case 'gitlab':
      return `only a job of ${principal.gitlab.host} gets the token`;
    case 'oidc':
      return `only ${principal.oidc.provider} issues the token`;
    case 'account':
      return `only principals of account ${principal.account} can assume it`;
    case 'probe':
      return undefined;
    default:
      return principal satisfies never;
  }
}
