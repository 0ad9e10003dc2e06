import type { Path, Problem } from '../problem';
import { accountId, text } from '../text-schema';
import { ofKind } from './of-kind';

/** Another account. It may assume a role that is created here. */
export const account = ofKind('account', {
  account: accountId.describe('A new role that another account may assume.'),
  externalId: text(/^[\w+=,.@:/-]{2,1224}$/, 'an external id: 2 to 1224 letters, digits and _ + = , . @ : / -'),
});

export function checkAccount(path: Path, other: string, account: string | undefined): readonly Problem[] {
  return other === account
    ? [{ path, message: `${account} is this environment's own account; name the role with role: instead` }]
    : [];
}
