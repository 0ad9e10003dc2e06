import { SERVICE_PRINCIPALS } from '../../../catalog/service-principals';
import { servicesOf } from '../../../config/principals/service';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inRegion } from '../arns';
import { actingFor, service } from './trust-statements';

/** States that the services of a principal may assume its role, each for this account and Region if it says for which. */
export function serviceTrustIntent(
  place: Place,
  principal: Extract<RolePrincipal, { readonly kind: 'service' }>,
): readonly TrustStatement[] {
  return servicesOf(principal).map((name, i) => {
    const source = SERVICE_PRINCIPALS[name]?.actsFor;
    const statement =
      source === undefined ? service('Service', name) : actingFor(place.account, name, inRegion(place, source, '*'));
    return { ...statement, Sid: ['Service', i + 1].slice(0, i === 0 ? 1 : 2).join('') };
  });
}
