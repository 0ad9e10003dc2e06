import { accountArn } from '../../../catalog/arn';
import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { withSessionTags } from './session-tags';

/** Lets another account assume the role, if the caller knows the external id. */
export function accountTrust(
  place: Place,
  { account, externalId }: Extract<RolePrincipal, { readonly kind: 'account' }>,
): readonly TrustStatement[] {
  return withSessionTags({
    Sid: 'OtherAccount',
    Effect: 'Allow',
    Principal: { AWS: accountArn({ ...place, account }, 'iam', 'root') },
    Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  });
}
