import type { Account } from '../account/account';

/** Returns the account as seen by the endpoints of `region`. In another Region it has no profiles. */
export function accountInRegion(account: Account, region: string): Account {
  return region === account.region ? account : { ...account, region, profiles: [] };
}
