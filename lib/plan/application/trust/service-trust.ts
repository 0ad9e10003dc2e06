import { regionalArn } from '../../../catalog/arn';
import { SERVICE_PRINCIPALS } from '../../../catalog/service-principals';
import { servicesOf } from '../../../config/principals/service';
import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';

/**
 * Lets services of AWS assume the role. A service that says for which resource it acts may do so only for resources of
 * this account and Region (confused-deputy prevention, see the catalog of service principals).
 */
export function serviceTrust(
  place: Place,
  principal: Extract<RolePrincipal, { readonly kind: 'service' }>,
): readonly TrustStatement[] {
  return servicesOf(principal).map((service, i) => {
    const { actsFor } = SERVICE_PRINCIPALS[service] ?? {};
    return {
      Sid: i === 0 ? 'Service' : `Service${i + 1}`,
      Effect: 'Allow',
      Principal: { Service: service },
      Action: ['sts:AssumeRole'],
      ...(actsFor !== undefined && {
        Condition: {
          StringEquals: { 'aws:SourceAccount': place.account },
          ArnLike: { 'aws:SourceArn': regionalArn(place, actsFor, '*') },
        },
      }),
    };
  });
}
