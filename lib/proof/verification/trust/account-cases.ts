import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { Place } from '../../../plan/names/names';
import { inAccount } from '../../intent/arns';
import { FOREIGN_ACCOUNT, type TrustCase } from './trust-case';

/** Lists the cases of a role that another account may assume. */
export function accountCases(place: Place, account: string, externalId: string): readonly TrustCase[] {
  const from = (id: string): Caller => ({
    kind: 'aws',
    arns: [inAccount({ ...place, account: id }, 'iam', 'role/caller')],
    accountId: id,
  });
  const action = 'sts:AssumeRole';
  const context = { 'sts:ExternalId': [externalId] };
  return [
    { who: `account ${account} with the external id`, caller: from(account), action, context, expected: 'allowed' },
    {
      who: `account ${account} without the external id`,
      caller: from(account),
      action,
      context: {},
      expected: 'denied',
    },
    {
      who: `account ${account} with another external id`,
      caller: from(account),
      action,
      context: { 'sts:ExternalId': ['stranger'] },
      expected: 'denied',
    },
    { who: 'another account', caller: from(FOREIGN_ACCOUNT), action, context, expected: 'denied' },
  ];
}
