import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inAccount } from '../arns';
import { allow, sessionTags } from './trust-statements';

type OtherAccount = Extract<RolePrincipal, { readonly kind: 'account' }>;

/** States which principals of another account may assume the role, and what their sessions may carry. */
export function accountTrustIntent(place: Place, principal: OtherAccount): readonly TrustStatement[] {
  const { account, externalId, organization, rolePattern, sourceIdentity } = principal;
  const there = { ...place, account };
  const other = { AWS: inAccount(there, 'iam', 'root') };
  const equal: Record<string, string> = {};
  const condition: Record<string, Record<string, string>> = { StringEquals: equal };
  if (externalId !== undefined) {
    equal['sts:ExternalId'] = externalId;
  }
  if (organization !== undefined && rolePattern !== undefined) {
    equal['aws:PrincipalOrgID'] = organization;
    condition['ArnLike'] = { 'aws:PrincipalArn': inAccount(there, 'iam', `role/${rolePattern}`) };
  }
  if (sourceIdentity === 'required') {
    condition['StringLike'] = { 'sts:SourceIdentity': '?*' };
  }
  const assume = allow('OtherAccount', other, 'sts:AssumeRole', condition);
  const source = sourceIdentity === undefined ? [] : [allow('SourceIdentity', other, 'sts:SetSourceIdentity')];
  return [assume, sessionTags(other), ...source];
}
