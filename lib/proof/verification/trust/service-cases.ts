import { SERVICE_PRINCIPALS } from '../../../catalog/service-principals';
import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../../iam/match/access-request';
import type { Place } from '../../../plan/names/names';
import { inAccount, inRegion } from '../../intent/arns';
import { FOREIGN_ACCOUNT, type TrustCase } from './trust-case';

/** Lists the cases of a role that only some services may assume. */
export function serviceCases(place: Place, services: readonly string[]): readonly TrustCase[] {
  const trustCase = (
    who: string,
    service: string,
    context: RequestContext,
    expected: TrustCase['expected'],
  ): TrustCase => {
    const caller: Caller = { kind: 'service', service };
    return { who, caller, action: 'sts:AssumeRole', context, expected };
  };
  return [
    ...services.flatMap((service) => {
      const { actsFor } = SERVICE_PRINCIPALS[service] ?? {};
      if (actsFor === undefined) {
        return [trustCase(service, service, {}, 'allowed')];
      }
      const source = (at: Place): RequestContext => ({
        'aws:SourceAccount': [at.account],
        'aws:SourceArn': [inRegion(at, actsFor, 'resource')],
      });
      return [
        trustCase(service, service, source(place), 'allowed'),
        trustCase(`${service} for another account`, service, source({ ...place, account: FOREIGN_ACCOUNT }), 'denied'),
        trustCase(`${service} for another Region`, service, source({ ...place, region: 'xx-test-9' }), 'denied'),
        trustCase(`${service} for nobody`, service, {}, 'denied'),
      ];
    }),
    trustCase('another service', 'stranger.amazonaws.com', {}, 'denied'),
    trustCase('a service with a longer name', `x.${services[0]}`, {}, 'denied'),
    ...[
      ['a role of this account', place.account, 'role/stranger'] as const,
      ['a user of this account', place.account, 'user/stranger'] as const,
      ['another account', FOREIGN_ACCOUNT, 'role/stranger'] as const,
    ].map(([who, account, name]): TrustCase => {
      const arn = inAccount({ ...place, account }, 'iam', name);
      const caller: Caller = { kind: 'aws', arns: [arn], accountId: account };
      return { who, caller, action: 'sts:AssumeRole', context: { 'aws:PrincipalArn': [arn] }, expected: 'denied' };
    }),
  ];
}
