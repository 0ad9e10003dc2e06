import { accountArn } from '../../../catalog/arn';
import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { withSessionTags } from './session-tags';

type OtherAccount = Extract<RolePrincipal, { readonly kind: 'account' }>;

/**
 * Lets another account assume the role, if the caller knows the external id, or is one of the named roles of an account
 * in the organization.
 */
export function accountTrust(place: Place, other: OtherAccount): readonly TrustStatement[] {
  const { account, sourceIdentity } = other;
  const Principal = { AWS: accountArn({ ...place, account }, 'iam', 'root') };
  return [
    ...withSessionTags({
      Sid: 'OtherAccount',
      Effect: 'Allow',
      Principal,
      Action: ['sts:AssumeRole'],
      Condition: conditions(place, other),
    }),
    // AWS checks this permission besides, and not with the keys of the request to assume the role. A caller whose own
    // session has a source identity already cannot assume a role without it.
    ...(sourceIdentity === undefined
      ? []
      : [{ Sid: 'SourceIdentity', Effect: 'Allow' as const, Principal, Action: ['sts:SetSourceIdentity'] }]),
  ];
}

function conditions(place: Place, other: OtherAccount): NonNullable<TrustStatement['Condition']> {
  const { account, externalId, organization, rolePattern, sourceIdentity } = other;
  const equal = {
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
    ...(organization !== undefined && { 'aws:PrincipalOrgID': organization }),
  };
  const roles = accountArn({ ...place, account }, 'iam', `role/${rolePattern}`);
  return {
    StringEquals: equal,
    ...(rolePattern !== undefined && { ArnLike: { 'aws:PrincipalArn': roles } }),
    ...(sourceIdentity === 'required' && { StringLike: { 'sts:SourceIdentity': '?*' } }),
  };
}
