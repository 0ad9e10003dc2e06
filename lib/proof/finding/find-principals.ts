import { groupBy } from '../../../aws/group-by';
import type { Account, Principal } from '../../account/account';
import { type PlannedPrincipal, principalLabel } from '../../plan/environment/principals';

/** Pairs each planned principal with the principal of the account, if there is one. */
export function findPrincipals(
  account: Account,
  planned: readonly PlannedPrincipal[],
): readonly (readonly [PlannedPrincipal, Principal | undefined])[] {
  const byLabel = groupBy(account.principals, principalLabel);
  return planned.map((p) => {
    const found = byLabel.get(principalLabel(p)) ?? [];
    return [p, p.origin === 'existing' ? found[0] : found.find(({ arn }) => arn === p.arn)] as const;
  });
}
