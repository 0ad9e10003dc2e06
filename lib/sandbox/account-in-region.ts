import type { Account } from '../account/account';

/** Returns the account as the endpoints of `region` see it: in another Region it has the same principals but no profiles. */
export function accountInRegion(account: Account, region: string): Account {
  return region === account.region ? account : { ...account, region, profiles: [] };
}
