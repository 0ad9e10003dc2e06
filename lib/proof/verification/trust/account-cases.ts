import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../../iam/match/access-request';
import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import { inAccount } from '../../intent/arns';
import { FOREIGN_ACCOUNT, type TrustCase } from './trust-case';

type OtherAccount = Extract<RolePrincipal, { readonly kind: 'account' }>;

/** Lists the cases of a role that another account may assume. */
export function accountCases(place: Place, principal: OtherAccount): readonly TrustCase[] {
  const { account, externalId, organization, rolePattern, sourceIdentity } = principal;
  const role = rolePattern?.replaceAll('*', 'caller') ?? 'caller';
  const own: Readonly<Record<string, string>> = {
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
    ...(organization !== undefined && { 'aws:PrincipalOrgID': organization }),
    ...(sourceIdentity === 'required' && { 'sts:SourceIdentity': 'ada' }),
  };
  const by = (who: string, keys: typeof own, expected: TrustCase['expected'], from = `role/${role}`, id = account) => {
    const arn = inAccount({ ...place, account: id }, 'iam', from);
    const caller: Caller = { kind: 'aws', arns: [arn], accountId: id };
    const given = Object.entries(keys).map(([key, value]) => [key, [value]] as const);
    const context: RequestContext = { ...Object.fromEntries(given), 'aws:PrincipalArn': [arn] };
    return { who, caller, action: 'sts:AssumeRole', context, expected };
  };
  const miss = (who: string, key: string, value?: string): TrustCase => {
    const { [key]: _, ...others } = own;
    return by(who, value === undefined ? others : { ...others, [key]: value }, 'denied');
  };
  const name = `account ${account}`;
  return [
    by(externalId === undefined ? `${name} as ${role}` : `${name} with the external id`, own, 'allowed'),
    ...(externalId === undefined
      ? []
      : [
          miss(`${name} without the external id`, 'sts:ExternalId'),
          miss(`${name} with another external id`, 'sts:ExternalId', 'stranger'),
          miss(`${name} with a longer external id`, 'sts:ExternalId', `${externalId}-2`.slice(-1224)),
        ]),
    ...(rolePattern === undefined
      ? []
      : [
          miss(`${name} outside an organization`, 'aws:PrincipalOrgID'),
          miss(`${name} in another organization`, 'aws:PrincipalOrgID', 'o-stranger00'),
          by(`another role of ${name}`, own, 'denied', 'role/stranger'),
          by(`a user of ${name}`, own, 'denied', `user/${role}`),
        ]),
    ...(sourceIdentity === 'required' ? [miss(`${name} without a source identity`, 'sts:SourceIdentity')] : []),
    by('another account', own, 'denied', `role/${role}`, FOREIGN_ACCOUNT),
    by('this account', own, 'denied', `role/${role}`, place.account),
  ];
}
