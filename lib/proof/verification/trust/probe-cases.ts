import type { Place } from '../../../plan/names/names';
import { inAccount, ownRole } from '../../intent/arns';
import { FOREIGN_ACCOUNT, type TrustCase } from './trust-case';

/** Lists the cases of a role that only the verification function may assume. */
export function probeCases(place: Place): readonly TrustCase[] {
  const as = (who: string, arn: string, expected: TrustCase['expected']): TrustCase => ({
    who,
    caller: { kind: 'aws', arns: [arn], accountId: arn.split(':')[4] ?? '' },
    action: 'sts:AssumeRole',
    context: { 'aws:PrincipalArn': [arn] },
    expected,
  });
  return [
    as('the verification function', ownRole(place, `${place.environment}_verification`), 'allowed'),
    as('another role of the account', inAccount(place, 'iam', 'role/stranger'), 'denied'),
    as('another account', inAccount({ ...place, account: FOREIGN_ACCOUNT }, 'iam', 'role/stranger'), 'denied'),
  ];
}
