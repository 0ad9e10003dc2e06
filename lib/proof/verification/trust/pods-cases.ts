import { POD_IDENTITY } from '../../../catalog/pod-identity';
import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import { podTags } from '../../intent/trust/pods-trust-intent';
import { FOREIGN_ACCOUNT, type TrustCase } from './trust-case';

/** Lists the cases of a role that only pods of one service account may assume. */
export function podsCases(
  place: Place,
  pods: Extract<RolePrincipal, { readonly kind: 'pods' }>['pods'],
): readonly TrustCase[] {
  const eks: Caller = { kind: 'service', service: POD_IDENTITY };
  const trustCase = (who: string, at: Place, of: typeof pods, expected: TrustCase['expected']): TrustCase => ({
    who,
    caller: eks,
    action: 'sts:AssumeRole',
    context: Object.fromEntries(Object.entries(podTags(at, of)).map(([key, value]) => [key, [value]])),
    expected,
  });
  const own = trustCase(`the pods of ${pods.cluster}/${pods.namespace}/${pods.serviceAccount}`, place, pods, 'allowed');
  return [
    own,
    trustCase('pods of another service account', place, { ...pods, serviceAccount: 'stranger' }, 'denied'),
    trustCase('pods of another namespace', place, { ...pods, namespace: 'stranger' }, 'denied'),
    trustCase('pods of another cluster', place, { ...pods, cluster: 'stranger' }, 'denied'),
    trustCase('pods of a cluster in another account', { ...place, account: FOREIGN_ACCOUNT }, pods, 'denied'),
    trustCase('pods of a cluster in another Region', { ...place, region: 'xx-test-9' }, pods, 'denied'),
    { ...own, who: 'pods whose session has no tags', context: {}, expected: 'denied' },
    {
      ...own,
      who: 'another service',
      caller: { kind: 'service', service: 'stranger.amazonaws.com' },
      expected: 'denied',
    },
  ];
}
